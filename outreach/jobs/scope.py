"""Whose jobs these are: one's own."""

from typing import Protocol

from sqlalchemy import Select, select

from outreach.jobs.models import Job


class Starter(Protocol):
    """Somebody who starts work; accounts live on a higher floor."""

    @property
    def account_id(self) -> str:
        """Who."""

    @property
    def municipality_id(self) -> str:
        """Where."""


def visible_jobs(starter: Starter) -> Select[Job]:
    """The jobs this person started."""
    return select(Job).where(
        Job.municipality_id == starter.municipality_id, Job.started_by == starter.account_id
    )

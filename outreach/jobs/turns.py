"""Kinds of work of which a municipality has one at a time, oldest first."""

from collections.abc import Mapping

from sqlalchemy import Connection, Select, select

from outreach.db import db
from outreach.jobs.models import ACTIVE, Job
from outreach.jobs.work import JobKind


class NotItsTurn(Exception):  # noqa: N818 - nothing went wrong
    """Another job of this kind goes first in this municipality."""


def wait_for_turn(connection: Connection, municipality_id: str, kind: str, job_id: str) -> None:
    """Raise NotItsTurn unless this waiting job is next; two that ask at once ask one by one."""
    line = connection.execute(_line(municipality_id, kind).with_for_update()).all()
    ahead = [other for other, _ in line[:1] if other != job_id]  # nobody: cancelled meanwhile
    if ahead or any(state == "running" for _, state in line):
        raise NotItsTurn


def next_in_turn(kinds: Mapping[str, JobKind], ended_id: str) -> str | None:
    """The job that had to wait until this one ended, if there is one."""
    names = [kind.name for kind in kinds.values() if kind.in_turn]
    ended = select(Job.municipality_id, Job.kind).where(Job.id == ended_id, Job.kind.in_(names))
    with db.engine.connect() as connection:
        for municipality_id, kind in connection.execute(ended).all():
            for job_id, state in connection.execute(_line(municipality_id, kind)):
                return job_id if state == "waiting" else None
    return None


def _line(municipality_id: str, kind: str) -> Select[str, str]:
    mine = Job.municipality_id == municipality_id, Job.kind == kind, Job.state.in_(ACTIVE)
    return select(Job.id, Job.state).where(*mine).order_by(Job.started_at, Job.id)

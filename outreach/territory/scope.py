"""Whose rows these are: addresses belong to the municipality."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor
from outreach.jobs.models import Job
from outreach.jobs.scope import visible_jobs
from outreach.territory.import_jobs import KIND
from outreach.territory.models import Address


def visible_addresses(actor: Actor) -> Select[Address]:
    """All addresses of the municipality: they are public facts."""
    return select(Address).where(Address.municipality_id == actor.municipality_id)


def visible_imports(actor: Actor) -> Select[Job]:
    """The imports this person started."""
    return visible_jobs(actor).where(Job.kind == KIND)

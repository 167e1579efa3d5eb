"""Whose concerns these are: their own compartment, for who guards safety in the municipality."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor
from outreach.concerns.models import Concern


def visible_concerns(actor: Actor) -> Select[Concern]:
    """Concerns of the municipality; what they say takes a reason."""
    return select(Concern).where(Concern.municipality_id == actor.municipality_id)

"""Whose quarantined mutations these are."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor
from outreach.sync.models import Quarantined


def visible_quarantined(actor: Actor) -> Select[Quarantined]:
    """Those of the municipality; content takes another permission and a reason."""
    return select(Quarantined).where(Quarantined.municipality_id == actor.municipality_id)

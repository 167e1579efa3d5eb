"""Whose rows these are: guides and consent texts of one's own municipality."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor
from outreach.guides.models import ConsentText, Guide


def visible_guides(actor: Actor) -> Select[Guide]:
    """Every published guide of the municipality."""
    return select(Guide).where(Guide.municipality_id == actor.municipality_id)


def visible_consent_texts(actor: Actor) -> Select[ConsentText]:
    """Every published consent text of the municipality."""
    return select(ConsentText).where(ConsentText.municipality_id == actor.municipality_id)

"""Which addresses are homes, as far as the register knows."""

from sqlalchemy import ColumnElement, or_

from outreach.territory.models import Address

HOME = "woonfunctie"  # one of several uses, perhaps
PLACES_TO_LIVE = ("ligplaats", "standplaats")


def is_home() -> ColumnElement[bool]:
    """Where people may live; also where a plain list did not tell what it is used for."""
    return or_(Address.use == "", Address.use.contains(HOME), Address.use.in_(PLACES_TO_LIVE))

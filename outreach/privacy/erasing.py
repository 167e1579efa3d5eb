"""Erasing one household at its own word, when no phone can do it."""

from sqlalchemy import exists, select

from outreach.audit import trail
from outreach.db import db
from outreach.sync.discarding import erase
from outreach.sync.models import ErasedDossier
from outreach.territory.models import Household
from outreach.visits.models import Stop


class UnknownHousehold(LookupError):  # noqa: N818 - it says what is wrong
    """Nothing here has this id, or it is another municipality's."""


def municipality_of(household_id: str) -> str:
    """Whose household this is; raises UnknownHousehold.

    A stop reserves the id before there is a household: quarantine may hold words of one that
    never came to be.
    """
    for rows in (
        select(Household.municipality_id).where(Household.id == household_id),
        select(Stop.municipality_id).where(Stop.household_id == household_id),
        select(ErasedDossier.municipality_id).where(ErasedDossier.id == household_id),
    ):
        found = db.session.scalars(rows).first()
        if found:
            return found
    raise UnknownHousehold(household_id)


def erase_household(municipality_id: str, household_id: str) -> bool:
    """Erase a household for good, as *Alles weggooien* does; False when it was erased before.

    Raises UnknownHousehold.
    """
    if municipality_of(household_id) != municipality_id:
        raise UnknownHousehold(household_id)
    if db.session.scalar(select(exists().where(ErasedDossier.id == household_id))):
        return False
    erase(municipality_id, household_id)
    trail.note(municipality_id, None, "household.erase", "household", household_id)
    return True

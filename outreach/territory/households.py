"""A household: made when somebody at the door agrees, reached only as long as they want."""

from outreach.clock import now
from outreach.db import db
from outreach.territory.models import Household

CONTACT_FIELDS = ("called_name", "contact_channel", "contact_value", "contact_when", "voicemail_ok")


def create(municipality_id: str, household_id: str, address_id: str) -> Household:
    """Make the household at an address, under the id that the stop reserved."""
    household = Household(
        id=household_id,
        municipality_id=municipality_id,
        address_id=address_id,
        created_at=now(),
    )
    db.session.add(household)
    db.session.flush()
    return household


def forget_contact(household: Household) -> None:
    """Forget what we may call them and how to reach them; the address stays."""
    household.called_name = ""
    household.contact_channel = ""
    household.contact_value = ""
    household.contact_when = ""
    household.voicemail_ok = False

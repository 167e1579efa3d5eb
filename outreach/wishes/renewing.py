"""Another code for one door, when the letter came into other hands."""

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.letters import codes
from outreach.letters.models import LetterCode
from outreach.wishes.choosing import forget, wish_of
from outreach.wishes.models import CallRequest


def renew_code(actor: Actor, campaign: Campaign, address_id: str) -> None:
    """Make the code on this door's letter worthless, with all that was chosen with it.

    The letter that is printed next has the new one. Raises InvalidInput for a door without a code.
    """
    rows = select(LetterCode).where(
        LetterCode.campaign_id == campaign.id, LetterCode.address_id == address_id
    )
    door = db.session.scalars(rows.with_for_update()).first()
    if door is None:
        raise InvalidInput(InputError("/address_id", "no-code"))
    codes.renew(door)
    wish = wish_of(door)
    if wish is not None:
        forget(wish)
    asked = select(CallRequest).where(
        CallRequest.campaign_id == campaign.id, CallRequest.address_id == address_id
    )
    for call in db.session.scalars(asked):
        db.session.delete(call)
    db.session.flush()
    # Of the campaign, as what residents choose.
    trail.note(actor.municipality_id, actor.account_id, "letter.renew", "campaign", campaign.id)

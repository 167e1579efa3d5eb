"""*Bel mij*: a number that somebody left behind their letter, and that goes once it was called."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor, actor_of
from outreach.access.models import Account
from outreach.access.reaching import colleagues_who_may
from outreach.access.roles import Permission
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.clock import new_id, now
from outreach.db import db
from outreach.letters.models import LetterCode
from outreach.messages import outbox
from outreach.messages.kinds import Kind
from outreach.territory.models import Address
from outreach.wishes.models import CallRequest


def ask(door: LetterCode, body: dict[str, Any]) -> None:
    """Ask to be called; asking again puts the new number in the place of the one before."""
    rows = select(CallRequest).where(
        CallRequest.campaign_id == door.campaign_id, CallRequest.address_id == door.address_id
    )
    call = db.session.scalars(rows).first()
    if call is None:
        call = CallRequest(
            id=new_id(),
            municipality_id=door.municipality_id,
            campaign_id=door.campaign_id,
            address_id=door.address_id,
        )
        db.session.add(call)
    call.phone, call.language = body["phone"], body["language"]
    call.consent_version = body["consent_version"]
    call.asked_at = now()
    call.done_at = call.done_by = None
    db.session.flush()
    _tell(call)
    # Of the campaign: who asked must not be found in the trail once the number is gone.
    trail.note(door.municipality_id, None, "call.ask", "campaign", door.campaign_id)


def _tell(call: CallRequest) -> None:
    """Who sees the campaign and may call hears that there is something; not what."""
    may = colleagues_who_may(call.municipality_id, {Permission.CALL_ANSWER})
    seen = [
        account_id
        for account_id in may
        if db.session.scalar(
            select(
                visible_campaigns(actor_of(db.session.get_one(Account, account_id)))
                .where(Campaign.id == call.campaign_id)
                .exists()
            )
        )
    ]
    outbox.tell(call.municipality_id, seen, Kind.WAITS, call.id)


def finish(actor: Actor, call: CallRequest) -> None:
    """They were called: the number goes, who called and when stays for the days that are left."""
    call.phone = ""
    call.done_at, call.done_by = now(), actor.account_id
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "call.done", "call_request", call.id)


def with_doors(found: Sequence[CallRequest]) -> list[dict[str, Any]]:
    """Requests with their door, their campaign and who called back."""
    doors = _by_id(Address, {call.address_id for call in found})
    campaigns = _by_id(Campaign, {call.campaign_id for call in found})
    callers = _by_id(Account, {call.done_by for call in found if call.done_by})
    return [
        {
            "id": call.id,
            "campaign": campaigns[call.campaign_id].name,
            "street": doors[call.address_id].street,
            "number": doors[call.address_id].number,
            "phone": call.phone,
            "language": call.language,
            "asked_at": call.asked_at,
            "done_at": call.done_at,
            "done_by": callers[call.done_by].first_name if call.done_by else None,
        }
        for call in found
    ]


def _by_id(table: type[Any], ids: set[str]) -> dict[str, Any]:
    rows = select(table).where(table.id.in_(ids))
    return {row.id: row for row in db.session.scalars(rows)}

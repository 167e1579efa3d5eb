"""The coordinator's view of what could not be applied."""

from dataclasses import replace
from typing import Any

from marshmallow import fields, validate
from sqlalchemy import select

from outreach.access.actor import actor_of, current_actor
from outreach.access.intents import AlreadyErased, CannotApply
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.clock import AMSTERDAM
from outreach.conversations.fields import FreeText
from outreach.db import db
from outreach.errors import Conflict
from outreach.sync import quarantine
from outreach.sync.models import Quarantined
from outreach.sync.receiving import carried_out, understood
from outreach.sync.schemas import MutationIn
from outreach.sync.scope import visible_quarantined
from outreach.territory.models import Address
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, Schema, page_of

routes = Routes("quarantine", "Mutations that wait for a person")
LONGEST_REASON = 200


class StillDoesNotFit(Conflict):
    """Applying it now meets the same obstacle."""

    code = "still-does-not-fit"


class QuarantinedDoorOut(Schema):
    """Which door."""

    street = fields.String(required=True)
    number = fields.String(required=True)


class QuarantinedOut(Schema):
    """Author, door, kind and reason; never the content."""

    id = fields.UUID(required=True)
    author = fields.String(required=True)
    address = fields.Nested(QuarantinedDoorOut, required=True, allow_none=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True, default_timezone=AMSTERDAM)
    state = fields.String(required=True)
    urgent = fields.Boolean(required=True)


class QuarantineReasonBody(Schema):
    """Why somebody opens what a household said."""

    reason = FreeText(most=LONGEST_REASON, filled=True, required=True)


class ContentOut(Schema):
    """The content of one quarantined mutation."""

    id = fields.UUID(required=True)
    body = fields.Dict(required=True)


class SettlementBody(QuarantineReasonBody):
    """Apply it after all, or discard it."""

    decision = fields.String(
        required=True, validate=validate.OneOf(["apply", "discard"], error="not-a-choice")
    )


@routes.get(
    "/quarantine",
    permission=Permission.QUARANTINE_READ,
    query=AfterQuery(),
    answer=page_of(QuarantinedOut, "QuarantinePage"),
)
def list_quarantined(query: dict[str, str]) -> Page[dict[str, Any]]:
    """What waits, oldest first."""
    rows = visible_quarantined(current_actor()).where(Quarantined.state == quarantine.WAITING)
    found = page(rows, [Quarantined.received_at, Quarantined.id], query["after"])
    return Page(_listed(found.items), found.next)


def _listed(found: list[Quarantined]) -> list[dict[str, Any]]:
    authors = select(Account.id, Account.first_name).where(
        Account.id.in_({kept.author_id for kept in found})
    )
    names = dict(db.session.execute(authors).all())
    doors = select(Address).where(Address.id.in_({kept.address_id for kept in found}))
    addresses = {address.id: address for address in db.session.scalars(doors)}
    return [
        {
            "id": kept.id,
            "author": names[kept.author_id],
            "address": _door(addresses.get(kept.address_id or "")),
            "kind": kept.kind,
            "reason": kept.reason,
            "received_at": kept.received_at,
            "state": kept.state,
            "urgent": quarantine.is_urgent(kept),
        }
        for kept in found
    ]


def _door(address: Address | None) -> dict[str, str] | None:
    return {"street": address.street, "number": address.number} if address else None


@routes.post(
    "/quarantine/<uuid:kept_id>/opening",
    permission=Permission.QUARANTINE_OPEN,
    body=QuarantineReasonBody(),
    answer=ContentOut(),
)
def open_quarantined(body: dict[str, str], kept_id: Any) -> dict[str, Any]:
    """Read the content of one, with a reason that is logged."""
    return quarantine.opened(current_actor(), _kept(kept_id), body["reason"])


@routes.post(
    "/quarantine/<uuid:kept_id>/settlement",
    permission=Permission.QUARANTINE_OPEN,
    body=SettlementBody(),
    answer=QuarantinedOut(),
)
def settle_quarantined(body: dict[str, str], kept_id: Any) -> dict[str, Any]:
    """Apply it as its author meant it, or discard it; both with a reason."""
    actor, kept = current_actor(), _kept(kept_id)
    if body["decision"] == "apply":
        _apply(kept)
        quarantine.settle(actor, kept, quarantine.APPLIED, body["reason"])
    else:
        quarantine.settle(actor, kept, quarantine.DISCARDED, body["reason"])
    return _listed([kept])[0]


def _apply(kept: Quarantined) -> None:
    author = actor_of(db.session.get_one(Account, kept.author_id))
    envelope = MutationIn().load(kept.body)
    try:
        with db.session.begin_nested():
            intent = understood(author, kept.device_id, envelope)
            carried_out(replace(intent, decided=True))
    except (CannotApply, AlreadyErased) as why:
        raise StillDoesNotFit from why


def _kept(kept_id: Any) -> Quarantined:
    return first_or_404(
        visible_quarantined(current_actor()).where(
            Quarantined.id == str(kept_id), Quarantined.state == quarantine.WAITING
        )
    )

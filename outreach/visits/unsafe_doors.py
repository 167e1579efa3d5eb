"""Doors found unsafe as the supervisor sees them: which door, and whom to call before deciding."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.models import Account
from outreach.db import db
from outreach.territory.models import Address, DoorHold
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop


def holds_with_doors(found: Sequence[DoorHold]) -> list[dict[str, Any]]:
    """Holds with the door they keep closed, and the round and pair that found it so."""
    rows = select(Address).where(Address.id.in_([hold.address_id for hold in found]))
    doors = {address.id: address for address in db.session.scalars(rows)}
    rounds = _rounds_of([hold.id for hold in found])
    return [
        {
            "id": hold.id,
            "street": doors[hold.address_id].street,
            "number": doors[hold.address_id].number,
            "postcode": doors[hold.address_id].postcode,
            "kind": hold.kind,
            "set_at": hold.set_at,
            "campaign_id": hold.campaign_id,
            "round": rounds.get(hold.id),
        }
        for hold in found
    ]


def _rounds_of(hold_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """By hold, which has the id of the attempt that caused it."""
    rows = (
        select(ContactAttempt.id, Round)
        .join(Stop, Stop.id == ContactAttempt.stop_id)
        .join(Round, Round.id == Stop.round_id)
        .where(ContactAttempt.id.in_(hold_ids))
    )
    found = dict(db.session.execute(rows).all())
    pairs = _pairs_to_call({round_.id for round_ in found.values()})
    return {
        attempt_id: {
            "id": round_.id,
            "date": round_.date,
            "day_part": round_.day_part,
            "pair": pairs.get(round_.id, []),
        }
        for attempt_id, round_ in found.items()
    }


def _pairs_to_call(round_ids: Collection[str]) -> dict[str, list[Account]]:
    rows = (
        select(RoundMember.round_id, Account)
        .join(Account, Account.id == RoundMember.account_id)
        .where(RoundMember.round_id.in_(round_ids))
        .order_by(Account.first_name, Account.id)
    )
    found: dict[str, list[Account]] = {}
    for round_id, account in db.session.execute(rows):
        found.setdefault(round_id, []).append(account)
    return found

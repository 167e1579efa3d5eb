"""Another door for what waits: found by street and number, and what that changes in its ids."""

import re
from typing import Any

from sqlalchemy import func, select

from outreach.access.actor import Actor
from outreach.access.intents import About
from outreach.access.models import Account
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.sync.catalogue import CATALOGUE
from outreach.territory.models import Address
from outreach.visits.models import Round, RoundMember, Stop
from outreach.visits.scope import DRAFT, visible_rounds

MOST_DOORS = 20
# Before the one that was written is put first: a flat with one number has many doors.
MOST_AT_A_NUMBER = 500
# What of a talk's ids a stop reserves, by the name of the field that holds it.
FOLLOW_THE_DOOR = ("conversation_id", "plan_id")


def doors_like(actor: Actor, street: str, number: str) -> list[dict[str, Any]]:
    """Stops of published and closed rounds at this door, the newest round first.

    The beginning of the street's name is enough; without a number all of it, up to twenty stops.
    """
    rounds = visible_rounds(actor).where(Round.state != DRAFT).with_only_columns(Round.id)
    rows = (
        select(Stop, Round, Address)
        .join(Round, Round.id == Stop.round_id)
        .join(Address, Address.id == Stop.address_id)
        .where(
            Stop.round_id.in_(rounds),
            func.lower(Address.street).startswith(street.strip().lower(), autoescape=True),
        )
        .order_by(Round.date.desc(), Address.street, Address.house_number, Stop.position, Stop.id)
    )
    wanted = _plain(number)
    if wanted:
        # What comes after the digits is a letter or an addition: "12 A-2" is at 12.
        digits = re.match("[0-9]{1,6}", wanted)
        rows = rows.where(Address.house_number == int(digits.group() if digits else 0))
    rows = rows.limit(MOST_AT_A_NUMBER if wanted else MOST_DOORS)
    found = [(stop, round_, address) for stop, round_, address in db.session.execute(rows)]
    # The door as it was written comes first, before its neighbours with the same number.
    found = sorted(found, key=lambda one: _plain(one[2].number) != wanted)[:MOST_DOORS]
    pairs = _pairs([round_.id for _, round_, _ in found])
    talks = _talks([stop.household_id for stop, _, _ in found])
    return [
        {
            "stop_id": stop.id,
            "street": address.street,
            "number": address.number,
            "date": round_.date,
            "day_part": round_.day_part,
            "pair": pairs.get(round_.id, []),
            "talk": stop.household_id in talks,
            "second_household": stop.split_of is not None,
        }
        for stop, round_, address in found
    ]


def _plain(number: str) -> str:
    return "".join(number.split()).lower()


def _pairs(round_ids: list[str]) -> dict[str, list[str]]:
    rows = (
        select(RoundMember.round_id, Account.first_name)
        .join(Account, Account.id == RoundMember.account_id)
        .where(RoundMember.round_id.in_(round_ids))
        .order_by(Account.first_name)
    )
    pairs: dict[str, list[str]] = {}
    for round_id, name in db.session.execute(rows):
        pairs.setdefault(round_id, []).append(name)
    return pairs


def _talks(household_ids: list[str]) -> set[str]:
    rows = select(Conversation.household_id).where(Conversation.household_id.in_(household_ids))
    return set(db.session.scalars(rows))


def bound(kind: str, envelope: dict[str, Any], stop: Stop) -> dict[str, Any]:
    """The envelope about this stop, or about its household, under the ids that it reserves."""
    if CATALOGUE[kind].about == About.STOP:
        return envelope | {"dossier_id": stop.id}
    reserved = {name: getattr(stop, name) for name in FOLLOW_THE_DOOR} | {"stop_id": stop.id}
    body = {name: reserved.get(name, said) for name, said in envelope["body"].items()}
    # New ids were meant for the stop it named; the server makes others.
    body = {} if kind == "dossier.discard" else body
    return envelope | {"dossier_id": stop.household_id, "body": body}

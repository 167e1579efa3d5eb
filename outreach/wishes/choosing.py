"""What a resident chooses for their door: the last word counts, and no other is kept.

A *rather not* closes the door by a hold of its own. What somebody else said about the door is never
touched from here: a hold of a volunteer or a supervisor stays, whatever is chosen.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.letters.models import LetterCode
from outreach.territory.holds import WANTS_NO_VISIT
from outreach.territory.models import DoorHold
from outreach.wishes.models import DoorWish
from outreach.wishes.words import ANOTHER_TIME, NOT_SAYING, PARTS, RATHER_NOT, WELCOME


def choose(door: LetterCode, body: dict[str, Any]) -> None:
    """Another time, rather not, or welcome after all; raises InvalidInput with all faults."""
    campaign = db.session.get_one(Campaign, door.campaign_id)
    faults = list(_faults(campaign, body))
    if faults:
        raise InvalidInput(*faults)
    wish = wish_of(door)
    if body["choice"] == WELCOME:
        if wish is not None:
            forget(wish)
    else:
        _write(wish or _new(door), body)
    # Of the campaign, not of the door: the trail stays when the doors are forgotten.
    trail.note(door.municipality_id, None, "wish.choose", "campaign", door.campaign_id)


def wish_of(door: LetterCode) -> DoorWish | None:
    """What was chosen at this door, if anything."""
    rows = select(DoorWish).where(
        DoorWish.campaign_id == door.campaign_id, DoorWish.address_id == door.address_id
    )
    return db.session.scalars(rows).first()


def forget(wish: DoorWish) -> None:
    """As if nothing had been chosen."""
    _reopen(wish)
    db.session.delete(wish)
    db.session.flush()


def _faults(campaign: Campaign, body: dict[str, Any]) -> Iterator[InputError]:
    if body["choice"] != ANOTHER_TIME:
        return
    if not body["day_parts"]:
        yield InputError("/day_parts", "missing")
    first: date | None = body["first_day"]
    last: date | None = body["last_day"]
    if last is not None and last < today():
        yield InputError("/last_day", "in-the-past")
    if first is not None and first > campaign.ends_on:
        yield InputError("/first_day", "after-campaign")
    if first is not None and last is not None and last < first:
        yield InputError("/last_day", "before-start")


def _new(door: LetterCode) -> DoorWish:
    wish = DoorWish(
        id=new_id(),
        municipality_id=door.municipality_id,
        campaign_id=door.campaign_id,
        address_id=door.address_id,
    )
    db.session.add(wish)
    return wish


def _write(wish: DoorWish, body: dict[str, Any]) -> None:
    another_time = body["choice"] == ANOTHER_TIME
    wish.choice = body["choice"]
    wish.day_parts = [p for p in PARTS if another_time and p in body["day_parts"]]
    wish.first_day = body["first_day"] if another_time else None
    wish.last_day = body["last_day"] if another_time else None
    wish.reason = "" if another_time else body["reason"] or NOT_SAYING
    wish.said_at = now()
    db.session.flush()
    if wish.choice == RATHER_NOT:
        _close(wish)
    else:
        _reopen(wish)


def _close(wish: DoorWish) -> None:
    """Nobody rings in this campaign: one hold, with the id of the wish."""
    hold = db.session.get(DoorHold, wish.id)
    if hold is None:
        hold = DoorHold(
            id=wish.id,
            municipality_id=wish.municipality_id,
            address_id=wish.address_id,
            campaign_id=wish.campaign_id,
            kind=WANTS_NO_VISIT,
            set_by=None,
        )
        db.session.add(hold)
    hold.set_at = wish.said_at
    db.session.flush()


def _reopen(wish: DoorWish) -> None:
    hold = db.session.get(DoorHold, wish.id)
    if hold is not None:
        db.session.delete(hold)
        db.session.flush()

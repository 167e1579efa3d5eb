"""Other things volunteers say about a door: look out, two households, we know these people."""

from sqlalchemy import or_, select

from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import new_id, now
from outreach.db import db
from outreach.visits.models import DoorNotice, RoundMember, Stop
from outreach.visits.recording import Door, check_not_too_late, door_of
from outreach.visits.scope import open_stops
from outreach.volunteers import avoiding
from outreach.volunteers.avoiding import AT_DOOR

RESERVED = ("attempt_id", "household_id", "conversation_id", "plan_id")


def set_notice(intent: Intent) -> Effect:
    """Put a *Let op* on a door, or take it off; it goes with the campaign."""
    door = door_of(intent)
    notice = intent.body["notice"]
    rows = select(DoorNotice).where(
        DoorNotice.campaign_id == door.round.campaign_id,
        DoorNotice.address_id == door.stop.address_id,
        DoorNotice.notice == notice,
    )
    found = db.session.scalars(rows).first()
    if (found is not None) == intent.body["on"]:
        return Effect.MERGED
    if found is not None:
        db.session.delete(found)
        return Effect.APPLIED
    db.session.add(
        DoorNotice(
            id=new_id(),
            municipality_id=door.stop.municipality_id,
            campaign_id=door.round.campaign_id,
            address_id=door.stop.address_id,
            notice=notice,
        )
    )
    return Effect.APPLIED


def split_door(intent: Intent) -> Effect:
    """A second household at this address: a stop of its own, with the ids the phone made."""
    door = door_of(intent)
    body, first = intent.body, door.stop
    reserved = {name: body[name] for name in RESERVED}
    made = db.session.get(Stop, body["stop_id"])
    if made is not None and _is_same_split(made, first, reserved):
        return Effect.MERGED
    check_not_too_late(door)
    if _taken({body["stop_id"], *reserved.values()}):
        raise CannotApply("id-taken")
    db.session.add(
        Stop(
            id=body["stop_id"],
            municipality_id=first.municipality_id,
            round_id=first.round_id,
            address_id=first.address_id,
            position=first.position,
            split_of=first.split_of or first.id,
            **reserved,
        )
    )
    return Effect.APPLIED


def _is_same_split(made: Stop, first: Stop, reserved: dict[str, str]) -> bool:
    same_door = made.split_of == (first.split_of or first.id)
    return same_door and all(getattr(made, name) == id_ for name, id_ in reserved.items())


def _taken(ids: set[str]) -> bool:
    """Whether any door has one of these ids, as whatever: all of them name dossiers or parts."""
    columns = (Stop.id, *(getattr(Stop, name) for name in RESERVED))
    rows = select(Stop.id).where(or_(*(column.in_(ids) for column in columns)))
    return len(ids) < len(columns) or db.session.scalars(rows).first() is not None


def leave_door(intent: Intent) -> Effect:
    """They know these people: the door leaves this pair, now and in later rounds, without why."""
    door = door_of(intent)
    if not intent.body["on"]:
        return _take_back(door)
    if door.stop.left_at is not None:
        return Effect.MERGED
    door.stop.left_at = now()
    stop = door.stop
    avoiding.stay_away(stop.municipality_id, _pair(door), stop.address_id, AT_DOOR)
    return Effect.APPLIED


def _take_back(door: Door) -> Effect:
    """It was a slip of the thumb: the door is this pair's again, unless others have it by now."""
    if door.stop.left_at is None:
        return Effect.MERGED
    check_not_too_late(door)
    again = open_stops().where(
        Stop.address_id == door.stop.address_id, Stop.round_id != door.stop.round_id
    )
    if db.session.scalars(again).first() is not None:
        raise CannotApply("no-right")
    door.stop.left_at = None
    avoiding.come_back(_pair(door), door.stop.address_id, AT_DOOR)
    return Effect.APPLIED


def _pair(door: Door) -> list[str]:
    rows = select(RoundMember.account_id).where(RoundMember.round_id == door.stop.round_id)
    return list(db.session.scalars(rows))

"""When a pair was where is forgotten within days; that somebody was called stays a month."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from outreach.db import db
from outreach.visits.models import ContactAttempt
from outreach.watch.models import RoundWatch, WatchAlert


def forget_door_times(municipality_id: str, before: datetime) -> int:
    """Leave of each attempt the day it came in; the door keeps its date, day part and word.

    It becomes the end of that day, so that who worked after a round was closed on that day may
    still correct what they said.
    """
    rows = select(ContactAttempt.id, ContactAttempt.received_at).where(
        ContactAttempt.municipality_id == municipality_id, ContactAttempt.received_at < before
    )
    days = {
        id_: (at, at.replace(hour=23, minute=59, second=59, microsecond=0))
        for id_, at in db.session.execute(rows)
    }
    wanted = {id_: day for id_, (at, day) in days.items() if at != day}
    for id_, day in wanted.items():
        which = update(ContactAttempt).where(ContactAttempt.id == id_)
        db.session.execute(which.values(made_at=day, received_at=day))
    return len(wanted)


def forget_watches(municipality_id: str, before: datetime) -> int:
    """Delete when pairs began, were heard of and were back."""
    return _deleted(RoundWatch, municipality_id, RoundWatch.last_contact_at < before)


def forget_alerts(municipality_id: str, before: datetime) -> int:
    """Delete that a pair was called about, open or not: nobody waits for an answer of then."""
    return _deleted(WatchAlert, municipality_id, WatchAlert.raised_at < before)


def _deleted(
    table: type[RoundWatch | WatchAlert], municipality_id: str, condition: ColumnElement[bool]
) -> int:
    rows = delete(table).where(table.municipality_id == municipality_id, condition)
    return len(db.session.scalars(rows.returning(table.id)).all())

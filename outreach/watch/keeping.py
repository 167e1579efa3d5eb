"""The row of a round that is walked: found, made, and brought in line with what was heard."""

from datetime import datetime

from sqlalchemy import select

from outreach.access.models import Municipality
from outreach.clock import now
from outreach.db import db
from outreach.visits.models import Round
from outreach.visits.scope import CLOSED
from outreach.watch import alerts, ends
from outreach.watch.models import RoundWatch, WatchAlert

WAITING, OUT, DONE, LATE = "waiting", "out", "done", "late"


def watch_of(round_: Round) -> RoundWatch | None:
    """The row of a round, locked against the other phone of the pair; None before anything."""
    rows = select(RoundWatch).where(RoundWatch.round_id == round_.id).with_for_update()
    return db.session.scalars(rows).first()


def minutes_of(municipality_id: str) -> int:
    """How many minutes late somebody is told."""
    rows = select(Municipality.watch_minutes).where(Municipality.id == municipality_id)
    return db.session.scalar(rows) or 0


def begin(round_: Round, at: datetime, until: str = "") -> RoundWatch:
    """The row of a round that was first heard of now.

    What first comes in when they should have been back, or when the round was closed, is old: it
    says that they were out, and nobody is waited for.
    """
    end = ends.later_of(ends.end_of(round_.day_part), until)
    minutes = minutes_of(round_.municipality_id)
    in_time = at < ends.due(round_.date, end, ends.instant(round_.date, end), minutes)
    is_out = in_time and round_.state != CLOSED
    watch = RoundWatch(
        id=round_.id,
        municipality_id=round_.municipality_id,
        round_id=round_.id,
        state=OUT if is_out else LATE,
        checked_in=False,
        checked_out=False,
        until=end,
        started_at=at,
        last_contact_at=at,
        due_at=ends.due(round_.date, end, at, minutes) if is_out else None,
        spell=0,
        changes=1,
    )
    db.session.add(watch)
    return watch


def heard(watch: RoundWatch, round_: Round, at: datetime) -> None:
    """They were heard of just now: who was overdue is so no longer, and the wait begins anew."""
    watch.last_contact_at = at
    watch.changes += 1
    if watch.state != OUT:
        watch.due_at = None
        return
    if watch.due_at is None:  # raised: while nothing is, there is nothing to end
        alerts.end_overdue(watch, at, alerts.CONTACT)
    minutes = minutes_of(watch.municipality_id)
    watch.due_at = ends.due(round_.date, watch.until, at, minutes)


def wake(watch: RoundWatch) -> None:
    """Who had taken their start back is out all the same."""
    if watch.state == WAITING:
        watch.state = OUT


def rest(watch: RoundWatch, at: datetime) -> None:
    """They had not begun after all."""
    alerts.end_overdue(watch, at, alerts.WITHDRAWN)
    watch.state, watch.due_at = WAITING, None


def stay_out(watch: RoundWatch, round_: Round, at: datetime) -> None:
    """They are out (again), whatever was said before."""
    watch.state, watch.finished_at, watch.checked_out = OUT, None, False
    heard(watch, round_, at)


def end(watch: RoundWatch, at: datetime) -> None:
    """They are back: nobody is waited for."""
    alerts.end_overdue(watch, at, alerts.FINISHED)
    watch.state, watch.finished_at, watch.due_at = DONE, at, None
    watch.last_contact_at = at
    watch.changes += 1


def settle(alert: WatchAlert) -> None:
    """A person closed an alert: who was spoken with counts as heard; who is home, as back."""
    round_ = db.session.get(Round, alert.round_id) if alert.round_id else None
    watch = watch_of(round_) if round_ else None
    if watch is None or round_ is None:
        return
    at = now()
    if alert.kind == alerts.OVERDUE:
        watch.spell += 1
    if alert.outcome == alerts.HOME:
        end(watch, at)
    else:
        heard(watch, round_, at)

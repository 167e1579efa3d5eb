"""Checking in and out, staying longer, and taking that back. What a phone says late changes little.

Two phones of a pair say the same: the first counts, the other agrees. Nothing is ordered by when a
phone says that it was said: who is back stays back when the other phone's start comes in later.
"""

from datetime import datetime

from sqlalchemy import exists, select

from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.db import db
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.visits.scope import DRAFT
from outreach.watch import ends, keeping
from outreach.watch.keeping import DONE, OUT
from outreach.watch.models import RoundWatch


def start(intent: Intent) -> Effect:
    """*We beginnen*."""
    round_ = _round(intent)
    watch = keeping.watch_of(round_)
    if watch is None:
        watch = keeping.begin(round_, intent.received_at, intent.body["until"])
        watch.checked_in = True
        return Effect.APPLIED
    said_before, watch.checked_in = watch.checked_in, True
    keeping.wake(watch)
    if watch.state == OUT:
        watch.until = ends.later_of(watch.until, intent.body["until"])
    keeping.heard(watch, round_, intent.received_at)
    return Effect.MERGED if said_before else Effect.APPLIED


def extend(intent: Intent) -> Effect:
    """*We zijn er nog*: until a later hour; also after one of them said that they were done."""
    round_ = _round(intent)
    until = intent.body["until"]
    watch = keeping.watch_of(round_)
    if watch is None:
        keeping.begin(round_, intent.received_at, until)
        return Effect.APPLIED
    still_to_come = ends.instant(round_.date, until) > intent.received_at
    if watch.state != OUT and not still_to_come:
        return Effect.MERGED  # it came in when that hour was over: they were back by then
    watch.until = ends.later_of(watch.until, until)
    keeping.stay_out(watch, round_, intent.received_at)
    return Effect.APPLIED


def finish(intent: Intent) -> Effect:
    """*We zijn klaar*."""
    round_ = _round(intent)
    watch = keeping.watch_of(round_) or keeping.begin(round_, intent.received_at)
    if watch.state == DONE and watch.checked_out:
        return Effect.MERGED
    keeping.end(watch, intent.received_at)
    watch.checked_out = True
    return Effect.APPLIED


def take_back(intent: Intent) -> Effect:
    """It was said by mistake."""
    round_ = _round(intent)
    watch = keeping.watch_of(round_)
    if watch is None:
        return Effect.MERGED
    what = intent.body["what"]
    if what == "start":
        return _not_started(watch, intent.received_at)
    if what == "finish":
        if watch.state != DONE:
            return Effect.MERGED
        keeping.stay_out(watch, round_, intent.received_at)
        return Effect.APPLIED
    if intent.body["until"]:
        watch.until = intent.body["until"]
    keeping.heard(watch, round_, intent.received_at)
    return Effect.APPLIED


def _not_started(watch: RoundWatch, at: datetime) -> Effect:
    """Work at a door stays a sign that they are out."""
    if not watch.checked_in:
        return Effect.MERGED
    rung = exists().where(
        Stop.round_id == watch.round_id,
        ContactAttempt.stop_id == Stop.id,
        ContactAttempt.outcome != "",
    )
    watch.checked_in = False
    if not db.session.scalar(select(rung)):
        keeping.rest(watch, at)
    watch.changes += 1
    return Effect.APPLIED


def _round(intent: Intent) -> Round:
    rows = select(Round).where(
        Round.municipality_id == intent.actor.municipality_id,
        Round.id == intent.dossier_id,
        Round.state != DRAFT,
    )
    found = db.session.scalars(rows).first()
    if found is None:
        raise CannotApply("no-such-round")
    return found

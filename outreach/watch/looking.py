"""The clock of the watch: who is overdue is raised, and what is raised is told, and told once more.

Any process may look, at any moment and twice at once: the rows decide who was first. A thread of
each process that serves looks by itself from its first request on; `outreach watch look`, from cron
each minute, looks where no request may come for hours.
"""

import logging
import threading
from datetime import datetime, timedelta

from flask import Flask, Response, after_this_request, current_app, has_request_context
from sqlalchemy import select, update

from outreach.clock import now
from outreach.db import db
from outreach.messages import outbox
from outreach.messages.channels import channels
from outreach.messages.kinds import Kind
from outreach.visits.models import Round
from outreach.visits.scope import PUBLISHED
from outreach.watch import alerts
from outreach.watch.keeping import OUT
from outreach.watch.models import RoundWatch, WatchAlert
from outreach.watch.scope import watchers_of

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 20
# Nobody spoke with them yet: everybody who watches hears it a second time, and no third.
AGAIN_AFTER = timedelta(minutes=15)
KINDS = {alerts.OVERDUE: Kind.PAIR_OVERDUE, alerts.HELP: Kind.HELP_CALLED}


def look() -> int:
    """Raise and tell what is due; how many were told. Needs an app context."""
    at = now()
    raise_due(at)
    told = tell_due(at)
    if told:
        channels().wanted.set()
    return told


def raise_due(at: datetime) -> int:
    """Raise every pair that nobody heard of for too long; how many."""
    rows = (
        select(RoundWatch.id)
        .join(Round, Round.id == RoundWatch.round_id)
        .where(RoundWatch.due_at <= at, RoundWatch.state == OUT, Round.state == PUBLISHED)
    )
    due = db.session.scalars(rows.order_by(RoundWatch.due_at)).all()
    db.session.commit()
    return sum(_raise_one(watch_id, at) for watch_id in due)


def _raise_one(watch_id: str, at: datetime) -> bool:
    """In a transaction of its own; whoever came in meanwhile is seen, as the row is locked."""
    fresh = select(RoundWatch).where(RoundWatch.id == watch_id).with_for_update()
    watch = db.session.scalars(fresh.execution_options(populate_existing=True)).first()
    still = watch is not None and watch.state == OUT and watch.due_at and watch.due_at <= at
    raised = False
    if watch is not None and still:
        watch.due_at = None
        watch.changes += 1
        raised = alerts.raise_overdue(watch, at)
    db.session.commit()
    return raised


def tell_due(at: datetime) -> int:
    """Tell what was raised, and once more what nobody closed; how many."""
    rows = select(WatchAlert.id, WatchAlert.told).where(
        WatchAlert.closed_at.is_(None), WatchAlert.next_tell_at <= at
    )
    due = db.session.execute(rows.order_by(WatchAlert.next_tell_at, WatchAlert.id)).all()
    db.session.commit()
    return sum(_tell_one(alert_id, told, at) for alert_id, told in due)


def _tell_one(alert_id: str, told: int, at: datetime) -> bool:
    """Claimed by counting it: who counts first tells."""
    claimed = db.session.execute(
        update(WatchAlert)
        .where(
            WatchAlert.id == alert_id,
            WatchAlert.told == told,
            WatchAlert.next_tell_at <= at,
            WatchAlert.closed_at.is_(None),
        )
        .values(told=told + 1, next_tell_at=None if told else at + AGAIN_AFTER)
        .returning(WatchAlert.municipality_id, WatchAlert.round_id, WatchAlert.kind)
    ).first()
    if claimed is not None:
        municipality_id, round_id, kind = claimed
        reason = Kind.STILL_OPEN if told else KINDS[kind]
        outbox.tell(municipality_id, watchers_of(municipality_id, round_id), reason, alert_id)
    db.session.commit()
    return claimed is not None


class Watchman:
    """The thread of a process that looks; it begins with the first request, never in a command."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self.wanted = threading.Event()

    def begin(self) -> None:
        """Look from now on, until this process ends."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="watch", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            self.wanted.wait(SECONDS_BETWEEN_LOOKS)
            self.wanted.clear()
            try:
                with self._app.app_context():
                    look()
            except Exception as fault:  # noqa: BLE001 - the thread outlives whatever goes wrong
                log.error("looking ended by %s", type(fault).__name__)  # noqa: TRY400 - no words


def look_after_this_request() -> None:
    """Somebody calls for help: that waits for no clock."""
    if not has_request_context():
        return
    watchman: Watchman = current_app.extensions["watch.watchman"]

    @after_this_request
    def _wake(response: Response) -> Response:
        watchman.wanted.set()
        return response


def register(app: Flask) -> None:
    """Look from this app's first request on; one under test looks when it is told to."""
    watchman = Watchman(app)
    app.extensions["watch.watchman"] = watchman

    @app.before_request
    def _begin() -> None:
        if not app.testing:
            watchman.begin()

"""Sends what waits in the outbox: claimed in one transaction, sent, marked in the next.

A process that dies in between leaves it claimed for a while; then another one sends it again, with
the same Message-ID. So it goes at least once, and a mail program can see that it is the same.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import Select, select, update

from outreach.clock import now
from outreach.db import db
from outreach.messages import mail, push
from outreach.messages.channels import Channel, channels
from outreach.messages.choices import choices_of, digest_of, wish_of
from outreach.messages.models import Message, PushSubscription
from outreach.messages.outcomes import Came, Outcome
from outreach.messages.timing import after_quiet

log = logging.getLogger(__name__)

# Longer than any try takes: who claims and dies holds it up for no longer.
CLAIMED_FOR = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
GIVE_UP_AFTER = timedelta(days=3)
# What waits for another try, or for the end of quiet hours, is looked for this often.
SECONDS_BETWEEN_LOOKS = 30
NOBODY = Outcome(Came.REFUSED, "nobody")
STATES = {Came.SENT: "sent", Came.REFUSED: "refused", Came.UNKNOWN: "refused"}


@dataclass(frozen=True)
class Batch:
    """What goes to one address or browser together, as it was claimed."""

    id: str
    municipality_id: str
    account_id: str
    channel: str
    target_id: str
    urgent: bool
    tries: int
    made_at: datetime


def send_due() -> int:
    """Send all that may go now; how many mails and pushes were tried. Needs an app context."""
    tried = 0
    while claimed := _claim():
        tried += 1
        _finish(claimed, _deliver(claimed))
    return tried


def _claim() -> Batch | None:
    """Take what is due for one target, what cannot wait first; None when nothing is."""
    while True:
        at = now()
        rows = _due(at)
        if not rows:
            db.session.commit()
            return None
        moment = _held_until(rows, at)
        for row in rows:
            row.next_try_at = moment or at + CLAIMED_FOR
            if moment is None:
                row.tries += 1
                row.batch_id = row.batch_id or rows[0].id
        db.session.commit()
        if moment is None:
            return _batch(rows)


def _due(at: datetime) -> Sequence[Message]:
    due = select(Message).where(Message.state == "waiting", Message.next_try_at <= at)
    order = (Message.urgent.desc(), Message.next_try_at, Message.id)
    first = db.session.scalars(_locked(due.order_by(*order).limit(1))).first()
    if first is None:
        return []
    batch = first.batch_id
    together = due.where(
        Message.municipality_id == first.municipality_id,
        Message.channel == first.channel,
        Message.target_id == first.target_id,
        Message.batch_id == batch if batch else Message.batch_id.is_(None),
    )
    ordered = together.order_by(Message.made_at, Message.id)
    return db.session.scalars(_locked(ordered)).all()


def _locked(rows: Select[Message]) -> Select[Message]:
    """Another process that sends takes another; read as it stands now, not as it was before."""
    fresh = rows.execution_options(populate_existing=True)
    return fresh.with_for_update(skip_locked=True)


def _held_until(rows: Sequence[Message], at: datetime) -> datetime | None:
    """The end of the quiet hours that began meanwhile, unless something here cannot wait."""
    if any(row.urgent for row in rows):
        return None
    first = rows[0]
    choice = choices_of(first.municipality_id, [first.account_id])[first.account_id]
    moment = after_quiet(at, wish_of(choice))
    return moment if moment > at else None


def _batch(rows: Sequence[Message]) -> Batch:
    first = rows[0]
    return Batch(
        id=first.batch_id or first.id,
        municipality_id=first.municipality_id,
        account_id=first.account_id,
        channel=first.channel,
        target_id=first.target_id,
        urgent=any(row.urgent for row in rows),
        tries=first.tries,
        made_at=first.made_at,
    )


def _deliver(batch: Batch) -> Outcome:
    try:
        return _by_mail(batch) if batch.channel == Channel.MAIL else _by_push(batch)
    except Exception as fault:  # noqa: BLE001 - one that breaks must not hold up the others
        db.session.rollback()
        return Outcome(Came.LATER, type(fault).__name__)


def _by_mail(batch: Batch) -> Outcome:
    ways = channels()
    to = ways.directory(batch.municipality_id, batch.account_id)
    choice = choices_of(batch.municipality_id, [batch.account_id])[batch.account_id]
    db.session.commit()  # nothing is held while a mail server takes its time
    if ways.mail is None or to is None or not choice.mail:
        return NOBODY
    address = digest_of(to.address)
    if choice.refused_mail == address:
        return NOBODY
    written = mail.written(to, batch.id, ways.desk, ways.mail)
    outcome = mail.send(written, to.address, ways.mail)
    if outcome.came == Came.UNKNOWN:
        choice.refused_mail = address
        db.session.add(choice)
    return outcome


def _by_push(batch: Batch) -> Outcome:
    ways = channels()
    browser = db.session.get(PushSubscription, batch.target_id)
    db.session.commit()
    if ways.push is None or browser is None or browser.account_id != batch.account_id:
        return NOBODY
    outcome = push.send(browser.endpoint, batch.id, ways.push, ways.key_file, urgent=batch.urgent)
    if outcome.came == Came.UNKNOWN:
        db.session.delete(browser)
    return outcome


def _finish(batch: Batch, outcome: Outcome) -> None:
    """Mark what came of it; the log says how it went, never where to."""
    at = now()
    given_up = outcome.came == Came.LATER and at - batch.made_at >= GIVE_UP_AFTER
    if outcome.came != Came.SENT:
        log.warning("%s %s: %s, try %s", batch.channel, outcome.came, outcome.why, batch.tries)
    rows = update(Message).where(Message.batch_id == batch.id, Message.state == "waiting")
    if outcome.came == Came.LATER and not given_up:
        wait = max(outcome.wait, WAITS[min(batch.tries, len(WAITS)) - 1])
        db.session.execute(rows.values(next_try_at=at + wait))
    else:
        state = "given_up" if given_up else STATES[outcome.came]
        state = "dropped" if outcome is NOBODY else state
        db.session.execute(rows.values(state=state, ended_at=at))
    db.session.commit()


class Sender:
    """The thread of a process that sends; it begins with the first request, never in a command."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Send from now on, until this process ends."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="messages", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        wanted = self._app.extensions["messages"].wanted
        while True:
            wanted.clear()
            try:
                with self._app.app_context():
                    send_due()
            except Exception as fault:  # noqa: BLE001 - the thread outlives whatever goes wrong
                log.error("sending ended by %s", type(fault).__name__)  # noqa: TRY400 - no address
            wanted.wait(SECONDS_BETWEEN_LOOKS)


def register(app: Flask) -> None:
    """Send from this app's first request on, where mail or push is set up."""
    if not app.extensions["messages"].any:
        return
    sender = Sender(app)
    app.extensions["messages.sender"] = sender

    @app.before_request
    def _begin() -> None:
        sender.begin()

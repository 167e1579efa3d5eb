"""What somebody must call about: raised, taken by one of them, and closed with a word.

An overdue pair is raised once per spell, whichever process looks first. What closes it: the pair is
heard of, the pair is back, or somebody spoke with them. A call for help is closed by a person, or
by whoever called it.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.watch.models import RoundWatch, WatchAlert

OVERDUE, HELP = "overdue", "help"
CONTACT, FINISHED, WITHDRAWN, LATE = "contact", "finished", "withdrawn", "late"
SPOKEN, HOME = "spoken", "home"
# The words with which a person closes one; the others come about by themselves.
WORDS = {
    OVERDUE: (SPOKEN, HOME),
    HELP: ("helped", "emergency", "false_alarm"),
}


class AlertClosed(Conflict):
    """Somebody closed it before, or the pair was heard of."""

    code = "alert-closed"


def raise_overdue(watch: RoundWatch, at: datetime) -> bool:
    """Raise it for this spell; False when another process did so before."""
    row = {
        "id": new_id(),
        "municipality_id": watch.municipality_id,
        "round_id": watch.round_id,
        "kind": OVERDUE,
        "spell": watch.spell,
        "raised_at": at,
        "next_tell_at": at,
        "told": 0,
        "outcome": "",
    }
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(WatchAlert) if is_postgresql else sqlite.insert(WatchAlert)
    made = db.session.execute(
        insert.values(row).on_conflict_do_nothing().returning(WatchAlert.id)
    ).all()
    return bool(made)


def end_overdue(watch: RoundWatch, at: datetime, outcome: str) -> None:
    """Close what is open about this spell, by itself; the next one is another spell."""
    ended = db.session.execute(
        update(WatchAlert)
        .where(
            WatchAlert.round_id == watch.round_id,
            WatchAlert.kind == OVERDUE,
            WatchAlert.closed_at.is_(None),
        )
        .values(closed_at=at, outcome=outcome, next_tell_at=None)
        .returning(WatchAlert.id)
    ).all()
    if ended:
        watch.spell += 1


def raise_help(municipality_id: str, call_id: str, round_id: str | None, by: str) -> WatchAlert:
    """Somebody asks for help; told as soon as the request that brought it is over."""
    at = now()
    alert = WatchAlert(
        id=call_id,
        municipality_id=municipality_id,
        round_id=round_id,
        account_id=by,
        kind=HELP,
        raised_at=at,
        next_tell_at=at,
        told=0,
        outcome="",
    )
    db.session.add(alert)
    return alert


def locked(alert: WatchAlert) -> WatchAlert:
    """The alert as it stands, one at a time; raises AlertClosed."""
    rows = select(WatchAlert).where(WatchAlert.id == alert.id)
    fresh = rows.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(fresh).one()
    if found.closed_at is not None:
        raise AlertClosed
    return found


def take(actor: Actor, alert: WatchAlert) -> WatchAlert:
    """*Ik bel ze*: the others see who calls. Whoever says so last is the one."""
    found = locked(alert)
    found.taken_by, found.taken_at = actor.account_id, now()
    trail.note(actor.municipality_id, actor.account_id, "watch.take", "watch_alert", found.id)
    return found


def close(actor: Actor, alert: WatchAlert, outcome: str) -> WatchAlert:
    """Close it with a word; raises InvalidInput for one that does not fit its kind."""
    found = locked(alert)
    if outcome not in WORDS[found.kind]:
        raise InvalidInput(InputError("/outcome", "not-a-choice"))
    found.closed_at, found.closed_by, found.outcome = now(), actor.account_id, outcome
    found.next_tell_at = None
    trail.note(actor.municipality_id, actor.account_id, "watch.close", "watch_alert", found.id)
    return found

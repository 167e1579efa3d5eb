"""*Ik heb hulp nodig*: who, and on which round; no place and no word. It can be a false alarm."""

from outreach.access.intents import CannotApply, Intent
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.clock import now, today
from outreach.db import db
from outreach.visits.models import Round
from outreach.watch import alerts, keeping, looking
from outreach.watch.models import WatchAlert


def call(intent: Intent) -> Effect:
    """Raise it; the supervisors hear of it at once.

    What was called on an earlier day and comes in only now is written down and alarms nobody: who
    called had the telephone, which is what the button dials.
    """
    actor, call_id = intent.actor, intent.body["call_id"]
    if db.session.get(WatchAlert, call_id) is not None:
        raise CannotApply("id-taken")
    round_ = None
    if intent.dossier_id != actor.account_id:
        round_ = db.session.get(Round, intent.dossier_id)
    round_id = round_.id if round_ else None
    alert = alerts.raise_help(actor.municipality_id, call_id, round_id, actor.account_id)
    if round_ is not None and round_.date < today():
        alert.next_tell_at = None
        alert.closed_at, alert.outcome = now(), alerts.LATE
    _show_on_the_line(round_)
    looking.look_after_this_request()
    trail.note(actor.municipality_id, actor.account_id, "help.call", "watch_alert", call_id)
    return Effect.APPLIED


def withdraw(intent: Intent) -> Effect:
    """*Vals alarm*: by who called it. What a person closed before stays as they closed it."""
    actor = intent.actor
    alert = db.session.get(WatchAlert, intent.body["call_id"], with_for_update=True)
    if alert is None or alert.account_id != actor.account_id:
        raise CannotApply("no-such-call")
    if alert.closed_at is not None:
        return Effect.MERGED
    alert.closed_at, alert.closed_by = now(), actor.account_id
    alert.outcome, alert.next_tell_at = alerts.WITHDRAWN, None
    _show_on_the_line(db.session.get(Round, alert.round_id) if alert.round_id else None)
    trail.note(actor.municipality_id, actor.account_id, "help.withdraw", "watch_alert", alert.id)
    return Effect.APPLIED


def _show_on_the_line(round_: Round | None) -> None:
    """Who calls for help is heard of, on a round that is walked."""
    watch = keeping.watch_of(round_) if round_ else None
    if watch is not None and round_ is not None and watch.state == keeping.OUT:
        keeping.heard(watch, round_, now())

"""*Nabespreken*: how it went for the volunteer, and who wants to be called today."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.access.models import Account
from outreach.access.reaching import colleagues_who_may
from outreach.access.roles import Permission
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.clock import now
from outreach.conversations.models import Debrief
from outreach.db import db
from outreach.messages import outbox
from outreach.messages.kinds import Kind


def record_debrief(intent: Intent) -> Effect:
    """Keep how it went at this door; said again it is changed, by the same volunteer only."""
    body = intent.body
    return keep(intent, stop_id=intent.dossier_id, feeling=body["feeling"], call_me=body["call_me"])


def keep(intent: Intent, *, stop_id: str | None, feeling: str, call_me: bool) -> Effect:
    """Keep how it went, at a door or at none; who calls back hears at once that somebody asks it.

    Raises CannotApply where the id is somebody else's.
    """
    body = intent.body
    debrief = db.session.get(Debrief, body["debrief_id"])
    if debrief is None:
        db.session.add(
            Debrief(
                id=body["debrief_id"],
                municipality_id=intent.actor.municipality_id,
                account_id=intent.actor.account_id,
                stop_id=stop_id,
                feeling=feeling,
                call_me=call_me,
                date=body["date"],
                received_at=intent.received_at,
            )
        )
        _tell(intent.actor, body["debrief_id"], call_me=call_me)
        return Effect.APPLIED
    if debrief.account_id != intent.actor.account_id:
        raise CannotApply("id-in-use")
    debrief.feeling, debrief.call_me = feeling, call_me
    _tell(intent.actor, debrief.id, call_me=call_me)
    return Effect.MERGED


def _tell(actor: Actor, debrief_id: str, *, call_me: bool) -> None:
    """A heavy talk is called about the same day: it waits for nobody's quiet hours."""
    if call_me:
        who = colleagues_who_may(actor.municipality_id, {Permission.DEBRIEF_READ})
        outbox.tell(actor.municipality_id, who, Kind.CANNOT_WAIT, debrief_id)


def with_volunteers(debriefs: Sequence[Debrief]) -> list[dict[str, Any]]:
    """Whom to call: first name and number of the volunteer, never the door; and who did."""
    ids = {id_ for one in debriefs for id_ in (one.account_id, one.taken_by, one.called_by)}
    rows = select(Account).where(Account.id.in_(ids - {None}))
    accounts = {account.id: account for account in db.session.scalars(rows)}

    def name(account_id: str | None) -> str | None:
        return accounts[account_id].first_name if account_id in accounts else None

    return [
        {
            "id": debrief.id,
            "first_name": accounts[debrief.account_id].first_name,
            "phone": accounts[debrief.account_id].phone,
            "feeling": debrief.feeling,
            "date": debrief.date,
            "received_at": debrief.received_at,
            "taken_by": name(debrief.taken_by),
            "called_by": name(debrief.called_by),
            "called_at": debrief.called_at,
        }
        for debrief in debriefs
    ]


def take(actor: Actor, debrief: Debrief) -> None:
    """Say that one calls today; a colleague may take it over."""
    debrief.taken_by, debrief.taken_at = actor.account_id, now()
    trail.note(actor.municipality_id, actor.account_id, "debrief.take", "debrief", debrief.id)


def call(actor: Actor, debrief: Debrief) -> None:
    """The volunteer was called."""
    debrief.called_at = now()
    debrief.called_by = actor.account_id
    trail.note(actor.municipality_id, actor.account_id, "debrief.call", "debrief", debrief.id)

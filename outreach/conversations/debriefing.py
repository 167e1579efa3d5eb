"""*Nabespreken*: how it went for the volunteer, and who wants to be called today."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.access.models import Account
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.clock import now
from outreach.conversations.models import Debrief
from outreach.db import db


def record_debrief(intent: Intent) -> Effect:
    """Keep how it went; said again it is changed, by the same volunteer only."""
    body = intent.body
    debrief = db.session.get(Debrief, body["debrief_id"])
    if debrief is None:
        db.session.add(
            Debrief(
                id=body["debrief_id"],
                municipality_id=intent.actor.municipality_id,
                account_id=intent.actor.account_id,
                stop_id=intent.dossier_id,
                feeling=body["feeling"],
                call_me=body["call_me"],
                date=body["date"],
                received_at=intent.received_at,
            )
        )
        return Effect.APPLIED
    if debrief.account_id != intent.actor.account_id:
        raise CannotApply("id-in-use")
    debrief.feeling, debrief.call_me = body["feeling"], body["call_me"]
    return Effect.MERGED


def with_volunteers(debriefs: Sequence[Debrief]) -> list[dict[str, Any]]:
    """Whom to call: first name and number of the volunteer, never the door."""
    rows = select(Account).where(Account.id.in_([debrief.account_id for debrief in debriefs]))
    accounts = {account.id: account for account in db.session.scalars(rows)}
    return [
        {
            "id": debrief.id,
            "first_name": accounts[debrief.account_id].first_name,
            "phone": accounts[debrief.account_id].phone,
            "feeling": debrief.feeling,
            "date": debrief.date,
        }
        for debrief in debriefs
    ]


def call(actor: Actor, debrief: Debrief) -> None:
    """The volunteer was called."""
    debrief.called_at = now()
    debrief.called_by = actor.account_id
    trail.note(actor.municipality_id, actor.account_id, "debrief.call", "debrief", debrief.id)

"""Which consent words rest on: what a household lets nobody keep waits for nobody either."""

from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.conversations.agreement import HEALTH, may_wait
from outreach.conversations.models import Forgotten
from outreach.db import db
from outreach.sync import forms

# What people typed, and the consent that lets us keep it.
RESTS_ON = {
    "contact.set": "contact",
    **dict.fromkeys(
        (
            "note.add",
            "note.amend",
            "domain.assess",
            "advice.set",
            "debt_help.ask",
            "goal.set",
            "step.set",
            "step.set_status",
            "handover.answer",
            forms.HANDOVER,
            forms.ANSWER,
        ),
        "note",
    ),
}


def may_be_kept(actor: Actor, envelope: dict[str, Any]) -> bool:
    """Erasure outranks quarantine: whether these words may be put aside at all."""
    kind, dossier_id, body = envelope["kind"], envelope["dossier_id"], envelope["body"]
    if _was_taken_out(actor, envelope):
        return False
    asked: set[tuple[str, str | None]] = set()
    if kind in RESTS_ON:
        asked.add((RESTS_ON[kind], None))
    if is_about_health(body):
        asked.add(("health", None))
    asked |= {("share", team_id) for team_id in forms.receivers_of(kind, body)}
    return all(
        may_wait(purpose, actor.municipality_id, dossier_id, team) for purpose, team in asked
    )


def is_about_health(body: dict[str, Any]) -> bool:
    """Whether words are, or were before they moved to another subject; `body` may be unchecked."""
    was = body.get("from")
    return HEALTH in (body.get("domain"), was.get("domain") if isinstance(was, dict) else None)


def _was_taken_out(actor: Actor, envelope: dict[str, Any]) -> bool:
    """*Haal dit weg* came before the note itself, or before a change to it.

    It may have been said of another dossier, where a coordinator had let the note in.
    """
    if envelope["kind"] not in {"note.add", "note.amend"}:
        return False
    note_id = str(envelope["body"].get("note_id")).lower()
    if not forms.is_id(note_id):
        return False  # what stands in an unchecked body need not be one
    taken_out = select(Forgotten.id).where(
        Forgotten.id == note_id, Forgotten.municipality_id == actor.municipality_id
    )
    return db.session.scalar(taken_out) is not None

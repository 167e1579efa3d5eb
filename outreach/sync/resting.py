"""Which consent words rest on: what a household lets nobody keep waits for nobody either."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.conversations.agreement import HEALTH, WaitingYes, may_wait
from outreach.conversations.forgetting import CONSENT
from outreach.conversations.models import Forgotten
from outreach.db import db
from outreach.sync import forms, quarantine
from outreach.sync.models import Quarantined

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


def may_be_kept(actor: Actor, device_id: str, envelope: dict[str, Any]) -> bool:
    """Erasure outranks quarantine: whether these words may be put aside at all.

    They may under a yes of their own phone that waits as well: a person decides on both.
    """
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
        may_wait(purpose, actor.municipality_id, dossier_id, team)
        or any(
            may_wait(purpose, actor.municipality_id, dossier_id, team, yes)
            for yes in _waiting_yeses(actor, device_id, dossier_id, purpose, team)
        )
        for purpose, team in asked
    )


def _waiting_yeses(
    actor: Actor, device_id: str, dossier_id: str, purpose: str, team_id: str | None
) -> Iterator[WaitingYes]:
    waiting = select(Quarantined).where(
        Quarantined.municipality_id == actor.municipality_id,
        Quarantined.author_id == actor.account_id,
        Quarantined.device_id == device_id,
        Quarantined.dossier_id == dossier_id,
        Quarantined.kind == "consent.record",
        Quarantined.state == quarantine.WAITING,
    )
    for kept in db.session.scalars(waiting):
        if is_yes_to(kept, purpose, team_id) and not _is_taken_back(kept):
            talk = _lower(kept.body["body"].get("conversation_id"))
            yield WaitingYes(talk, actor.account_id)


def _is_taken_back(kept: Quarantined) -> bool:
    """Whether it will come withdrawn when it is let in."""
    consent_id = _lower(kept.body["body"].get("consent_id"))
    if not forms.is_id(consent_id):
        return True  # nobody could take it back: it makes no room
    gone = select(Forgotten.id).where(
        Forgotten.id == consent_id,
        Forgotten.municipality_id == kept.municipality_id,
        Forgotten.kind == CONSENT,
    )
    return db.session.scalar(gone) is not None


def is_yes_to(kept: Quarantined, purpose: str, team_id: str | None = None) -> bool:
    """Whether what was put aside, its body unchecked, is a yes to a purpose (and one receiver)."""
    said = kept.body.get("body", {})
    if kept.kind != "consent.record" or said.get("purpose") != purpose:
        return False
    return said.get("given") is True and _lower(said.get("team_id")) == _lower(team_id)


def _lower(id_: object) -> str:
    return str(id_ or "").lower()


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

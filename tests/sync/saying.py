"""What a phone says under a yes, and what of it waits for a person."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from outreach.clock import new_id, now
from outreach.conversations.agreement import HEALTH
from outreach.db import db
from outreach.sync.models import Quarantined
from tests.factories.sealing import SealedPhone
from tests.factories.talks import Talk


def say(phone: SealedPhone, talk: Talk, kind: str, **body: Any) -> str:
    """As Phone.write; each thing a minute after the one before, as people talk."""
    written = phone.write(talk.id, kind, **body)
    at = now() + timedelta(minutes=len(phone.outbox) + len(phone.outcomes))
    phone.outbox[-1]["made_at"] = at.isoformat().replace("+00:00", "Z")
    return written


def says_yes(phone: SealedPhone, talk: Talk, purpose: str, team_id: str | None = None) -> str:
    consent_id = new_id()
    say(phone, talk, "consent.record", **talk.yes_to(purpose, consent_id, team_id))
    return consent_id


def notes(phone: SealedPhone, talk: Talk, text: str, domain: str = "") -> None:
    body = {"note_id": new_id(), "conversation_id": talk.conversation.id, "domain": domain}
    say(phone, talk, "note.add", **body, position=0, text=text)


def tells_contact(phone: SealedPhone, talk: Talk) -> None:
    body = {"called_name": "Mevrouw Els", "channel": "phone", "value": "0612345678"}
    say(phone, talk, "contact.set", **body, when="", voicemail_ok=False)


def waiting() -> list[tuple[str, str]]:
    """Kind and words of what waits."""
    rows = db.session.scalars(select(Quarantined).where(Quarantined.state == "waiting"))
    said = ((kept.kind, kept.body["body"]) for kept in rows)
    return sorted((kind, str(body.get("text", body.get("purpose", "")))) for kind, body in said)


def says_words(phone: SealedPhone, talk: Talk, purpose: str, team_id: str) -> str:
    """What rests on a yes to just that; its kind."""
    if purpose == "health":
        notes(phone, talk, "Over het hart", domain=HEALTH)
    elif purpose == "contact":
        tells_contact(phone, talk)
    else:
        say(phone, talk, "handover.offer", team_id=team_id, why="Het is te zwaar")
    return str(phone.outbox[-1]["kind"])


def kinds_that_wait(kind: str) -> int:
    return sum(waits == kind for waits, _words in waiting())

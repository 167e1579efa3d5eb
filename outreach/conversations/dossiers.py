"""What of talks a phone gets, read in batches: the same number of queries for one as for sixty."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.conversations.agreement import HEALTH, counts, protective
from outreach.conversations.models import (
    Advice,
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Note,
)
from outreach.conversations.scope import own_conversations
from outreach.db import db
from outreach.territory.models import Address, Household
from outreach.visits.dossiers import address_body

Parts = dict[str, Any]


def household_parts(actor: Actor, household_ids: Collection[str]) -> dict[str, Parts]:
    """This slice's part of household dossiers, by id.

    The recorder gets the talk. For anybody else the caller vouches that they do the aftercare:
    they get the address and how to reach the household, the rest is empty.
    """
    households = _households(actor, household_ids)
    talks = _talks(actor, household_ids)
    consents = _standing_consents(household_ids)
    content = _content(talks, consents)
    bodies: dict[str, Parts] = {}
    for id_, (household, address) in households.items():
        talk = talks.get(id_)
        own = consents[id_]
        bodies[id_] = {
            "role": "recorder" if talk else "aftercare",
            "stop_id": talk.stop_id if talk else None,
            "address": address_body(address) if address else None,
            "contact": _contact(household) if _agreed(own, "contact") else None,
            "conversation": _conversation(talk) if talk else None,
            "consents": [_consent(consent) for consent in own] if talk else [],
            **content[talk.id if talk else ""],
        }
    return bodies


def _households(actor: Actor, ids: Collection[str]) -> dict[str, tuple[Household, Address | None]]:
    rows = (
        select(Household, Address)
        .join(Address, Address.id == Household.address_id, isouter=True)
        .where(Household.municipality_id == actor.municipality_id, Household.id.in_(ids))
    )
    return {household.id: (household, address) for household, address in db.session.execute(rows)}


def _talks(actor: Actor, household_ids: Collection[str]) -> dict[str, Conversation]:
    """The actor's own talk with each household, the newest where there are more."""
    rows = own_conversations(actor).where(Conversation.household_id.in_(household_ids))
    oldest_first = rows.order_by(Conversation.date, Conversation.id)
    return {talk.household_id: talk for talk in db.session.scalars(oldest_first)}


def _standing_consents(household_ids: Collection[str]) -> dict[str, list[Consent]]:
    """The answer that counts, for each purpose and receiver of each talk."""
    rows = select(Consent).where(
        Consent.household_id.in_(household_ids), Consent.superseded_by.is_(None)
    )
    asked: dict[tuple[str, str, str | None], list[Consent]] = defaultdict(list)
    for consent in db.session.scalars(rows):
        asked[consent.conversation_id, consent.purpose, consent.team_id].append(consent)
    found: dict[str, list[Consent]] = defaultdict(list)
    for consent in filter(None, map(protective, asked.values())):
        found[consent.household_id].append(consent)
    for own in found.values():
        own.sort(key=lambda consent: (consent.purpose, consent.id))
    return found


def _agreed(consents: Collection[Consent], purpose: str) -> bool:
    return any(consent.purpose == purpose and counts(consent) for consent in consents)


def _content(
    talks: dict[str, Conversation], consents: dict[str, list[Consent]]
) -> dict[str, Parts]:
    """What was written per talk; out of sight while consent to it is gone or in dispute."""
    noted = {talk.id for talk in talks.values() if _agreed(consents[talk.household_id], "note")}
    health = {talk.id for talk in talks.values() if _agreed(consents[talk.household_id], "health")}
    parts: dict[str, Parts] = defaultdict(_nothing)
    for assessment in _said(Assessment, noted, health):
        parts[assessment.conversation_id]["assessments"][assessment.domain] = assessment.answer
    for note in sorted(_said(Note, noted, health), key=lambda note: (note.position, note.id)):
        parts[note.conversation_id]["notes"].append(
            {"id": note.id, "domain": note.domain, "position": note.position, "text": note.text}
        )
    advices = _said(Advice, noted, health)
    for advice in sorted(advices, key=lambda advice: (advice.domain, advice.key)):
        parts[advice.conversation_id]["advices"].append(
            {"domain": advice.domain, "key": advice.key}
        )
    for request in _of_talks(DebtHelpRequest, {talk.id for talk in talks.values()}):
        if request.pass_on or request.conversation_id in noted:
            parts[request.conversation_id]["debt_help"] = {
                "asked_on": request.asked_on.isoformat(),
                "pass_on": request.pass_on,
                "crisis": request.crisis,
                "taken_on": request.taken_on_at is not None,
            }
    return parts


def _said(kind: type[Assessment | Note | Advice], noted: set[str], health: set[str]) -> list[Any]:
    """What was said in talks with notes; about health only where that may be kept too."""
    rows = _of_talks(kind, noted)
    return [row for row in rows if row.domain != HEALTH or row.conversation_id in health]


def _of_talks(
    kind: type[Assessment | Note | Advice | DebtHelpRequest], talk_ids: Collection[str]
) -> list[Any]:
    if not talk_ids:
        return []
    return list(db.session.scalars(select(kind).where(kind.conversation_id.in_(talk_ids))))


def _nothing() -> Parts:
    return {"assessments": {}, "notes": [], "advices": [], "debt_help": None}


def _contact(household: Household) -> Parts | None:
    if not household.contact_channel:
        return None
    return {
        "called_name": household.called_name,
        "channel": household.contact_channel,
        "value": household.contact_value,
        "when": household.contact_when,
        "voicemail_ok": household.voicemail_ok,
    }


def _conversation(talk: Conversation) -> Parts:
    names = ("id", "stop_id", "campaign_id", "noted", "state", "guide_id", "consent_text_id")
    return {name: getattr(talk, name) for name in names} | {"date": talk.date.isoformat()}


def _consent(consent: Consent) -> Parts:
    names = ("id", "purpose", "given", "language", "how", "team_id")
    return {name: getattr(consent, name) for name in names} | {
        "made_at": _instant(consent.made_at),
        "withdrawn_at": _instant(consent.withdrawn_at) if consent.withdrawn_at else None,
    }


def _instant(at: datetime) -> str:
    """To the second, as phones write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

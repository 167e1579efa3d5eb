"""The dossier as the receiving team reads it: only what was shared, only while it is shared."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from outreach.access.models import Account
from outreach.conversations.agreement import HEALTH, counts, standing
from outreach.conversations.models import (
    Advice,
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Note,
)
from outreach.db import db
from outreach.guides.models import ConsentText
from outreach.handover.inbox import first_names, inbox_lines, shared_ids
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.schemas import DOMAINS
from outreach.plans.dossiers import goals_of
from outreach.plans.models import Plan
from outreach.territory.models import Household

CONTENT_GONE: dict[str, Any] = {
    "why": None,
    "company_wanted": None,
    "called_at": None,
    "called_name": None,
    "contact": None,
    "consent": None,
    "domains": [],
    "plan": None,
    "debt_help": None,
    "guide_id": None,
}


def read_dossier(handover: Handover) -> dict[str, Any]:
    """The hand-over with its shared content; once that ended, only state and dates remain."""
    shared = bool(shared_ids([handover.id]))
    line = inbox_lines([handover])[0]
    content = _content(handover) if shared else CONTENT_GONE
    author = first_names([handover.author_id])[handover.author_id]
    return line | content | {"events": _events(handover, shared=shared), "author": author}


def _content(handover: Handover) -> dict[str, Any]:
    conversation = db.session.get_one(Conversation, handover.conversation_id)
    shared = [domain for domain in DOMAINS if domain in handover.domains]
    return {
        "why": handover.why,
        "company_wanted": handover.company_wanted,
        "called_at": handover.called_at,
        "consent": _evidence(handover),
        "debt_help": _debt_help(conversation),
        "guide_id": conversation.guide_id,
        **contact_of(conversation),
        **_talk(conversation, shared),
    }


def _talk(conversation: Conversation, shared: list[str]) -> dict[str, Any]:
    """Domains and plan; neither while consent to note does not stand, so too for health."""
    if not counts(standing(conversation.id, "note")):
        return {"domains": [], "plan": None}
    if not counts(standing(conversation.id, "health")):
        shared = [domain for domain in shared if domain != HEALTH]
    return {"domains": _domains(conversation, shared), "plan": _plan(conversation, shared)}


def _domains(conversation: Conversation, shared: list[str]) -> list[dict[str, Any]]:
    answers = {row.domain: row.answer for row in _said(Assessment, conversation, shared)}
    notes = sorted(_said(Note, conversation, shared), key=lambda row: (row.position, row.id))
    advices = sorted(_said(Advice, conversation, shared), key=lambda row: row.key)
    return [
        {
            "domain": domain,
            "answer": answers.get(domain),
            "notes": [note.text for note in notes if note.domain == domain],
            "advices": [advice.key for advice in advices if advice.domain == domain],
        }
        for domain in shared
    ]


def _said(
    kind: type[Assessment | Note | Advice], conversation: Conversation, shared: list[str]
) -> Iterable[Any]:
    rows = select(kind).where(kind.conversation_id == conversation.id, kind.domain.in_(shared))
    return db.session.scalars(rows)


def _plan(conversation: Conversation, shared: list[str]) -> dict[str, Any] | None:
    rows = select(Plan).where(Plan.household_id == conversation.household_id)
    plan = db.session.scalars(rows).first()
    if plan is None:
        return None
    # A goal of no domain is not shared: nobody chose it when they said what may be passed on.
    goals = goals_of([plan.id]).get(plan.id, [])
    return {"goals": [goal for goal in goals if goal["domain"] in shared]}


def contact_of(conversation: Conversation) -> dict[str, Any]:
    """What a household may be called and how it is reached, while its yes to that stands."""
    household = db.session.get_one(Household, conversation.household_id)
    if not counts(standing(conversation.id, "contact")):
        return {"called_name": None, "contact": None}
    contact = {
        "channel": household.contact_channel,
        "value": household.contact_value,
        "when": household.contact_when,
        "voicemail_ok": household.voicemail_ok,
    }
    return {
        "called_name": household.called_name or None,
        "contact": contact if household.contact_channel else None,
    }


def _evidence(handover: Handover) -> dict[str, Any]:
    rows = (
        select(Consent.made_at, ConsentText.version, Account.first_name)
        .join(ConsentText, ConsentText.id == Consent.consent_text_id)
        .join(Account, Account.id == Consent.asked_by)
        .where(Consent.id == handover.consent_id)
    )
    given_at, version, asked_by = db.session.execute(rows).one()
    return {"given_at": given_at, "text_version": version, "asked_by": asked_by}


def _debt_help(conversation: Conversation) -> DebtHelpRequest | None:
    rows = select(DebtHelpRequest).where(
        DebtHelpRequest.conversation_id == conversation.id, DebtHelpRequest.pass_on
    )
    return db.session.scalars(rows).first()


def _events(handover: Handover, *, shared: bool) -> list[dict[str, Any]]:
    rows = select(HandoverEvent).where(HandoverEvent.handover_id == handover.id)
    events = db.session.scalars(rows.order_by(HandoverEvent.at, HandoverEvent.id)).all()
    names = first_names({event.actor_id for event in events})
    return [
        {
            "state": event.state,
            "by": names[event.actor_id],
            "reason": event.reason,
            "words": event.words if shared else "",
            "at": event.at,
        }
        for event in events
    ]

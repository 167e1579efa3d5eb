"""What of hand-overs their author's phone gets: the answer in the detail the household allowed."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.conversations.agreement import counts
from outreach.conversations.models import Consent
from outreach.db import db
from outreach.handover.inbox import first_names
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.scope import own_handovers
from outreach.handover.states import ANSWERS, State

OFFERED = ("id", "team_id", "state", "urgency", "why", "company_wanted")


def handover_parts(actor: Actor, household_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """`handovers` of each household, as docs/sync.md says; only those this actor offered."""
    parts: dict[str, list[dict[str, Any]]] = {id_: [] for id_ in household_ids}
    rows = own_handovers(actor).where(Handover.household_id.in_(household_ids))
    handovers = sorted(db.session.scalars(rows), key=lambda row: row.id)
    answers = _answers(handovers)
    for handover in handovers:
        called_at = handover.called_at
        parts[handover.household_id].append(
            {name: getattr(handover, name) for name in OFFERED}
            | {
                "domains": sorted(handover.domains),
                "called_at": _instant(called_at) if called_at else None,
                "answer": answers.get(handover.id),
            }
        )
    return parts


def _answers(handovers: Sequence[Handover]) -> dict[str, dict[str, Any]]:
    """The event that brought each answered hand-over where it is, by hand-over id."""
    answered = {h.id: h for h in handovers if h.state in ANSWERS}
    rows = (
        select(HandoverEvent)
        .join(Handover, Handover.id == HandoverEvent.handover_id)
        .where(Handover.id.in_(answered), HandoverEvent.state == Handover.state)
        .order_by(HandoverEvent.at, HandoverEvent.id)
    )
    last = {event.handover_id: event for event in db.session.scalars(rows)}
    names = first_names({event.actor_id for event in last.values()})
    told = _may_be_told([handover.conversation_id for handover in answered.values()])
    return {
        id_: _answer(
            event,
            names[event.actor_id],
            in_full=event.state != State.CLOSED or answered[id_].conversation_id in told,
        )
        for id_, event in last.items()
    }


def _answer(event: HandoverEvent, by: str, *, in_full: bool) -> dict[str, Any]:
    """How it went on is the household's to tell: without their yes only the state and when."""
    return {
        "state": event.state,
        "by": by if in_full else "",
        "reason": event.reason if in_full else "",
        "words": event.words if in_full else "",
        "feedback": event.feedback if in_full else "",
        "at": _instant(event.at),
    }


def _may_be_told(conversation_ids: Collection[str]) -> set[str]:
    """Talks whose household lets the volunteer hear; while the pair disagrees they do not."""
    rows = select(Consent).where(
        Consent.conversation_id.in_(conversation_ids),
        Consent.purpose == "feedback",
        Consent.superseded_by.is_(None),
    )
    said = list(db.session.scalars(rows))
    refused = {consent.conversation_id for consent in said if not counts(consent)}
    return {consent.conversation_id for consent in said} - refused


def _instant(at: datetime) -> str:
    """To the second, as phones write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""They ask for debt help. With `pass_on` the clock runs from the day it was said; else none.

A volunteer corrects their own request until the other of the pair asks too. Between the two the
protective value shows until a person settles it: crisis over ordinary, the earliest day, and
nothing passed on without a yes from both.
"""

from datetime import date

from sqlalchemy import select

from outreach.access.intents import Intent
from outreach.audit.differences import Effect, agree
from outreach.clock import new_id
from outreach.conversations import differing, forgetting
from outreach.conversations.agreement import noted_conversation
from outreach.conversations.models import Conversation, DebtHelpRequest
from outreach.conversations.scope import conversation_of
from outreach.db import db

FIELDS = ("asked_on", "pass_on", "crisis")


def ask(intent: Intent) -> Effect:
    """Record the request, or change it."""
    body = intent.body
    conversation = noted_conversation(intent)
    request = _request_of(conversation)
    if request is None:
        db.session.add(_new_request(conversation, intent))
        return Effect.APPLIED
    if request.recorded_by == intent.actor.account_id:
        return _correct(request, intent)
    request.recorded_by = None
    return differing.strongest(
        [
            _protect(intent, request, "asked_on", min(request.asked_on, body["asked_on"])),
            _protect(intent, request, "pass_on", request.pass_on and body["pass_on"]),
            _protect(intent, request, "crisis", request.crisis or body["crisis"]),
        ]
    )


def drop(intent: Intent) -> Effect:
    """They do not ask for it after all."""
    request = _request_of(conversation_of(intent))
    if request is None:
        return Effect.MERGED
    forgetting.erase_requests([request.id])
    return Effect.APPLIED


def _request_of(conversation: Conversation) -> DebtHelpRequest | None:
    rows = select(DebtHelpRequest).where(DebtHelpRequest.conversation_id == conversation.id)
    return db.session.scalars(rows).first()


def _new_request(conversation: Conversation, intent: Intent) -> DebtHelpRequest:
    return DebtHelpRequest(
        id=new_id(),
        municipality_id=conversation.municipality_id,
        household_id=conversation.household_id,
        conversation_id=conversation.id,
        recorded_by=intent.actor.account_id,
        received_at=intent.received_at,
        **{field: intent.body[field] for field in FIELDS},
    )


def _correct(request: DebtHelpRequest, intent: Intent) -> Effect:
    changed = [field for field in FIELDS if getattr(request, field) != intent.body[field]]
    for field in changed:
        setattr(request, field, intent.body[field])
    return Effect.APPLIED if changed else Effect.MERGED


def _protect(intent: Intent, request: DebtHelpRequest, field: str, shown: date | bool) -> Effect:
    stands, said = getattr(request, field), intent.body[field]
    if stands == said:
        return Effect.MERGED
    setattr(request, field, shown)
    other = said if shown == stands else stands
    differing.keep(intent, request, field, shown=_plain(shown), other=_plain(other))
    agree(request.id, field, _plain(shown), intent.actor.account_id)
    return Effect.CONFLICTED


def _plain(value: date | bool) -> str | bool:
    return value.isoformat() if isinstance(value, date) else value

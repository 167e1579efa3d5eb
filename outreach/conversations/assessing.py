"""How a life domain goes, in one of five answers, and the advice of the guide that was given."""

from sqlalchemy import select

from outreach.access.intents import Intent
from outreach.audit.differences import Effect
from outreach.clock import new_id
from outreach.conversations import differing
from outreach.conversations.agreement import noted_conversation, require_domain
from outreach.conversations.models import Advice, Assessment
from outreach.db import db


def assess(intent: Intent) -> Effect:
    """Set the answer of one domain; another answer than the one it came from is kept beside it."""
    body = intent.body
    conversation = noted_conversation(intent)
    require_domain(conversation, body["domain"], intent)
    rows = select(Assessment).where(
        Assessment.conversation_id == conversation.id, Assessment.domain == body["domain"]
    )
    assessment = db.session.scalars(rows).first()
    if assessment is not None:
        return differing.change(
            intent,
            assessment,
            "answer",
            body["answer"],
            came_from=body["from"],
            label=body["domain"],
        )
    db.session.add(
        Assessment(
            id=new_id(),
            municipality_id=conversation.municipality_id,
            conversation_id=conversation.id,
            domain=body["domain"],
            answer=body["answer"],
        )
    )
    return Effect.APPLIED


def set_advice(intent: Intent) -> Effect:
    """Note that an advice was given, or that it was not after all."""
    body = intent.body
    conversation = noted_conversation(intent)
    require_domain(conversation, body["domain"], intent)
    rows = select(Advice).where(
        Advice.conversation_id == conversation.id, Advice.key == body["key"]
    )
    advice = db.session.scalars(rows).first()
    if (advice is not None) == body["on"]:
        return Effect.MERGED
    if advice is not None:
        db.session.delete(advice)
        return Effect.APPLIED
    db.session.add(
        Advice(
            id=new_id(),
            municipality_id=conversation.municipality_id,
            conversation_id=conversation.id,
            domain=body["domain"],
            key=body["key"],
        )
    )
    return Effect.APPLIED

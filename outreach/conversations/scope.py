"""Whose talks these are: the recorder's; what the other of the pair wrote is still taken in."""

from datetime import timedelta

from sqlalchemy import Select, or_, select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.clock import now, today
from outreach.conversations.models import Conversation, Debrief
from outreach.db import db
from outreach.visits.models import Round, Stop
from outreach.visits.scope import walked_rounds

A_DAY = timedelta(days=1)


def own_conversations(actor: Actor) -> Select[Conversation]:
    """Talks that this actor recorded."""
    return select(Conversation).where(
        Conversation.municipality_id == actor.municipality_id,
        Conversation.recorder_id == actor.account_id,
    )


def own_households(actor: Actor) -> Select[str]:
    """Ids of the households on the recorder's phone: talks still open, or of today and yesterday.

    Closed work leaves a day after it was acknowledged, however late that was. Newest first.
    """
    return (
        select(Conversation.household_id)
        .where(
            Conversation.municipality_id == actor.municipality_id,
            Conversation.recorder_id == actor.account_id,
            or_(
                Conversation.state == "open",
                Conversation.date >= today() - A_DAY,
                Conversation.received_at >= now() - A_DAY,
            ),
        )
        .order_by(Conversation.date.desc(), Conversation.id)
    )


def may_write_household(intent: Intent) -> bool:
    """The recorder, and both of the pair whose stop reserves this household's id."""
    actor = intent.actor
    recorded = own_conversations(actor).where(Conversation.household_id == intent.dossier_id)
    reserved = select(Stop).where(
        Stop.municipality_id == actor.municipality_id,
        Stop.household_id == intent.dossier_id,
        Stop.round_id.in_(walked_rounds(actor).with_only_columns(Round.id)),
    )
    return bool(db.session.scalar(select(or_(recorded.exists(), reserved.exists()))))


def visible_calls(actor: Actor) -> Select[Debrief]:
    """Debriefs in which somebody asked to be called and nobody did yet."""
    return select(Debrief).where(
        Debrief.municipality_id == actor.municipality_id,
        Debrief.call_me,
        Debrief.called_at.is_(None),
    )


def conversation_of(intent: Intent) -> Conversation:
    """The talk an intent names, locked: two phones may write to it at once.

    Raises CannotApply when it is not a talk of the intent's household.
    """
    rows = select(Conversation).where(
        Conversation.id == intent.body["conversation_id"],
        Conversation.household_id == intent.dossier_id,
        Conversation.municipality_id == intent.actor.municipality_id,
    )
    found = db.session.scalars(rows.with_for_update()).first()
    if found is None:
        raise CannotApply("unknown-conversation")
    return found

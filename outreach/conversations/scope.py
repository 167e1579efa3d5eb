"""Whose talks these are: the recorder's; what the other of the pair wrote is still taken in."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Select, bindparam, or_, select, union

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import is_differed_on
from outreach.clock import now, today
from outreach.conversations.models import Conversation, Debrief
from outreach.db import db
from outreach.visits.models import Stop
from outreach.visits.scope import own_stops

A_DAY = timedelta(days=1)
# Built once: it is asked for every word of a talk, and building costs as much as asking.
CONVERSATION = (
    select(Conversation)
    .where(
        Conversation.id == bindparam("conversation_id"),
        Conversation.household_id == bindparam("household_id"),
        Conversation.municipality_id == bindparam("municipality_id"),
    )
    .with_for_update()
)


def own_conversations(actor: Actor) -> Select[Conversation]:
    """Talks that this actor recorded."""
    return select(Conversation).where(
        Conversation.municipality_id == actor.municipality_id,
        Conversation.recorder_id == actor.account_id,
    )


def own_households(actor: Actor) -> Select[str]:
    """Ids of the households on the recorder's phone: talks still open, or of today and yesterday.

    Closed work leaves a day after it was acknowledged, however late that was, unless two people
    differ on it. Newest first.
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
                is_differed_on(Conversation.household_id),
            ),
        )
        .order_by(Conversation.date.desc(), Conversation.id)
    )


def writable_households(actor: Actor, ids: Collection[str]) -> set[str]:
    """Which of these the actor recorded, or are reserved by a stop of a round they walk."""
    recorded = own_conversations(actor).with_only_columns(Conversation.household_id)
    reserved = own_stops(actor).with_only_columns(Stop.household_id)
    rows = union(
        recorded.where(Conversation.household_id.in_(ids)),
        reserved.where(Stop.household_id.in_(ids)),
    )
    return set(db.session.scalars(rows))


def visible_calls(actor: Actor) -> Select[Debrief]:
    """Debriefs in which somebody asked to be called and nobody did yet."""
    return select(Debrief).where(
        Debrief.municipality_id == actor.municipality_id,
        Debrief.call_me,
        Debrief.called_at.is_(None),
    )


def answered_calls(actor: Actor) -> Select[Debrief]:
    """Debriefs in which somebody asked to be called, and was."""
    return select(Debrief).where(
        Debrief.municipality_id == actor.municipality_id,
        Debrief.call_me,
        Debrief.called_at.is_not(None),
    )


def own_calls(actor: Actor) -> Select[Debrief]:
    """Debriefs in which this volunteer asked to be called."""
    return select(Debrief).where(
        Debrief.municipality_id == actor.municipality_id,
        Debrief.account_id == actor.account_id,
        Debrief.call_me,
    )


def conversation_of(intent: Intent) -> Conversation:
    """The talk an intent names, locked: two phones may write to it at once.

    Raises CannotApply when it is not a talk of the intent's household.
    """
    which = {
        "conversation_id": intent.body["conversation_id"],
        "household_id": intent.dossier_id,
        "municipality_id": intent.actor.municipality_id,
    }
    found = db.session.scalars(CONVERSATION, which).first()
    if found is None:
        raise CannotApply("unknown-conversation")
    return found

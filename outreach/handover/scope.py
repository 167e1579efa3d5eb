"""Whose hand-overs these are: the receiving team's, the author's, and what consent still shares."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from outreach.access.actor import Actor
from outreach.access.intents import Intent
from outreach.access.roles import Role
from outreach.clock import now
from outreach.conversations.models import Consent
from outreach.db import db
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.states import ENDED, OPEN, Party, State
from outreach.plans.scope import may_write_plan

ANSWER_STAYS = timedelta(days=14)


def visible_handovers(actor: Actor) -> Select[Handover]:
    """Everything that was ever offered to the actor's own team."""
    return select(Handover).where(
        Handover.municipality_id == actor.municipality_id,
        Handover.team_id == actor.team_id,
    )


def still_shared() -> ColumnElement[bool]:
    """Not ended, and the household's yes to exactly this team still counts, undisputed."""
    answered = exists().where(
        Consent.conversation_id == Handover.conversation_id,
        Consent.purpose == "share",
        Consent.team_id == Handover.team_id,
        Consent.superseded_by.is_(None),
    )
    yes = and_(Consent.given, Consent.withdrawn_at.is_(None))
    return and_(Handover.state.in_(OPEN), answered.where(yes), ~answered.where(~yes))


def own_handovers(actor: Actor) -> Select[Handover]:
    """What this actor offered."""
    return select(Handover).where(
        Handover.municipality_id == actor.municipality_id,
        Handover.author_id == actor.account_id,
    )


def phone_households(actor: Actor) -> Select[str]:
    """Ids of households whose hand-overs by this actor wait for an end, or ended 14 days ago.

    What was withdrawn needs nobody's attention any more. Newest first, each once.
    """
    answered = exists().where(
        HandoverEvent.handover_id == Handover.id,
        HandoverEvent.state == Handover.state,
        HandoverEvent.at >= now() - ANSWER_STAYS,
    )
    final = Handover.state.in_(ENDED - {State.WITHDRAWN})
    return (
        own_handovers(actor)
        .where(or_(Handover.state.in_(OPEN), and_(final, answered)))
        .with_only_columns(Handover.household_id)
        .group_by(Handover.household_id)
        .order_by(func.max(Handover.received_at).desc(), Handover.household_id)
    )


def may_write_handover(intent: Intent) -> bool:
    """Who holds the household, or offered something of it and waits for the answer."""
    own = own_handovers(intent.actor).where(Handover.household_id == intent.dossier_id)
    return may_write_plan(intent) or bool(db.session.scalar(select(exists(own.subquery()))))


def parties_at_desk(actor: Actor, handover: Handover) -> frozenset[Party]:
    """What somebody at a desk is to a hand-over."""
    if (actor.municipality_id, actor.team_id) != (handover.municipality_id, handover.team_id):
        return frozenset()
    if actor.account_id == handover.coach_id or actor.role == Role.TEAM_LEAD:
        return frozenset({Party.RECEIVER, Party.RESPONSIBLE})
    return frozenset({Party.RECEIVER})

"""Whose hand-overs these are: the receiving team's, the author's, and what consent still shares."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select

from outreach.access.actor import Actor
from outreach.access.models import Account, Team
from outreach.access.roles import Role
from outreach.campaigns.models import Campaign
from outreach.clock import now
from outreach.conversations.models import Consent, Conversation, DebtHelpRequest
from outreach.db import db
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.states import ENDED, OPEN, Party, State
from outreach.plans.scope import writable_plans

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


def visible_debt_requests(actor: Actor) -> Select[DebtHelpRequest]:
    """Requests that they let us pass on and that no hand-over brought to a team.

    They are the team lead's of the district they were made in. A district without a lead has its
    coaches, and one without either has every lead: none waits where nobody looks.
    """
    district = select(Campaign.district_id).where(Campaign.id == Conversation.campaign_id)
    here = district.correlate(Conversation).scalar_subquery()
    own = select(Team.district_id).where(Team.id == actor.team_id).scalar_subquery()
    leads, coaches = _at_work(here, Role.TEAM_LEAD), _at_work(here, Role.WIJKCOACH)
    if actor.role == Role.TEAM_LEAD:
        theirs = or_(here == own, and_(~leads, ~coaches))
    else:
        theirs = and_(here == own, ~leads)
    handed_over = exists().where(
        Handover.conversation_id == DebtHelpRequest.conversation_id,
        or_(still_shared(), Handover.state == State.CLOSED),
    )
    return (
        select(DebtHelpRequest)
        .join(Conversation, Conversation.id == DebtHelpRequest.conversation_id)
        .where(
            DebtHelpRequest.municipality_id == actor.municipality_id,
            DebtHelpRequest.pass_on,
            theirs,
            or_(DebtHelpRequest.taken_on_at.is_not(None), ~handed_over),
        )
    )


def _at_work(district: ScalarSelect[str], role: Role) -> ColumnElement[bool]:
    """Whether somebody in this role can sign in and belongs to a team of the district."""
    return exists().where(
        Account.team_id == Team.id,
        Team.district_id == district,
        Account.role == role,
        Account.active,
    )


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


def writable_handovers(actor: Actor, ids: Collection[str]) -> set[str]:
    """Households the actor holds, or of which they offered something and wait for the answer."""
    offered = own_handovers(actor).where(Handover.household_id.in_(ids))
    return {
        *writable_plans(actor, ids),
        *db.session.scalars(offered.with_only_columns(Handover.household_id)),
    }


def parties_at_desk(actor: Actor, handover: Handover) -> frozenset[Party]:
    """What somebody at a desk is to a hand-over."""
    if (actor.municipality_id, actor.team_id) != (handover.municipality_id, handover.team_id):
        return frozenset()
    if actor.account_id == handover.coach_id or actor.role == Role.TEAM_LEAD:
        return frozenset({Party.RECEIVER, Party.RESPONSIBLE})
    return frozenset({Party.RECEIVER})

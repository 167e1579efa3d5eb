"""Whose plans these are: who planned them, who comes back, and the desk that prints."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Select, func, or_, select

from outreach.access.actor import Actor
from outreach.audit.differences import is_differed_on
from outreach.clock import now
from outreach.conversations.models import Conversation
from outreach.conversations.scope import writable_households
from outreach.db import db
from outreach.plans.models import Aftercare, Plan

PRINTED_STAYS = timedelta(days=14)


def open_aftercare(actor: Actor) -> Select[Aftercare]:
    """Aftercare this actor still has to do, due or coming, or of which the plan is differed on."""
    differs = is_differed_on(Aftercare.household_id, "plan", "goal", "step", "aftercare")
    return select(Aftercare).where(
        Aftercare.municipality_id == actor.municipality_id,
        Aftercare.account_id == actor.account_id,
        or_(Aftercare.closed_at.is_(None), differs),
    )


def phone_households(actor: Actor) -> Select[str]:
    """Ids of the households this actor goes back to, each once, nearest due first."""
    return (
        open_aftercare(actor)
        .with_only_columns(Aftercare.household_id)
        .group_by(Aftercare.household_id)
        .order_by(func.min(Aftercare.due_on), Aftercare.household_id)
    )


def ever_asked_back(actor: Actor) -> Select[str]:
    """Ids of the households this actor was ever asked to come back to, also where that is done."""
    return (
        select(Aftercare.household_id)
        .where(
            Aftercare.municipality_id == actor.municipality_id,
            Aftercare.account_id == actor.account_id,
        )
        .distinct()
    )


def writable_plans(actor: Actor, ids: Collection[str]) -> set[str]:
    """Households whose talk the actor holds, or to which they come back."""
    back = open_aftercare(actor).where(Aftercare.household_id.in_(ids))
    return {
        *writable_households(actor, ids),
        *db.session.scalars(back.with_only_columns(Aftercare.household_id)),
    }


def printable_plans(actor: Actor) -> Select[Plan]:
    """Plans somebody wants on paper and let us write down; printed ones for two weeks more."""
    noted = select(Conversation.id).where(Conversation.noted)
    return select(Plan).where(
        Plan.municipality_id == actor.municipality_id,
        Plan.print_wanted,
        Plan.conversation_id.in_(noted),
        or_(Plan.printed_at.is_(None), Plan.printed_at > now() - PRINTED_STAYS),
    )

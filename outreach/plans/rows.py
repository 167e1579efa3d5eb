"""Rows of one household's plan by id; an id that stands in another dossier cannot be applied."""

from sqlalchemy import select

from outreach.access.intents import CannotApply, Intent
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.plans.models import Aftercare, Goal, Plan, Step

ELSEWHERE = "id-in-use"


def _own(intent: Intent, municipality_id: str, household_id: str) -> None:
    if (municipality_id, household_id) != (intent.actor.municipality_id, intent.dossier_id):
        raise CannotApply(ELSEWHERE)


def find_plan(intent: Intent, plan_id: str) -> Plan | None:
    """The plan of this dossier; None when nobody made it yet."""
    plan = db.session.get(Plan, plan_id)
    if plan is not None:
        _own(intent, plan.municipality_id, plan.household_id)
    return plan


def find_goal(intent: Intent, goal_id: str) -> Goal | None:
    """The goal of this dossier; None when it was never made or was removed."""
    rows = select(Goal, Plan.household_id).join(Plan, Plan.id == Goal.plan_id)
    found = db.session.execute(rows.where(Goal.id == goal_id)).first()
    if found is None:
        return None
    goal, household_id = found
    _own(intent, goal.municipality_id, household_id)
    return goal


def find_step(intent: Intent, step_id: str) -> Step | None:
    """The step of this dossier; None when it was never made or was removed."""
    rows = (
        select(Step, Plan.household_id)
        .join(Goal, Goal.id == Step.goal_id)
        .join(Plan, Plan.id == Goal.plan_id)
    )
    found = db.session.execute(rows.where(Step.id == step_id)).first()
    if found is None:
        return None
    step, household_id = found
    _own(intent, step.municipality_id, household_id)
    return step


def find_aftercare(intent: Intent, aftercare_id: str) -> Aftercare | None:
    """The aftercare of this dossier; None when nobody planned it yet."""
    aftercare = db.session.get(Aftercare, aftercare_id)
    if aftercare is not None:
        _own(intent, aftercare.municipality_id, aftercare.household_id)
    return aftercare


def talk_of_plan(intent: Intent) -> Conversation:
    """The talk in which the household's plan was made, else its last one; locked.

    Two phones may begin one plan at once. Raises CannotApply when there was no talk.
    """
    rows = (
        select(Conversation)
        .outerjoin(Plan, Plan.conversation_id == Conversation.id)
        .where(
            Conversation.municipality_id == intent.actor.municipality_id,
            Conversation.household_id == intent.dossier_id,
        )
        .order_by(Plan.id.is_(None), Conversation.received_at.desc(), Conversation.id)
    )
    found = db.session.scalars(rows.limit(1).with_for_update(of=Conversation)).first()
    if found is None:
        raise CannotApply("unknown-conversation")
    return found

"""Taking plans away: gone, not hidden, and with them what differed in them."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, exists, or_, select

from outreach.access.intents import Intent
from outreach.audit.models import Difference
from outreach.conversations.agreement import HEALTH
from outreach.db import db
from outreach.plans.models import Aftercare, Goal, Plan, Step


def forget_step(step: Step) -> None:
    """Delete a step and the values that waited beside it."""
    _forget_differences([step.id])
    db.session.delete(step)
    db.session.flush()


def forget_goal(goal: Goal) -> None:
    """Delete a goal, its steps, and the values that waited beside them."""
    step_ids = list(db.session.scalars(select(Step.id).where(Step.goal_id == goal.id)))
    _forget_differences([goal.id, *step_ids])
    db.session.execute(delete(Step).where(Step.goal_id == goal.id))
    db.session.delete(goal)
    db.session.flush()


def discard(household_id: str) -> None:
    """Throw away plan, goals, steps and aftercare of a household, differences included."""
    own = Aftercare.household_id == household_id
    aftercare_ids = list(db.session.scalars(select(Aftercare.id).where(own)))
    plan_ids = list(db.session.scalars(select(Plan.id).where(Plan.household_id == household_id)))
    goal_ids = list(db.session.scalars(select(Goal.id).where(Goal.plan_id.in_(plan_ids))))
    step_ids = list(db.session.scalars(select(Step.id).where(Step.goal_id.in_(goal_ids))))
    _forget_differences([*plan_ids, *goal_ids, *step_ids, *aftercare_ids])
    for rows in (
        delete(Step).where(Step.id.in_(step_ids)),
        delete(Goal).where(Goal.id.in_(goal_ids)),
        delete(Aftercare).where(own),
        delete(Plan).where(Plan.id.in_(plan_ids)),
    ):
        db.session.execute(rows)


def forget_on_withdrawal(household_id: str, _intent: Intent) -> None:
    """Consent to note was taken back: what was written in the plan goes at once."""
    discard(household_id)


def forget_health(household_id: str, _intent: Intent, _note_ids: Collection[str]) -> None:
    """Consent to health was taken back: goals that anybody put there go, with their steps."""
    differs = exists().where(
        Difference.object_id == Goal.id,
        Difference.field == "domain",
        Difference.other["value"].as_string() == HEALTH,
        Difference.settled_at.is_(None),
    )
    about = (
        select(Goal)
        .join(Plan, Plan.id == Goal.plan_id)
        .where(Plan.household_id == household_id, or_(Goal.domain == HEALTH, differs))
    )
    for goal in db.session.scalars(about).all():
        forget_goal(goal)


def _forget_differences(object_ids: Sequence[str]) -> None:
    db.session.execute(delete(Difference).where(Difference.object_id.in_(object_ids)))

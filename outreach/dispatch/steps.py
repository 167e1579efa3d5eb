"""How a plan was before each change: a bounded number of steps, to go back and forth."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from outreach.clock import new_id
from outreach.db import db
from outreach.dispatch.models import RoundPlan, RoundPlanStep

MOST_STEPS = 50


def remember(
    connection: Connection, plan: tuple[str, str], number: int, content: dict[str, Any]
) -> None:
    """Keep this content as the newest step; `plan` is its municipality and id.

    What was undone before is gone then, and so is what lies too far back.
    """
    municipality_id, plan_id = plan
    own = RoundPlanStep.round_plan_id == plan_id
    too_far = RoundPlanStep.number <= number - MOST_STEPS
    connection.execute(delete(RoundPlanStep).where(own, (RoundPlanStep.number >= number) | too_far))
    connection.execute(
        insert(RoundPlanStep).values(
            id=new_id(),
            municipality_id=municipality_id,
            round_plan_id=plan_id,
            number=number,
            content=content,
        )
    )


def content_at(plan: RoundPlan, number: int) -> dict[str, Any] | None:
    """The content of a step; None where there is none (any more, or yet)."""
    rows = select(RoundPlanStep.content).where(
        RoundPlanStep.round_plan_id == plan.id, RoundPlanStep.number == number
    )
    return db.session.scalars(rows).first()


def reach(plan: RoundPlan) -> tuple[bool, bool]:
    """Whether one can go back, and forth."""
    rows = select(RoundPlanStep.number).where(
        RoundPlanStep.round_plan_id == plan.id,
        RoundPlanStep.number.in_([plan.step - 1, plan.step + 1]),
    )
    numbers = set(db.session.scalars(rows))
    return plan.step - 1 in numbers, plan.step + 1 in numbers


def forget(plan: RoundPlan) -> None:
    """With the plan itself."""
    db.session.execute(delete(RoundPlanStep).where(RoundPlanStep.round_plan_id == plan.id))

"""What of plans and aftercare a phone gets, in five queries for any number of households.

While consent to note is withdrawn or disputed a plan is out of sight, as the talk's notes are; so
are goals about health while consent to that is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import select

from outreach.conversations.agreement import HEALTH, counts, protective
from outreach.conversations.models import Consent, Conversation
from outreach.db import db
from outreach.plans.models import Aftercare, Goal, Plan, Step


def plan_parts(household_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """`plan` and `aftercares` of each household, in the shape of docs/sync.md."""
    parts: dict[str, dict[str, Any]] = {
        household_id: {"plan": None, "aftercares": []} for household_id in household_ids
    }
    noted = (
        select(Plan)
        .join(Conversation, Conversation.id == Plan.conversation_id)
        .where(Plan.household_id.in_(household_ids), Conversation.noted)
    )
    plans = list(db.session.scalars(noted))
    goals = goals_of([plan.id for plan in plans])
    for plan in plans:
        parts[plan.household_id]["plan"] = {
            "id": plan.id,
            "print_wanted": plan.print_wanted,
            "bring_by": plan.bring_by,
            "bring_on": plan.bring_on.isoformat() if plan.bring_on else None,
            "goals": goals.get(plan.id, []),
        }
    rows = select(Aftercare).where(Aftercare.household_id.in_(household_ids))
    for aftercare in sorted(db.session.scalars(rows), key=lambda row: (row.due_on, row.id)):
        parts[aftercare.household_id]["aftercares"].append(_aftercare(aftercare))
    return parts


def goals_of(plan_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Goals with their steps, by plan id; each list by position, id."""
    health = _health_agreed(plan_ids)
    found = db.session.scalars(select(Goal).where(Goal.plan_id.in_(plan_ids)))
    goals = [goal for goal in found if goal.domain != HEALTH or goal.plan_id in health]
    steps = select(Step).where(Step.goal_id.in_([goal.id for goal in goals]))
    of_goal = _grouped(db.session.scalars(steps), "goal_id")
    return {
        plan_id: [
            {
                "id": goal.id,
                "position": goal.position,
                "domain": goal.domain,
                "text": goal.text,
                "steps": [_step(step) for step in of_goal.get(goal.id, [])],
            }
            for goal in own
        ]
        for plan_id, own in _grouped(goals, "plan_id").items()
    }


def _health_agreed(plan_ids: Collection[str]) -> set[str]:
    """The plans of households that let us write about health."""
    rows = (
        select(Plan.id, Consent)
        .join(Consent, Consent.conversation_id == Plan.conversation_id)
        .where(Plan.id.in_(plan_ids), Consent.purpose == "health", Consent.superseded_by.is_(None))
    )
    answers: dict[str, list[Consent]] = defaultdict(list)
    for plan_id, consent in db.session.execute(rows):
        answers[plan_id].append(consent)
    return {plan_id for plan_id, asked in answers.items() if counts(protective(asked))}


def _grouped(rows: Iterable[Any], owner: str) -> dict[str, list[Any]]:
    """Rows of one kind by the id of what they belong to, each list by position, id."""
    ordered = sorted(rows, key=lambda row: (getattr(row, owner), row.position, row.id))
    return {key: list(found) for key, found in groupby(ordered, lambda row: getattr(row, owner))}


def _step(step: Step) -> dict[str, Any]:
    names = ("id", "position", "text", "who", "who_name", "by", "status")
    return {name: getattr(step, name) for name in names}


def _aftercare(aftercare: Aftercare) -> dict[str, Any]:
    return {
        "id": aftercare.id,
        "due_on": aftercare.due_on.isoformat(),
        "day_part": aftercare.day_part,
        "kind": aftercare.kind,
        "account_id": aftercare.account_id,
        "outcome": aftercare.outcome,
        "more_help": aftercare.more_help,
        "closed": aftercare.closed_at is not None,
    }

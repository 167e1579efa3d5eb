"""A person decides between two values of a plan, a goal, a step or an aftercare."""

from collections.abc import Callable
from typing import Any

from outreach.access.actor import Actor
from outreach.audit.models import Difference
from outreach.clock import now
from outreach.db import db
from outreach.plans import together
from outreach.plans.models import Aftercare, Goal, Plan, Step
from outreach.plans.planning import GOAL_FIELDS, STEP_FIELDS

KINDS: dict[str, type[Goal | Step | Plan | Aftercare]] = {
    kind.__tablename__: kind for kind in (Goal, Step, Plan, Aftercare)
}
FIELDS = frozenset({*GOAL_FIELDS, *STEP_FIELDS, "status"})
TOGETHER: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    together.PRINT: together.let_wish_stand,
    together.AGREED: together.let_agreement_stand,
    together.RESULT: lambda row, said: together.let_result_stand(row, said, now()),
}


def settle(difference: Difference, keep: str, _actor: Actor) -> None:
    """Let "shown" or "other" stand; a row that is gone meanwhile stays gone.

    The caller marks the difference as settled.
    """
    row = db.session.get(KINDS[difference.object_kind], difference.object_id)
    if keep != "other" or row is None:
        return
    value = difference.other["value"]
    if difference.field in TOGETHER:
        TOGETHER[difference.field](row, value)
    elif difference.field in FIELDS:
        setattr(row, difference.field, value)

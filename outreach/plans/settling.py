"""A person decides between two values of a goal or a step."""

from outreach.access.actor import Actor
from outreach.audit.models import Difference
from outreach.db import db
from outreach.plans.models import Goal, Step

KINDS: dict[str, type[Goal | Step]] = {Goal.__tablename__: Goal, Step.__tablename__: Step}
FIELDS = frozenset({"position", "text", "who", "who_name", "by", "status"})


def settle(difference: Difference, keep: str, _actor: Actor) -> None:
    """Let "shown" or "other" stand; a row that is gone meanwhile stays gone.

    The caller marks the difference as settled.
    """
    row = db.session.get(KINDS[difference.object_kind], difference.object_id)
    if keep == "other" and row is not None and difference.field in FIELDS:
        setattr(row, difference.field, difference.other["value"])

"""A person decides between two values of a goal or a step."""

from outreach.access.actor import Actor
from outreach.audit.models import Difference
from outreach.clock import now
from outreach.db import db
from outreach.plans.models import Goal, Step

KINDS: dict[str, type[Goal | Step]] = {Goal.__tablename__: Goal, Step.__tablename__: Step}
OTHER = "other"


def settle(difference: Difference, keep: str, actor: Actor) -> None:
    """Let the value shown stand, or put the other in its place; a second time changes nothing."""
    if difference.settled_at is not None:
        return
    row = db.session.get(KINDS[difference.object_kind], difference.object_id)
    if keep == OTHER and row is not None:
        setattr(row, difference.field, difference.other["value"])
    difference.settled_at, difference.settled_by = now(), actor.account_id

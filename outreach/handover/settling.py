"""A person decides between two values of a hand-over."""

from outreach.access.actor import Actor
from outreach.audit.models import Difference
from outreach.db import db
from outreach.handover.models import Handover

KIND = Handover.__tablename__
FIELDS = frozenset({"urgency", "why", "company_wanted", "domains"})


def settle(difference: Difference, keep: str, _actor: Actor) -> None:
    """Let "shown" or "other" stand; the caller marks the difference as settled."""
    row = db.session.get(Handover, difference.object_id)
    if keep == "other" and row is not None and difference.field in FIELDS:
        setattr(row, difference.field, difference.other["value"])

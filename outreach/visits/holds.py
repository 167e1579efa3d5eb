"""The supervisor's word on a door that was found unsafe."""

from datetime import timedelta

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.clock import now, today
from outreach.db import db
from outreach.territory.models import DoorHold

LONGEST_MONTHS = 12
DAYS_A_YEAR = 365


def decide(actor: Actor, hold: DoorHold, *, keep: bool, months: int | None) -> DoorHold:
    """Lift an unsafe door, or keep it closed; without a term for the longest one, 12 months.

    An objection is answered with this.
    """
    hold.decided_at, hold.decided_by, hold.objected_on = now(), actor.account_id, None
    if keep:
        term = (months or LONGEST_MONTHS) * DAYS_A_YEAR // LONGEST_MONTHS
        hold.ends_on = today() + timedelta(days=term)
    else:
        hold.lifted_at = hold.decided_at
    db.session.flush()
    trail.note(
        actor.municipality_id,
        actor.account_id,
        "door.decide",
        "door_hold",
        hold.id,
        result="kept" if keep else "lifted",
    )
    return hold

"""Doors where nobody should ring, and the supervisor's word on those found unsafe."""

from datetime import date, timedelta

from sqlalchemy import Select, or_, select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.clock import now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.visits.words import UNSAFE

LONGEST_MONTHS = 12
DAYS_A_YEAR = 365


def holds_in_force(campaign_id: str, on: date) -> Select[DoorHold]:
    """Holds that keep people from ringing on that day; `unsafe` holds in every campaign."""
    return select(DoorHold).where(
        DoorHold.lifted_at.is_(None),
        or_(DoorHold.ends_on.is_(None), DoorHold.ends_on >= on),
        or_(
            DoorHold.campaign_id.is_(None),
            DoorHold.campaign_id == campaign_id,
            DoorHold.kind == UNSAFE,
        ),
    )


def decide(actor: Actor, hold: DoorHold, *, keep: bool, months: int | None) -> DoorHold:
    """Lift an unsafe door, or keep it closed; without a term for the longest one, 12 months."""
    hold.decided_at = now()
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

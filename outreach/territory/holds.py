"""Doors where nobody should ring: which holds are in force."""

from datetime import date

from sqlalchemy import Select, or_, select

from outreach.territory.models import DoorHold

UNSAFE, WANTS_NO_VISIT = "unsafe", "wants_no_visit"


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


def lasting_holds(municipality_id: str, on: date) -> Select[DoorHold]:
    """Holds that keep people from ringing on that day whatever campaign it is for."""
    return select(DoorHold).where(
        DoorHold.municipality_id == municipality_id,
        DoorHold.lifted_at.is_(None),
        or_(DoorHold.ends_on.is_(None), DoorHold.ends_on >= on),
        or_(DoorHold.campaign_id.is_(None), DoorHold.kind == UNSAFE),
    )

"""Which doors get a letter: those of the campaign, less those where nobody should ring."""

from collections.abc import Callable, Iterable

from sqlalchemy import or_, select

from outreach.campaigns.areas import addresses_in
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.db import db
from outreach.territory.models import Address, DoorHold
from outreach.territory.ordering import walking_order

WALKING, POSTCODE = "walking", "postcode"


def by_postcode(addresses: Iterable[Address]) -> list[Address]:
    """As the post sorts: postcode, number, addition."""
    return sorted(
        addresses,
        key=lambda door: (
            door.postcode,
            door.house_number,
            door.house_letter,
            door.house_suffix,
            door.id,
        ),
    )


ORDERS: dict[str, Callable[[Iterable[Address]], list[Address]]] = {
    WALKING: walking_order,
    POSTCODE: by_postcode,
}


def doors_of(campaign: Campaign) -> list[Address]:
    """The doors that get a letter, in no order.

    A hold of any kind keeps the letter away too: who wants no visit wants no announcement of one.
    """
    held = select(DoorHold.address_id).where(
        DoorHold.municipality_id == campaign.municipality_id,
        DoorHold.lifted_at.is_(None),
        or_(DoorHold.ends_on.is_(None), DoorHold.ends_on >= today()),
        or_(DoorHold.campaign_id.is_(None), DoorHold.campaign_id == campaign.id),
    )
    return list(db.session.scalars(addresses_in(campaign.area_id).where(Address.id.not_in(held))))

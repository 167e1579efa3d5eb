"""Which doors get a letter: those of the campaign, less those where nobody should ring."""

from collections.abc import Callable, Iterable

from sqlalchemy import Select

from outreach.campaigns.areas import addresses_in
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.territory.holds import holds_in_force
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


def doors_of(campaign: Campaign) -> Select[Address]:
    """The doors that get a letter, in no order.

    A hold of any kind keeps the letter away too: who wants no visit wants no announcement of one.
    """
    held = holds_in_force(campaign.id, today()).with_only_columns(DoorHold.address_id)
    return addresses_in(campaign.area_id).where(Address.id.not_in(held))

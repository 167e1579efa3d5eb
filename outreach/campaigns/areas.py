"""The doors of a campaign: a choice in, a set of addresses out. Set-based; streets can be large."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, delete, func, insert, select, tuple_

from outreach.clock import new_id
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.territory import choosing
from outreach.territory.choices import Choice
from outreach.territory.choosing import State
from outreach.territory.models import Address, Area, AreaAddress
from outreach.territory.street_names import Street


class StreetDoors(NamedTuple):
    """A street and how many of its doors are in a campaign."""

    city: str
    street: str
    doors: int


def make_area(municipality_id: str, name: str) -> Area:
    """An area without addresses."""
    area = Area(id=new_id(), municipality_id=municipality_id, name=name)
    db.session.add(area)
    db.session.flush()
    return area


def set_streets(area: Area, streets: Collection[Street]) -> None:
    """Make the area hold doors of these streets and no other.

    A street that comes in brings every door; of one that was there the doors stay as they were:
    a copied campaign leaves out doors that were visited not long ago.
    """
    there = {Street(city, street) for city, street, _ in street_list(area.id)}
    key = tuple_(Address.city, Address.street)
    gone = addresses_in(area.id).where(key.not_in(streets)).with_only_columns(Address.id)
    db.session.execute(
        delete(AreaAddress).where(
            AreaAddress.area_id == area.id,
            AreaAddress.address_id.in_(list(db.session.scalars(gone))),
        )
    )
    wanted = (
        select(Address.id)
        .where(
            Address.municipality_id == area.municipality_id,
            key.in_([street for street in streets if street not in there]),
        )
        .order_by(Address.street, Address.postcode, Address.house_number, Address.id)
    )
    area.choice = {}
    add_doors(area, db.session.scalars(wanted))


def set_doors(area: Area, choice: Choice, until: date) -> int:
    """Make the area hold the doors that are left of a choice, and remember how it was chosen.

    Returns how many. Raises InvalidInput where none is left, or where there are too many.
    """
    addresses = select(Address).where(Address.municipality_id == area.municipality_id)
    found = choosing.find(addresses, choice, area.municipality_id, until)
    ids = [door.id for door in found if door.state == State.CHOSEN]
    if not ids:
        raise InvalidInput(InputError("/", "choice-leaves-no-doors"))
    area.choice = choice.kept()
    _fill(area, ids)
    return len(ids)


def choice_of(area: Area) -> Choice:
    """How an area was chosen; one of before that was kept is its streets."""
    if area.choice:
        return Choice.read(area.choice)
    return Choice(streets=[Street(row.city, row.street) for row in street_list(area.id)])


def _fill(area: Area, address_ids: Iterable[str]) -> None:
    db.session.execute(delete(AreaAddress).where(AreaAddress.area_id == area.id))
    add_doors(area, address_ids)


def add_doors(area: Area, address_ids: Iterable[str]) -> None:
    """Put these doors in the area, that does not hold them yet."""
    rows = [
        {
            "id": new_id(),
            "municipality_id": area.municipality_id,
            "area_id": area.id,
            "address_id": address_id,
        }
        for address_id in address_ids
    ]
    if rows:
        db.session.execute(insert(AreaAddress), rows)


def doors_of(area_ids: Collection[str]) -> dict[str, int]:
    """How many doors each area holds."""
    rows = (
        select(AreaAddress.area_id, func.count())
        .where(AreaAddress.area_id.in_(area_ids))
        .group_by(AreaAddress.area_id)
    )
    return dict(db.session.execute(rows).all())


def addresses_in(area_id: str) -> Select[Address]:
    """The doors of an area."""
    return (
        select(Address)
        .join(AreaAddress, AreaAddress.address_id == Address.id)
        .where(AreaAddress.area_id == area_id)
    )


def street_list(area_id: str) -> Sequence[StreetDoors]:
    """The streets of an area, in order."""
    key = (Address.city, Address.street)
    rows = addresses_in(area_id).with_only_columns(*key, func.count()).group_by(*key)
    return [StreetDoors(*row) for row in db.session.execute(rows.order_by(*key))]

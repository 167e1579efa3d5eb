"""What a map shows of the addresses: doors where there is room for them, streets where not."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean as mean
from typing import Any

from sqlalchemy import Select, func

from outreach.db import db
from outreach.territory.models import Address, number_words

MOST_DOORS = MOST_STREETS = 2_000
DOORS_FROM_ZOOM = 15  # further out the doors of a street are one blot


@dataclass(frozen=True)
class Box:
    """A piece of the map, in degrees; what lies on its edge is in it."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True)
class StreetPoint:
    """A street as far as it is in the box: its doors, and the middle of them."""

    city: str
    street: str
    doors: int
    lat: float
    lon: float


@dataclass(frozen=True)
class Doors:
    """Doors by column, thousands at a time; `streets` tells which of the streets it is in."""

    ids: Sequence[str] = ()
    lats: Sequence[float] = ()
    lons: Sequence[float] = ()
    numbers: Sequence[str] = ()
    postcodes: Sequence[str] = ()
    streets: Sequence[int] = ()


@dataclass(frozen=True)
class MapPoints:
    """What there is in a box: how many doors, by street, and each door unless they are many.

    `left_out` counts the streets, the smallest, for which there was no room either.
    """

    count: int
    streets: Sequence[StreetPoint]
    left_out: int
    doors: Doors


def in_box(addresses: Select[Any], box: Box) -> Select[Any]:
    """Those in the box, found by `ix_address_place`. An address without a place is in none."""
    return addresses.where(
        Address.lat.between(box.south, box.north), Address.lon.between(box.west, box.east)
    )


def map_points(addresses: Select[Address], box: Box, zoom: int) -> MapPoints:
    """The doors of a box, or only its streets."""
    inside = in_box(addresses, box)
    if zoom >= DOORS_FROM_ZOOM:
        rows = _rows(inside)
        if len(rows) <= MOST_DOORS:
            return _doors(rows)
    return _streets(inside)


def _rows(inside: Select[Any]) -> Sequence[Any]:
    """One more than are shown tells that they are too many. Bare rows: no object is made of any."""
    columns = (Address.id, Address.lat, Address.lon, Address.house_number)
    more = (Address.house_letter, Address.house_suffix, Address.postcode)
    named = (Address.city, Address.street)
    few = inside.with_only_columns(*columns, *more, *named).limit(MOST_DOORS + 1)
    return db.session.connection().execute(few).all()


def _doors(rows: Sequence[Any]) -> MapPoints:
    if not rows:
        return MapPoints(0, (), 0, Doors())
    by_column = zip(*rows, strict=True)
    ids, lats, lons, numbers, letters, suffixes, postcodes, cities, streets = by_column
    members: dict[tuple[str, str], list[int]] = {}
    for at, key in enumerate(zip(cities, streets, strict=True)):
        members.setdefault(key, []).append(at)
    places = {key: order for order, key in enumerate(members)}
    street_points = [
        StreetPoint(*key, len(of), mean([lats[i] for i in of]), mean([lons[i] for i in of]))
        for key, of in members.items()
    ]
    doors = Doors(
        ids,
        lats,
        lons,
        [*map(number_words, numbers, letters, suffixes)],
        postcodes,
        [places[key] for key in zip(cities, streets, strict=True)],
    )
    return MapPoints(len(rows), street_points, 0, doors)


def _streets(inside: Select[Any]) -> MapPoints:
    key = (Address.city, Address.street)
    middle = (func.avg(Address.lat), func.avg(Address.lon))
    grouped = inside.with_only_columns(*key, func.count(), *middle).group_by(*key)
    order = (func.count().desc(), *key)
    found = [StreetPoint(*row) for row in db.session.execute(grouped.order_by(*order))]
    count = sum(street.doors for street in found)
    return MapPoints(count, found[:MOST_STREETS], max(0, len(found) - MOST_STREETS), Doors())

"""An area somebody drew on a map: whether it is one, and which doors lie inside it.

Degrees are taken for a flat plane: over a town the difference is less than the breadth of a door.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Select, func

from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.territory.cleaning import is_inside
from outreach.territory.models import Address
from outreach.territory.points import Box, in_box

Corner = tuple[float, float]
MOST_CORNERS = 1_000
MOST_DOORS = 50_000
DEGREES = re.compile(r"-?[0-9.]+(?:e-?[0-9]+)?")
SMALLEST = 1e-10  # square degrees, about a square metre: less is a line, drawn by a shaky hand


@dataclass(frozen=True)
class StreetInside:
    """A street with doors inside, and how many it has in all."""

    city: str
    street: str
    inside: int
    doors: int


@dataclass(frozen=True)
class Inside:
    """What lies inside an area."""

    doors: int
    streets: Sequence[StreetInside]


def drawn(corners: Sequence[Corner], pointer: str = "/corners") -> shapely.Polygon:
    """The area within corners (latitude, longitude) that follow each other round.

    Raises InvalidInput when it has too many corners, crosses itself, has no surface, or leaves the
    Netherlands; `pointer` is where in the input its corners are.
    """
    if len(corners) > MOST_CORNERS:
        raise InvalidInput(InputError(pointer, "too-many-corners"))
    abroad = [
        InputError(f"{pointer}/{at}", "not-in-the-netherlands")
        for at, (lat, lon) in enumerate(corners)
        if not is_inside(lat, lat, lon, lon)
    ]
    if abroad:
        raise InvalidInput(*abroad)
    points = [(lon, lat) for lat, lon in corners]
    if shapely.MultiPoint(points).convex_hull.area < SMALLEST:
        raise InvalidInput(InputError(pointer, "area-needs-corners"))
    area = shapely.Polygon(points)
    if not area.is_valid:
        raise InvalidInput(InputError(pointer, "area-crosses-itself", _crossing(area, points)))
    return area


def _crossing(area: shapely.Polygon, points: Sequence[Corner]) -> dict[str, int]:
    """Which two sides meet where they should not: the corners they leave, counted from 1."""
    said = DEGREES.findall(shapely.is_valid_reason(area))
    where = shapely.Point([float(number) for number in said[-2:]])
    sides = shapely.linestrings([*zip(points, [*points[1:], points[0]], strict=True)])
    one, other = sorted(shapely.distance(sides, where).argsort()[:2].tolist())
    return {"one": one + 1, "other": other + 1}


def lies_within(area: shapely.Polygon, rows: Sequence[Any]) -> list[Any]:
    """Those of the rows, which have `lat` and `lon`, that lie in an area or on its edge."""
    shapely.prepare(area)
    is_in = shapely.intersects_xy(area, [row.lon for row in rows], [row.lat for row in rows])
    return [row for row, is_so in zip(rows, is_in, strict=True) if is_so]


def doors_inside(addresses: Select[Address], area: shapely.Polygon) -> Sequence[Any]:
    """Those of the addresses that lie in it or on its edge, as (id, city, street).

    Raises InvalidInput when there is none, or more than MOST_DOORS.
    """
    west, south, east, north = area.bounds
    columns = (Address.id, Address.city, Address.street, Address.lat, Address.lon)
    near = in_box(addresses, Box(south, west, north, east)).with_only_columns(*columns)
    found = lies_within(area, db.session.execute(near).all())
    if not found:
        raise InvalidInput(InputError("/corners", "area-has-no-doors"))
    if len(found) > MOST_DOORS:
        most = {"most": MOST_DOORS}
        raise InvalidInput(InputError("/corners", "area-has-too-many-doors", most))
    return found


def inside(addresses: Select[Address], area: shapely.Polygon) -> Inside:
    """The doors inside by street; `addresses` are all that may be chosen."""
    found = doors_inside(addresses, area)
    counts = Counter((row.city, row.street) for row in found)
    key = (Address.city, Address.street)
    whole = addresses.with_only_columns(*key, func.count()).group_by(*key).order_by(*key)
    streets = [
        StreetInside(city, street, counts[city, street], doors)
        for city, street, doors in db.session.execute(whole)
        if (city, street) in counts
    ]
    return Inside(len(found), streets)

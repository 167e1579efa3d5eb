"""The doors of a choice: each is found once and is in exactly one state."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import shapely
from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from outreach.clock import today
from outreach.db import db
from outreach.errors import InputError, InvalidInput
from outreach.territory.background import town
from outreach.territory.choices import Choice
from outreach.territory.drawing import MOST_DOORS, drawn, lies_within
from outreach.territory.holds import lasting_holds
from outreach.territory.homes import is_home
from outreach.territory.models import Address, DoorHold
from outreach.territory.points import Box, in_box
from outreach.territory.street_names import Street, known_streets

DAYS_A_MONTH = 30.4375
SEAM = "recently_visited"
# Ids of the addresses of a municipality where somebody rang since a day.
Visited = Callable[[str, date], Select[Any]]


class State(StrEnum):
    """What becomes of a door that was chosen; the first that is true counts."""

    LEFT_OUT = "left_out"
    HELD = "held"
    NOT_A_HOME = "not_a_home"
    VISITED = "visited"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class FoundDoor:
    """A door of the choice; `order` is how doors are listed."""

    id: str
    street: Street
    entrance: str
    is_home: bool
    state: State
    order: tuple[Any, ...]


@dataclass(frozen=True)
class FoundStreet:
    """A street of the choice: its doors in it, those that stay, and all it has."""

    city: str
    street: str
    inside: int
    doors: int
    whole: int


@dataclass(frozen=True)
class Counts:
    """What a choice comes to. `inside` is `doors` and everything that is excluded together."""

    inside: int
    homes: int
    excluded: dict[str, int]
    entrances: int
    doors: int
    areas: Sequence[int]
    streets: Sequence[FoundStreet]


def register(app: Flask, visited: Visited) -> None:
    """Visits stand above territory: they say where somebody rang."""
    app.extensions[SEAM] = visited


def moved(fault: InputError, under: str) -> InputError:
    """A fault of a choice that lies deeper in what was sent."""
    return InputError(f"{under}{fault.pointer.rstrip('/')}", fault.code, fault.params)


@contextmanager
def within(under: str) -> Iterator[None]:
    """What is found wrong in a choice is told where the choice lies in what was sent."""
    try:
        yield
    except InvalidInput as odd:
        raise InvalidInput(*(moved(fault, under) for fault in odd.errors)) from odd


def find(addresses: Select[Address], choice: Choice, here: str, until: date) -> list[FoundDoor]:
    """All doors of a choice with their states; `until` is the last day that somebody would ring.

    Raises InvalidInput where an area is none, or where there are more than MOST_DOORS.
    """
    rows = {row.id: row for row in _by_name(addresses, choice, here, until)}
    for place, corners in enumerate(choice.areas):
        found = _drawn(addresses, choice, here, until, place, corners)
        rows |= {row.id: row for row in found}
    if len(rows) > MOST_DOORS:
        raise InvalidInput(InputError("/", "area-has-too-many-doors", {"most": MOST_DOORS}))
    left_out, added = {*choice.left_out}, {*choice.added}
    doors = [_door(row, choice, left_out, added) for row in rows.values()]
    return sorted(doors, key=lambda door: door.order)


def faults(choice: Choice, here: str) -> Iterator[InputError]:
    """What can be seen to be wrong before doors are looked for: unknown names, odd areas."""
    if choice.is_empty:
        yield InputError("/", "nothing-chosen")
    known = known_streets(here, choice.streets) if choice.streets else set()
    for place, street in enumerate(choice.streets):
        if street not in known:
            yield InputError(f"/streets/{place}", "unknown-street", {"street": street.street})
    codes = select(Address.postcode).where(
        Address.municipality_id == here, Address.postcode.in_(choice.postcodes)
    )
    there = set(db.session.scalars(codes.distinct())) if choice.postcodes else set()
    for place, code in enumerate(choice.postcodes):
        if code not in there:
            yield InputError(f"/postcodes/{place}", "unknown-postcode", {"postcode": code})
    for place, corners in enumerate(choice.areas):
        try:
            drawn(corners, f"/areas/{place}/corners")
        except InvalidInput as odd:
            yield from odd.errors


def count(addresses: Select[Address], choice: Choice, here: str, until: date) -> Counts:
    """What a choice comes to; nothing is made."""
    doors = find(addresses, choice, here, until)
    states = Counter(door.state for door in doors)
    left = [door for door in doors if door.state == State.CHOSEN]
    return Counts(
        inside=len(doors),
        homes=sum(door.is_home for door in doors),
        excluded={str(state): states[state] for state in State if state != State.CHOSEN},
        entrances=len({_front_door(door) for door in left}),
        doors=len(left),
        areas=[_inside(addresses, corners) for corners in choice.areas],
        streets=_streets(addresses, doors),
    )


def _front_door(door: FoundDoor) -> object:
    """Flats behind one entrance share it."""
    return (door.street, door.entrance) if door.entrance else door.id


def _columns(choice: Choice, here: str, until: date) -> tuple[Any, ...]:
    held = lasting_holds(here, until).with_only_columns(DoorHold.address_id)
    named = (Address.id, Address.city, Address.street, Address.postcode, Address.house_number)
    return (
        *named,
        Address.entrance,
        Address.lat,
        Address.lon,
        is_home().label("home"),
        Address.id.in_(held).label("held"),
        _visited(choice, here).label("visited"),
    )


def _visited(choice: Choice, here: str) -> ColumnElement[bool]:
    if not choice.visited_months:
        return Address.id.is_(None)
    since = today() - timedelta(days=round(choice.visited_months * DAYS_A_MONTH))
    visited: Visited = current_app.extensions[SEAM]
    return Address.id.in_(visited(here, since))


def _by_name(addresses: Select[Address], choice: Choice, here: str, until: date) -> Sequence[Any]:
    wanted = [
        tuple_(Address.city, Address.street).in_(choice.streets) if choice.streets else None,
        Address.postcode.in_(choice.postcodes) if choice.postcodes else None,
        Address.id.in_(choice.added) if choice.added else None,
    ]
    said = [one for one in wanted if one is not None]
    if not said:
        return ()
    rows = addresses.where(or_(*said)).with_only_columns(*_columns(choice, here, until))
    return db.session.execute(rows.limit(MOST_DOORS + 1)).all()


def _drawn(
    addresses: Select[Address],
    choice: Choice,
    here: str,
    until: date,
    place: int,
    corners: Sequence[Any],
) -> Sequence[Any]:
    area = drawn(corners, f"/areas/{place}/corners")
    rows = _near(addresses, area).with_only_columns(*_columns(choice, here, until))
    found = lies_within(area, db.session.execute(rows).all())
    if not found:
        raise InvalidInput(InputError(f"/areas/{place}/corners", _why_none(addresses, area)))
    return found


def _why_none(addresses: Select[Address], area: shapely.Polygon) -> str:
    """An area beside the town is a slip of the mouse; one between its houses is a small area."""
    whole = town(addresses)
    edges = (whole.west, whole.south, whole.east, whole.north) if whole else (0, 0, 0, 0)
    is_here = area.intersects(shapely.box(*edges))
    return "area-has-no-doors" if is_here else "area-outside-municipality"


def _inside(addresses: Select[Address], corners: Sequence[Any]) -> int:
    area = drawn(corners)
    rows = _near(addresses, area).with_only_columns(Address.lat, Address.lon)
    return len(lies_within(area, db.session.execute(rows).all()))


def _near(addresses: Select[Address], area: shapely.Polygon) -> Select[Any]:
    west, south, east, north = area.bounds
    return in_box(addresses, Box(south, west, north, east))


def _door(row: Any, choice: Choice, left_out: set[str], added: set[str]) -> FoundDoor:
    return FoundDoor(
        row.id,
        Street(row.city, row.street),
        row.entrance,
        bool(row.home),
        _state(row, choice, left_out, added),
        (row.city, row.street, row.postcode, row.house_number, row.id),
    )


def _state(row: Any, choice: Choice, left_out: set[str], added: set[str]) -> State:
    if row.id in left_out:
        return State.LEFT_OUT
    if row.held:
        return State.HELD
    if row.id in added:
        return State.CHOSEN
    if choice.homes_only and not row.home:
        return State.NOT_A_HOME
    return State.VISITED if row.visited else State.CHOSEN


def _streets(addresses: Select[Address], doors: Sequence[FoundDoor]) -> list[FoundStreet]:
    inside = Counter(door.street for door in doors)
    left = Counter(door.street for door in doors if door.state == State.CHOSEN)
    key = (Address.city, Address.street)
    rows = addresses.with_only_columns(*key, func.count()).group_by(*key).order_by(*key)
    return [
        FoundStreet(*street, inside[street], left[street], whole)
        for *name, whole in db.session.execute(rows)
        if (street := Street(*name)) in inside
    ]

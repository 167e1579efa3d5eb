"""What a plan is asked for: doors still to do, people, their shifts, and a base to start from.

Times of a day are whole seconds after midnight by Amsterdam's clock; lengths of time are whole
seconds; places are degrees of WGS84. Nothing here knows a name or a word that anybody said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from outreach.clock import DayPart

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


class Kind(StrEnum):
    """Why somebody rings there."""

    FIRST = "first"
    AGAIN = "again"
    LATER = "later"
    AFTERCARE = "aftercare"


@dataclass(frozen=True)
class Place:
    """A point on the map: degrees north and east."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Window:
    """The bell rings on this date, from `opens` up to and including `closes`."""

    on: date
    opens: int
    closes: int


@dataclass(frozen=True)
class Door:
    """A door still to do. `service` is how long a pair is busy there.

    `street` is a key that no other street of the municipality has. `tried`: day parts in which
    nobody was home; `language`: a wish, '' when none is known; `expects`: who was promised to come,
    '' when that does not matter; `window`: of an appointment, which is kept whatever was tried
    before. Doors with one `entrance` in a street are one place.
    """

    address_id: str
    street: str
    place: Place | None
    entrance: str = ""
    kind: Kind = Kind.FIRST
    service: int = 4 * MINUTE
    window: Window | None = None
    tried: frozenset[DayPart] = frozenset()
    language: str = ""
    expects: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who goes to doors.

    `streets`: their own; `not_to`: addresses where they do not go, whatever the reason.
    `cleared_until`: the last day of their certificate of conduct, None without one.
    `is_new`: goes with an experienced professional only; `is_experienced`: is one.
    """

    id: str
    languages: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    not_to: frozenset[str] = frozenset()
    cleared_until: date | None = None
    is_new: bool = False
    is_experienced: bool = False


@dataclass(frozen=True)
class Pause:
    """Everybody is at the base, to rest and confer."""

    begins: int
    ends: int


class LegKey(NamedTuple):
    """A part of a shift: 0 until the pause, 1 after it."""

    shift_id: str
    number: int


class Leg(NamedTuple):
    """From the base and back to it, between two instants of one day."""

    key: LegKey
    begins: int
    ends: int


@dataclass(frozen=True)
class Shift:
    """A pair that is available in one day part; `ends` is when they are back at the latest."""

    id: str
    on: date
    day_part: DayPart
    begins: int
    ends: int
    pair: tuple[str, ...]
    pause: Pause | None = None

    @property
    def legs(self) -> tuple[Leg, ...]:
        """One, or the two around the pause."""
        first, second = LegKey(self.id, 0), LegKey(self.id, 1)
        if self.pause is None:
            return (Leg(first, self.begins, self.ends),)
        return (
            Leg(first, self.begins, self.pause.begins),
            Leg(second, self.pause.ends, self.ends),
        )


@dataclass(frozen=True)
class Problem:
    """Everything a plan must answer. `locks`: address to the shift that it stays in."""

    base: Place
    doors: tuple[Door, ...]
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    locks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def door(self) -> Mapping[str, Door]:
        """Doors by address."""
        return {door.address_id: door for door in self.doors}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        """Shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def legs(self) -> Mapping[LegKey, Leg]:
        """Every leg of every shift, in order."""
        return {leg.key: leg for shift in self.shifts for leg in shift.legs}

    def is_promised(self, door: Door) -> bool:
        """Whether somebody counts on it: a household on its appointment, the desk on its lock."""
        return door.window is not None or door.address_id in self.locks

    def pair_of(self, shift: Shift) -> tuple[Person, ...]:
        """The people of a shift, less whom nobody knows."""
        return tuple(self.person[who] for who in shift.pair if who in self.person)

    def with_shifts(self, *changed: Shift) -> "Problem":
        """The same with other versions of these shifts."""
        new = {shift.id: shift for shift in changed}
        return replace(self, shifts=tuple(new.get(shift.id, shift) for shift in self.shifts))

"""How far it is on foot; what asks another machine stands beside this, behind one interface."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from outreach.planning.problem import Door, Place, Problem

EARTH = 6_371_008.8  # metres, the mean radius
DETOUR = 1.3
PACE = 1.2  # metres a second, 4.3 km an hour: two people who talk
# No way on foot: farther than anybody walks in a day, and small enough to add up.
FAR_METRES, FAR_SECONDS = 1_000_000.0, 1_000_000


class Table(NamedTuple):
    """Row = from, column = to: metres, and whole seconds of walking."""

    metres: NDArray[np.float64]
    seconds: NDArray[np.int64]


class Distances(Protocol):
    """Something that knows how far it is."""

    def between(self, places: Sequence[Place]) -> Table:
        """From each of these places to each."""


@dataclass(frozen=True)
class StraightLine:
    """As the crow flies, times a factor for what streets add; asks nobody."""

    detour: float = DETOUR
    pace: float = PACE

    def between(self, places: Sequence[Place]) -> Table:
        """By the haversine formula."""
        lat = np.radians(np.array([place.lat for place in places], dtype=np.float64))
        lon = np.radians(np.array([place.lon for place in places], dtype=np.float64))
        north = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
        east = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
        part = north + np.cos(lat)[:, None] * np.cos(lat)[None, :] * east
        metres = 2 * EARTH * np.arcsin(np.sqrt(part)) * self.detour
        return Table(metres, np.ceil(metres / self.pace).astype(np.int64))


@dataclass(frozen=True)
class Walks:
    """The table of one problem: row 0 is the base, `row` says which one a door has.

    Doors behind one entrance share a row; a door without a place has none.
    """

    table: Table
    row: Mapping[str, int]

    def metres(self, start: int, end: int) -> float:
        """From one row to another."""
        return float(self.table.metres[start, end])

    def seconds(self, start: int, end: int) -> int:
        """From one row to another."""
        return int(self.table.seconds[start, end])


BASE = 0


def measure(problem: Problem, distances: Distances) -> Walks:
    """Ask for every place of the problem once."""
    places: list[Place] = [problem.base]
    known: dict[object, int] = {}
    row: dict[str, int] = {}
    for door in problem.doors:
        if door.place is None:
            continue
        key = _spot(door, door.place)
        if key not in known:
            known[key] = len(places)
            places.append(door.place)
        row[door.address_id] = known[key]
    return Walks(distances.between(places), row)


def _spot(door: Door, place: Place) -> object:
    return (door.street, door.entrance) if door.entrance else place

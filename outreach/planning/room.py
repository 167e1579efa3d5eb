"""Where there is still time: every gap between two doors of a plan, and who fits in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outreach.planning.distances import BASE, FAR_METRES, Walks
from outreach.planning.problem import Door, Leg, LegKey, Problem
from outreach.planning.timing import walk

Orders = Mapping[LegKey, Sequence[str]]


class Gap(NamedTuple):
    """Before which position of a leg, and how many metres more that is."""

    key: LegKey
    position: int
    metres: float


@dataclass(frozen=True)
class _Gaps:
    """The gaps of one leg: the rows on both sides, when one can leave, when one must arrive."""

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    leaves: NDArray[np.int64]
    latest: NDArray[np.int64]


class Room:
    """The orders of a plan that obeys every rule, with the time that is left in them."""

    def __init__(self, problem: Problem, walks: Walks, orders: Orders) -> None:
        self._problem = problem
        self._walks = walks
        self.orders = {key: list(orders.get(key, ())) for key in problem.legs}
        self._gaps = {key: self._measured(key) for key in problem.legs}

    def best_gap(self, door: Door, shift_ids: Iterable[str]) -> Gap | None:
        """The gap that costs the least walking, in these shifts; None when nowhere is time."""
        found = self._gaps_for(door, shift_ids)
        return min(found, key=lambda gap: (gap.metres, gap.key, gap.position), default=None)

    def has_gap(self, door: Door, shift_ids: Iterable[str]) -> bool:
        """Whether there is time anywhere in these shifts."""
        return next(self._gaps_for(door, shift_ids), None) is not None

    def put(self, gap: Gap, address_id: str) -> None:
        """Take this door along there."""
        self.orders[gap.key].insert(gap.position, address_id)
        self._gaps[gap.key] = self._measured(gap.key)

    def _gaps_for(self, door: Door, shift_ids: Iterable[str]) -> Iterator[Gap]:
        for shift_id in shift_ids:
            for leg in self._problem.shift[shift_id].legs:
                yield from self._best_in(leg, door)

    def _best_in(self, leg: Leg, door: Door) -> list[Gap]:
        window = door.window
        if window and window.on != self._problem.shift[leg.key.shift_id].on:
            return []
        table, gaps = self._walks.table, self._gaps[leg.key]
        there = self._walks.row[door.address_id]
        rings = gaps.leaves + table.seconds[gaps.before, there]
        if window:
            rings = np.maximum(rings, window.opens)
        back = rings + door.service + table.seconds[there, gaps.after]
        fits = back <= gaps.latest
        if window:
            fits &= rings <= window.closes
        more = table.metres[gaps.before, there] + table.metres[there, gaps.after]
        more -= table.metres[gaps.before, gaps.after]
        fits &= more < FAR_METRES
        if not fits.any():
            return []
        position = int(np.where(fits, more, np.inf).argmin())
        return [Gap(leg.key, position, float(more[position]))]

    def _measured(self, key: LegKey) -> _Gaps:
        problem, leg, order = self._problem, self._problem.legs[key], self.orders[key]
        # As early as can be: who sets out later has less room.
        clock, here, leaves, rows = leg.begins, BASE, [leg.begins], [BASE]
        for address_id in order:
            door, there = problem.door[address_id], self._walks.row[address_id]
            clock += self._walks.seconds(here, there)
            clock = max(clock, door.window.opens) if door.window else clock
            clock += door.service
            here = there
            leaves.append(clock)
            rows.append(there)
        latest = [leg.ends]
        for place in range(len(order), 0, -1):
            door = problem.door[order[place - 1]]
            onward = rows[place + 1] if place < len(order) else BASE
            must = latest[0] - self._walks.seconds(rows[place], onward) - door.service
            latest.insert(0, min(must, door.window.closes) if door.window else must)
        return _Gaps(
            np.array(rows), np.array([*rows[1:], BASE]), np.array(leaves), np.array(latest)
        )


def obeys_time(problem: Problem, walks: Walks, key: LegKey, order: Sequence[str]) -> bool:
    """Whether a pair that walks these doors keeps every window and is back in time."""
    leg = problem.legs[key]
    walked = walk(problem, walks, leg, order)
    on = problem.shift[key.shift_id].on
    windows = [(visit.rings, problem.door[visit.address_id].window) for visit in walked.visits]
    return walked.back_at <= leg.ends and all(
        window is None or (window.on == on and rings <= window.closes) for rings, window in windows
    )

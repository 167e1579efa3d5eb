"""The search for short rounds. The only module that knows the solver, PyVRP.

How a problem maps: a leg is a vehicle that leaves the base and is back at its end; a door is a
client that may be left out at a price; a mark that some shift does not pass is a dimension of
load, in which its doors weigh one and such a shift carries nothing. Time runs in seconds from
midnight of the first day, length in decimetres.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np
import pyvrp
from numpy.typing import NDArray
from pyvrp import Client, Depot, Location, ProblemData, Solution, VehicleType

from outreach.planning.distances import BASE, Walks
from outreach.planning.marks import Mark
from outreach.planning.problem import DAY, Door, LegKey, Problem
from outreach.planning.reasons import Choices
from outreach.planning.room import Orders

DECIMETRES = 10
# No walking is worth leaving a door out, and no doors that fit in its time a promise.
DOOR_IN_LONGEST_WALKS, PROMISE_IN_DOORS = 20, 20


@dataclass(frozen=True)
class Effort:
    """How long to search: until whichever comes first; the same seed searches the same way.

    Only a search that ends by `iterations` gives the same plan every time.
    """

    seconds: float | None = 60.0
    iterations: int | None = None
    seed: int = 1


@dataclass(frozen=True)
class Progress:
    """How far a search is. `metres` of the best so far; None until one obeys every rule."""

    iterations: int
    seconds: float
    doors: int
    metres: float | None


Watch = Callable[[Progress], bool]


def watch_nothing(_progress: Progress) -> bool:
    """Nobody looks, nobody stops it."""
    return False


class _Search(pyvrp.IteratedLocalSearchCallbacks):
    """Hears of each better solution, tells how far it is, and says when to stop."""

    def __init__(self, effort: Effort, watch: Watch) -> None:
        self._effort = effort
        self._watch = watch
        self._begun = time.monotonic()
        self._iterations = -1
        self._best: Solution | None = None

    def on_start(self, ils: pyvrp.IteratedLocalSearch) -> None:
        """What the search begins with."""
        self._best = ils.initial_solution

    def on_best(self, best: Solution) -> None:
        """A better one."""
        self._best = best

    def __call__(self, best_cost: int) -> bool:
        """Whether to stop; asked before every iteration."""
        self._iterations += 1
        seconds = time.monotonic() - self._begun
        if self._watch(self._progress(seconds)):
            return True
        effort = self._effort
        out_of_time = effort.seconds is not None and seconds >= effort.seconds
        return out_of_time or (
            effort.iterations is not None and self._iterations >= effort.iterations
        )

    def _progress(self, seconds: float) -> Progress:
        best = self._best
        if best is None or not best.is_feasible():
            return Progress(self._iterations, seconds, 0, None)
        metres = best.distance() / DECIMETRES
        return Progress(self._iterations, seconds, best.num_clients(), metres)


def propose(
    problem: Problem,
    walks: Walks,
    choices: Choices,
    effort: Effort,
    watch: Watch = watch_nothing,
) -> Orders:
    """Search for orders with as many promises, then doors, and then as little walking as can be.

    Raises ValueError on an effort without an end. What it returns may be late when it was stopped
    early: mending makes a plan of it.
    """
    if effort.seconds is None and effort.iterations is None:
        raise ValueError("a search needs an end")
    search = _Search(effort, watch)
    doors = [door for door in problem.doors if not choices.never(door)]
    if not doors:
        return {}
    model = _Model(problem, walks, choices, doors)
    params = pyvrp.SolveParams(ils=pyvrp.IteratedLocalSearchParams(callbacks=search))
    result = pyvrp.solve(
        model.data, search, seed=effort.seed, collect_stats=False, display=False, params=params
    )
    return model.orders(result.best)


class _Model:
    """A problem in the words of the solver, and its answer in ours."""

    def __init__(
        self, problem: Problem, walks: Walks, choices: Choices, doors: Sequence[Door]
    ) -> None:
        self._doors = doors
        self._first = min(shift.on for shift in problem.shifts)
        self._dimensions = _dimensions(choices, doors)
        self._marks = choices.marks
        metres = np.rint(walks.table.metres * DECIMETRES).astype(np.int64)
        price = DOOR_IN_LONGEST_WALKS * _longest(metres, [walks.row[d.address_id] for d in doors])
        alike = self._alike(problem, choices)
        self._legs = list(alike.values())
        self.data = ProblemData(
            locations=[Location(0, 0) for _ in metres],
            clients=[self._client(problem, door, walks, price) for door in doors],
            depots=[Depot(0)],
            vehicle_types=[
                VehicleType(len(legs), capacity=list(capacity), tw_early=begins, tw_late=ends)
                for (begins, ends, capacity), legs in alike.items()
            ],
            # Their stubs say "an array of int", which no array is for the type checker.
            distance_matrices=[cast("Any", metres)],
            duration_matrices=[cast("Any", walks.table.seconds)],
        )

    def orders(self, solution: Solution) -> Orders:
        """Which doors each leg got; legs that are alike take what comes."""
        free = {kind: iter(legs) for kind, legs in enumerate(self._legs)}
        return {
            next(free[route.vehicle_type()]): tuple(
                self._doors[activity.idx].address_id for activity in route if activity.is_client()
            )
            for route in solution.routes()
        }

    def _alike(
        self, problem: Problem, choices: Choices
    ) -> dict[tuple[int, int, tuple[int, ...]], list[LegKey]]:
        """Legs that the solver need not tell apart: same time, same doors."""
        alike = defaultdict(list)
        for shift in problem.shifts:
            failed = choices.not_passed[shift.id]
            capacity = tuple(
                0 if marks[0] in failed else len(self._doors) for marks in self._dimensions
            )
            for leg in shift.legs:
                begins, ends = (self._instant(shift.on, at) for at in (leg.begins, leg.ends))
                alike[begins, ends, capacity].append(leg.key)
        return alike

    def _client(self, problem: Problem, door: Door, walks: Walks, price: int) -> Client:
        marks = self._marks[door.address_id]
        weights = [int(any(mark in marks for mark in group)) for group in self._dimensions]
        row = walks.row[door.address_id]
        price *= PROMISE_IN_DOORS if problem.is_promised(door) else 1
        if door.window is None:
            return Client(
                row, delivery=weights, service_duration=door.service, prize=price, required=False
            )
        return Client(
            row,
            delivery=weights,
            service_duration=door.service,
            tw_early=self._instant(door.window.on, door.window.opens),
            tw_late=self._instant(door.window.on, door.window.closes),
            prize=price,
            required=False,
        )

    def _instant(self, on: date, seconds: int) -> int:
        return (on - self._first).days * DAY + seconds


def _dimensions(choices: Choices, doors: Iterable[Door]) -> list[tuple[Mark, ...]]:
    """Marks of these doors that some shift fails to pass; those of the same shifts as one."""
    standing = frozenset().union(*(choices.marks[door.address_id] for door in doors))
    groups: dict[frozenset[str], list[Mark]] = defaultdict(list)
    for mark in sorted(standing):
        fails = frozenset(one for one, failed in choices.not_passed.items() if mark in failed)
        if fails:
            groups[fails].append(mark)
    return [tuple(marks) for marks in groups.values()]


def _longest(decimetres: NDArray[np.int64], rows: list[int]) -> int:
    return max(1, int(decimetres[np.ix_([BASE, *rows], [BASE, *rows])].max()))

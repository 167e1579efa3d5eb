"""What is kept of a plan, and what becomes of it when the world is read anew.

Only ids and orders are kept: a door whose household was erased, held or visited since shows as it
is now, because nothing of it was written down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from outreach.clock import DayPart
from outreach.dispatch.settings import clock_of, pause_of
from outreach.planning.distances import Distances, measure
from outreach.planning.moving import Draft
from outreach.planning.plan import lay_out
from outreach.planning.problem import LegKey, Problem, Shift

Orders = Mapping[LegKey, Sequence[str]]


@dataclass(frozen=True)
class PairShift:
    """Two people who go out on a day, in a day part."""

    id: str
    on: date
    day_part: str
    pair: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Who goes where: shifts, the doors of each leg, locks, and every door that was asked for."""

    shifts: tuple[PairShift, ...]
    orders: Orders
    locks: Mapping[str, str]
    doors: tuple[str, ...]

    def but(self, **changed: Any) -> "Layout":
        """The same with something else."""
        return replace(self, **changed)


def written(layout: Layout) -> dict[str, Any]:
    """As the database keeps it."""
    orders: dict[str, dict[str, list[str]]] = {}
    for key, order in layout.orders.items():
        if order:
            orders.setdefault(key.shift_id, {})[str(key.number)] = list(order)
    return {
        "shifts": [
            {"id": one.id, "on": one.on.isoformat(), "day_part": one.day_part, "pair": [*one.pair]}
            for one in layout.shifts
        ],
        "orders": orders,
        "locks": dict(layout.locks),
        "doors": list(layout.doors),
    }


def read(content: Mapping[str, Any]) -> Layout:
    """As it was kept."""
    return Layout(
        tuple(
            PairShift(one["id"], date.fromisoformat(one["on"]), one["day_part"], tuple(one["pair"]))
            for one in content["shifts"]
        ),
        {
            LegKey(shift_id, int(number)): tuple(order)
            for shift_id, legs in content["orders"].items()
            for number, order in legs.items()
        },
        content["locks"],
        tuple(content["doors"]),
    )


def timed(shifts: Iterable[PairShift], settings: Mapping[str, Any]) -> tuple[Shift, ...]:
    """Shifts with the times of their day part."""
    found = []
    for one in shifts:
        times = settings["times"][one.day_part]
        begins, ends = clock_of(times["begins"]), clock_of(times["ends"])
        part = DayPart(one.day_part)
        found.append(Shift(one.id, one.on, part, begins, ends, one.pair, pause_of(times)))
    return tuple(found)


def drafted(problem: Problem, layout: Layout, distances: Distances) -> Draft:
    """The plan as it is today: doors that are no longer asked for fall out, the rest stays put."""
    walks = measure(problem, distances)
    orders = {
        key: tuple(door for door in layout.orders.get(key, ()) if door in walks.row)
        for key in problem.legs
    }
    return Draft(problem, walks, lay_out(problem, walks, orders))


def of_draft(draft: Draft, doors: Iterable[str]) -> Layout:
    """What is kept of a draft."""
    problem = draft.problem
    shifts = tuple(
        PairShift(one.id, one.on, one.day_part.value, one.pair) for one in problem.shifts
    )
    return Layout(shifts, draft.plan.orders, problem.locks, tuple(doors))

"""A plan: per shift the doors in order with their times, and what did not fit with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from outreach.planning.distances import Walks
from outreach.planning.problem import LegKey, Problem
from outreach.planning.reasons import Choices
from outreach.planning.room import Orders, Room
from outreach.planning.timing import WalkedLeg, walk
from outreach.planning.words import Reason


@dataclass(frozen=True)
class PlannedRound:
    """What one pair does in one shift: one leg, or two around the pause at the base."""

    shift_id: str
    legs: tuple[WalkedLeg, ...]

    @property
    def address_ids(self) -> tuple[str, ...]:
        """The doors, in order."""
        return tuple(visit.address_id for leg in self.legs for visit in leg.visits)

    @property
    def metres(self) -> float:
        """Of walking."""
        return sum(leg.metres for leg in self.legs)

    @property
    def walking(self) -> int:
        """Seconds of walking."""
        return sum(leg.walking for leg in self.legs)

    @property
    def waiting(self) -> int:
        """Seconds in front of doors that are not open yet."""
        return sum(leg.waiting for leg in self.legs)


@dataclass(frozen=True)
class LeftOut:
    """A door that is in no round."""

    address_id: str
    reason: Reason


@dataclass(frozen=True)
class Plan:
    """Every door of a problem in exactly one place."""

    rounds: tuple[PlannedRound, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def metres(self) -> float:
        """Of walking, all pairs together."""
        return sum(one.metres for one in self.rounds)

    @property
    def walking(self) -> int:
        """Seconds of walking, all pairs together."""
        return sum(one.walking for one in self.rounds)

    @cached_property
    def orders(self) -> dict[LegKey, tuple[str, ...]]:
        """The doors of each leg, without times."""
        return {
            leg.key: tuple(visit.address_id for visit in leg.visits)
            for one in self.rounds
            for leg in one.legs
        }


def lay_out(problem: Problem, walks: Walks, orders: Orders, choices: Choices | None = None) -> Plan:
    """Work out the times, the figures and the reasons of these orders."""
    rounds = tuple(
        PlannedRound(
            shift.id,
            tuple(walk(problem, walks, leg, orders.get(leg.key, ())) for leg in shift.legs),
        )
        for shift in problem.shifts
    )
    placed = {address_id for order in orders.values() for address_id in order}
    left = [door.address_id for door in problem.doors if door.address_id not in placed]
    return Plan(rounds, tuple(_left_out(problem, walks, orders, choices, left)))


def _left_out(
    problem: Problem, walks: Walks, orders: Orders, choices: Choices | None, left: list[str]
) -> Iterable[LeftOut]:
    if not left:
        return
    choices = choices or Choices(problem, walks)
    room = Room(problem, walks, orders)
    for address_id in left:
        yield LeftOut(address_id, choices.reason(problem.door[address_id], room))

"""When a pair is where: one leg, from the base along its doors and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.planning.distances import BASE, Walks
from outreach.planning.problem import Leg, LegKey, Problem


@dataclass(frozen=True)
class Visit:
    """One door on the way: how far the walk to it is, and when (seconds after midnight).

    Between `arrives` and `rings` the pair waits for the window of an appointment.
    """

    address_id: str
    metres: float
    walking: int
    arrives: int
    rings: int
    leaves: int


@dataclass(frozen=True)
class WalkedLeg:
    """A leg as it is walked; `metres_back` and `walking_back` lead from the last door to base."""

    key: LegKey
    sets_out: int
    visits: tuple[Visit, ...]
    metres_back: float
    walking_back: int
    back_at: int

    @property
    def metres(self) -> float:
        """Of walking, the way back included."""
        return sum(visit.metres for visit in self.visits) + self.metres_back

    @property
    def walking(self) -> int:
        """Seconds on the way."""
        return sum(visit.walking for visit in self.visits) + self.walking_back

    @property
    def waiting(self) -> int:
        """Seconds in front of a door whose window is not open yet."""
        return sum(visit.rings - visit.arrives for visit in self.visits)


def walk(problem: Problem, walks: Walks, leg: Leg, order: Sequence[str]) -> WalkedLeg:
    """Walk these doors in this order, setting out no earlier than waiting makes sense.

    What does not fit is walked all the same: its times say by how much.
    """
    early = _walk_from(leg.begins, problem, walks, leg, order)
    later = _can_wait(problem, early)
    return _walk_from(leg.begins + later, problem, walks, leg, order) if later else early


def _walk_from(
    sets_out: int, problem: Problem, walks: Walks, leg: Leg, order: Sequence[str]
) -> WalkedLeg:
    here, clock, visits = BASE, sets_out, []
    for address_id in order:
        door, there = problem.door[address_id], walks.row[address_id]
        walking = walks.seconds(here, there)
        arrives = clock + walking
        rings = max(arrives, door.window.opens) if door.window else arrives
        clock = rings + door.service
        visits.append(Visit(address_id, walks.metres(here, there), walking, arrives, rings, clock))
        here = there
    back = walks.seconds(here, BASE)
    return WalkedLeg(leg.key, sets_out, tuple(visits), walks.metres(here, BASE), back, clock + back)


def _can_wait(problem: Problem, early: WalkedLeg) -> int:
    """By how much a pair can set out later, and be back at the same time and nowhere late."""
    waited, most = 0, early.waiting
    for visit in early.visits:
        waited += visit.rings - visit.arrives
        window = problem.door[visit.address_id].window
        if window:
            most = min(most, waited + max(window.closes - visit.rings, 0))
    return most

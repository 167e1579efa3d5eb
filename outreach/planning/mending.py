"""From what a solver proposes to orders that obey every rule and have no room left unused."""

from collections.abc import Iterable

from outreach.planning.distances import Walks
from outreach.planning.problem import DAY, Door, Problem
from outreach.planning.reasons import Choices
from outreach.planning.room import Orders, Room, obeys_time


def mend(problem: Problem, walks: Walks, choices: Choices, proposed: Orders) -> Room:
    """Keep what obeys the rules; fit in what does not or was left out, promises first.

    A solver that is stopped early proposes rounds that are late, and one that is not stopped may
    still leave out a door that would fit: its own search need not have come that far.
    """
    kept = {
        key: order
        for key, order in proposed.items()
        if all(_may(choices, problem.door[one], key.shift_id) for one in order)
        and obeys_time(problem, walks, key, order)
    }
    room = Room(problem, walks, kept)
    placed = {address_id for order in kept.values() for address_id in order}
    waiting = [door for door in problem.doors if door.address_id not in placed]
    for door in _promises_first(problem, waiting):
        if not choices.never(door):
            gap = room.best_gap(door, choices.shifts_for(door))
            if gap:
                room.put(gap, door.address_id)
    return room


def _may(choices: Choices, door: Door, shift_id: str) -> bool:
    return not choices.marks[door.address_id] & choices.not_passed[shift_id]


def _promises_first(problem: Problem, doors: Iterable[Door]) -> list[Door]:
    """Appointments by the time left to keep them, what is locked, then the others as they come."""

    def turn(door: Door) -> tuple[bool, int]:
        window = door.window
        return not problem.is_promised(door), window.closes - window.opens if window else DAY

    return sorted(doors, key=turn)

"""Why a door is in no round: the first rule that leaves no shift for it."""

from collections.abc import Iterable, Mapping

from outreach.planning.distances import Walks
from outreach.planning.marks import Marks, marks_of, not_passed
from outreach.planning.problem import Door, Problem
from outreach.planning.room import Room
from outreach.planning.words import Reason, Rule

SIEVES: tuple[tuple[Reason | None, frozenset[Rule]], ...] = (
    (None, frozenset({Rule.LOCKED})),  # a lock always leaves one shift: it is no reason itself
    (Reason.DAY_PARTS_TRIED, frozenset({Rule.DAY_PART})),
    (Reason.NOBODY_SPEAKS, frozenset({Rule.LANGUAGE})),
    (Reason.NOT_WHO_IS_EXPECTED, frozenset({Rule.EXPECTED})),
    (Reason.NOBODY_MAY_GO, frozenset({Rule.OWN_STREET, Rule.DOES_NOT_GO})),
)


class Choices:
    """Which shifts may ring at which doors; worked out once for a problem."""

    def __init__(self, problem: Problem, walks: Walks) -> None:
        self._problem = problem
        self._walks = walks
        self._empty = Room(problem, walks, {})
        self.marks: Mapping[str, Marks] = {
            door.address_id: marks_of(problem, door) for door in problem.doors
        }
        every = frozenset().union(*self.marks.values())
        self.not_passed: Mapping[str, Marks] = {
            shift.id: not_passed(problem, shift, every) for shift in problem.shifts
        }

    def shifts_for(self, door: Door) -> list[str]:
        """The shifts that pass every mark of this door."""
        marks = self.marks[door.address_id]
        return [shift_id for shift_id, failed in self.not_passed.items() if not marks & failed]

    def never(self, door: Door) -> Reason | None:
        """Why no plan at all can have this door; None when some plan can."""
        if door.place is None:
            return Reason.NO_PLACE
        if not self._problem.shifts:
            return Reason.NO_SHIFTS
        left: Iterable[str] = self.not_passed
        for reason, rules in SIEVES:
            left = [one for one in left if not self._fails(one, door, rules)]
            if not left and reason:
                return reason
        if self._empty.has_gap(door, left):
            return None
        return Reason.OUTSIDE_EVERY_SHIFT if door.window else Reason.TOO_FAR

    def reason(self, door: Door, room: Room) -> Reason:
        """Why a door is not in this plan."""
        never = self.never(door)
        if never:
            return never
        fits = room.has_gap(door, self.shifts_for(door))
        return Reason.FITS_NOW if fits else Reason.NOT_ENOUGH_TIME

    def _fails(self, shift_id: str, door: Door, rules: frozenset[Rule]) -> bool:
        failed = self.marks[door.address_id] & self.not_passed[shift_id]
        return any(mark.rule in rules for mark in failed)

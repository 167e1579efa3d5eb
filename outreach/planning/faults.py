"""Everything that can be wrong with what a plan is asked for, told at once and before planning."""

from collections.abc import Iterator

from outreach.clock import EVENING, NOON, DayPart
from outreach.errors import InputError, InvalidInput
from outreach.planning.pairs import pair_faults
from outreach.planning.problem import DAY, HOUR, Door, Problem, Shift

BOUNDS = {
    DayPart.MORNING: (0, NOON * HOUR),
    DayPart.AFTERNOON: (NOON * HOUR, EVENING * HOUR),
    DayPart.EVENING: (EVENING * HOUR, DAY),
}


class CannotPlan(InvalidInput):
    """No plan could obey the rules; the errors point at the shifts, people and doors."""

    code = "cannot-plan"


def check(problem: Problem) -> None:
    """Raise CannotPlan with every fault."""
    faults = faults_of(problem)
    if faults:
        raise CannotPlan(*faults)


def faults_of(problem: Problem) -> list[InputError]:
    """Faults of pairs, shifts and doors, with pointers into the problem."""
    at = {shift.id: place for place, shift in enumerate(problem.shifts)}
    pairs = [
        InputError(f"/shifts/{at[shift_id]}/pair{'' if place is None else f'/{place}'}", rule.value)
        for rule, shift_id, place in pair_faults(problem)
    ]
    return [*_wrong_shifts(problem), *pairs, *_wrong_doors(problem), *_wrong_locks(problem)]


def _wrong_shifts(problem: Problem) -> Iterator[InputError]:
    seen: set[str] = set()
    for place, shift in enumerate(problem.shifts):
        if shift.id in seen:
            yield InputError(f"/shifts/{place}", "shift-twice")
        seen.add(shift.id)
        yield from _wrong_times(f"/shifts/{place}", shift)


def _wrong_times(pointer: str, shift: Shift) -> Iterator[InputError]:
    first, last = BOUNDS[shift.day_part]
    if shift.ends <= shift.begins:
        yield InputError(f"{pointer}/ends", "ends-before-it-begins")
    if not first <= shift.begins < last or shift.ends > last:
        yield InputError(f"{pointer}/day_part", "outside-day-part")
    pause = shift.pause
    if pause and not shift.begins < pause.begins <= pause.ends < shift.ends:
        yield InputError(f"{pointer}/pause", "pause-outside-shift")


def _wrong_doors(problem: Problem) -> Iterator[InputError]:
    seen: set[str] = set()
    for place, door in enumerate(problem.doors):
        if door.address_id in seen:
            yield InputError(f"/doors/{place}", "door-twice")
        seen.add(door.address_id)
        yield from _wrong_visit(f"/doors/{place}", door)


def _wrong_visit(pointer: str, door: Door) -> Iterator[InputError]:
    if not 0 <= door.service <= DAY:
        yield InputError(f"{pointer}/service", "no-such-duration")
    if door.window and not 0 <= door.window.opens <= door.window.closes <= DAY:
        yield InputError(f"{pointer}/window", "ends-before-it-begins")


def _wrong_locks(problem: Problem) -> Iterator[InputError]:
    for address_id, shift_id in problem.locks.items():
        if address_id in problem.door and shift_id not in problem.shift:
            yield InputError(f"/locks/{address_id}", "unknown-shift")

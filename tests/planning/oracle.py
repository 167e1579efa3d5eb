"""Whether a reason is true, by trying everything: slow, plain, and of no use to planning itself."""

from outreach.planning.distances import BASE, Walks
from outreach.planning.moving import Draft
from outreach.planning.problem import Door, Leg, Problem, Shift
from outreach.planning.words import Reason


def is_true(draft: Draft, door: Door, reason: Reason) -> bool:
    """Whether this is why the door is in no round."""
    return reason is _reason(draft, door)


def _reason(draft: Draft, door: Door) -> Reason:
    problem = draft.problem
    if door.place is None:
        return Reason.NO_PLACE
    if not problem.shifts:
        return Reason.NO_SHIFTS
    lock = problem.locks.get(door.address_id)
    left = [shift for shift in problem.shifts if lock in {None, shift.id}]
    for reason, may_go in (
        (Reason.DAY_PARTS_TRIED, _is_another_day_part),
        (Reason.NOBODY_SPEAKS, _somebody_speaks),
        (Reason.NOT_WHO_IS_EXPECTED, _is_expected),
        (Reason.NOBODY_MAY_GO, _nobody_is_barred),
    ):
        left = [shift for shift in left if may_go(problem, shift, door)]
        if not left:
            return reason
    return _about_time(draft, left, door)


def _about_time(draft: Draft, shifts: list[Shift], door: Door) -> Reason:
    problem, walks = draft.problem, draft.walks
    legs = [(shift, leg) for shift in shifts for leg in shift.legs]
    if not any(in_time(problem, walks, shift, leg, [door.address_id]) for shift, leg in legs):
        return Reason.OUTSIDE_EVERY_SHIFT if door.window else Reason.TOO_FAR
    if any(_fits_somewhere(draft, shift, leg, door) for shift, leg in legs):
        return Reason.FITS_NOW
    return Reason.NOT_ENOUGH_TIME


def _is_another_day_part(_problem: Problem, shift: Shift, door: Door) -> bool:
    return door.window is not None or shift.day_part not in door.tried


def _somebody_speaks(problem: Problem, shift: Shift, door: Door) -> bool:
    spoken = {language for one in problem.pair_of(shift) for language in one.languages}
    return door.language in spoken | {""}


def _is_expected(_problem: Problem, shift: Shift, door: Door) -> bool:
    return door.expects in {"", *shift.pair}


def _nobody_is_barred(problem: Problem, shift: Shift, door: Door) -> bool:
    return not any(
        door.street in person.streets or door.address_id in person.not_to
        for person in problem.pair_of(shift)
    )


def _fits_somewhere(draft: Draft, shift: Shift, leg: Leg, door: Door) -> bool:
    order = list(draft.plan.orders[leg.key])
    return any(
        in_time(draft.problem, draft.walks, shift, leg, [*order[:at], door.address_id, *order[at:]])
        for at in range(len(order) + 1)
    )


def in_time(problem: Problem, walks: Walks, shift: Shift, leg: Leg, order: list[str]) -> bool:
    """Whether a pair that sets out at once keeps every window and is back before the end."""
    clock, here = leg.begins, BASE
    for address_id in order:
        door, there = problem.door[address_id], walks.row[address_id]
        clock += walks.seconds(here, there)
        if door.window:
            clock = max(clock, door.window.opens)
            if door.window.on != shift.on or clock > door.window.closes:
                return False
        clock += door.service
        here = there
    return clock + walks.seconds(here, BASE) <= leg.ends

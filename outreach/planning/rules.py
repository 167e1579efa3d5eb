"""The checker: what a plan breaks, in words of its own.

It shares no arithmetic with what makes plans: a mistake there is found here. It reads the times
and figures that the plan claims, and holds them against the problem and the distances.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from outreach.planning.distances import BASE, Walks
from outreach.planning.pairs import pair_faults
from outreach.planning.plan import Plan, PlannedRound
from outreach.planning.problem import Door, Problem, Shift
from outreach.planning.timing import Visit, WalkedLeg
from outreach.planning.words import Rule

WHISKER = 0.001  # metres: sums of the same numbers in another order


class Broken(NamedTuple):
    """A rule that does not hold; '' where it is not about one shift, or not about one door."""

    rule: Rule
    shift_id: str = ""
    address_id: str = ""


def broken(problem: Problem, walks: Walks, plan: Plan) -> list[Broken]:
    """Every rule that this plan breaks; none is a plan that may be published."""
    return [
        *(Broken(fault.rule, fault.shift_id) for fault in pair_faults(problem)),
        *_places(problem, plan),
        *(
            fault
            for one in plan.rounds
            if one.shift_id in problem.shift
            for fault in _of_round(problem, walks, one)
        ),
    ]


def newly_broken(before: list[Broken], after: list[Broken]) -> list[Broken]:
    """What a change broke that held before it."""
    return list((Counter(after) - Counter(before)).elements())


def _places(problem: Problem, plan: Plan) -> Iterator[Broken]:
    placed = Counter(address_id for one in plan.rounds for address_id in one.address_ids)
    placed.update(left.address_id for left in plan.left_out)
    for address_id in problem.door.keys() | placed.keys():
        if address_id not in problem.door:
            yield Broken(Rule.UNKNOWN_DOOR, address_id=address_id)
        elif placed[address_id] != 1:
            yield Broken(Rule.ONE_PLACE, address_id=address_id)
    rounds = Counter(one.shift_id for one in plan.rounds)
    for shift_id in problem.shift.keys() | rounds.keys():
        if shift_id not in problem.shift or rounds[shift_id] != 1:
            yield Broken(Rule.UNKNOWN_SHIFT, shift_id)


def _of_round(problem: Problem, walks: Walks, one: PlannedRound) -> Iterator[Broken]:
    shift = problem.shift[one.shift_id]
    legs = {leg.key: leg for leg in shift.legs}
    if [leg.key for leg in one.legs] != list(legs):
        yield Broken(Rule.SHIFT, shift.id)
        return
    for walked in one.legs:
        if walked.sets_out < legs[walked.key].begins or walked.back_at > legs[walked.key].ends:
            yield Broken(Rule.SHIFT, shift.id)
        if not _is_true(problem, walks, walked):
            yield Broken(Rule.FIGURES, shift.id)
        for visit in walked.visits:
            if visit.address_id in problem.door:
                yield from _at_door(problem, shift, problem.door[visit.address_id], visit)


def _at_door(problem: Problem, shift: Shift, door: Door, visit: Visit) -> Iterator[Broken]:
    pair = problem.pair_of(shift)
    window = door.window
    holds = {
        Rule.LOCKED: problem.locks.get(door.address_id, shift.id) == shift.id,
        Rule.DAY_PART: window is not None or shift.day_part not in door.tried,
        Rule.LANGUAGE: not door.language or any(door.language in one.languages for one in pair),
        Rule.EXPECTED: not door.expects or door.expects in shift.pair,
        Rule.OWN_STREET: not any(door.street in one.streets for one in pair),
        Rule.DOES_NOT_GO: not any(door.address_id in one.not_to for one in pair),
        Rule.WINDOW: window is None
        or (window.on == shift.on and window.opens <= visit.rings <= window.closes),
    }
    for rule, is_kept in holds.items():
        if not is_kept:
            yield Broken(rule, shift.id, door.address_id)


def _is_true(problem: Problem, walks: Walks, walked: WalkedLeg) -> bool:
    """Whether the times and lengths follow from the order and the distances."""
    doors = [problem.door.get(visit.address_id) for visit in walked.visits]
    if any(door is None or door.address_id not in walks.row for door in doors):
        return False
    rows = [BASE, *(walks.row[visit.address_id] for visit in walked.visits), BASE]
    steps = list(pairwise(rows))
    told = [(visit.metres, visit.walking) for visit in walked.visits]
    told.append((walked.metres_back, walked.walking_back))
    lengths = all(
        abs(metres - walks.metres(*step)) < WHISKER and walking == walks.seconds(*step)
        for step, (metres, walking) in zip(steps, told, strict=True)
    )
    return lengths and _clock_is_true(problem, walked)


def _clock_is_true(problem: Problem, walked: WalkedLeg) -> bool:
    clock = walked.sets_out
    for visit in walked.visits:
        door = problem.door[visit.address_id]
        opens = door.window.opens if door.window else 0
        if visit.arrives != clock + visit.walking or visit.rings != max(visit.arrives, opens):
            return False
        clock = visit.rings + door.service
        if visit.leaves != clock:
            return False
    return walked.back_at == clock + walked.walking_back

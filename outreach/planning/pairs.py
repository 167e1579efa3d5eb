"""Pairs that may not go out at all: found before anything is planned, and by the checker too."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from outreach.planning.problem import Person, Problem, Shift
from outreach.planning.words import Rule

PAIR = 2


class PairFault(NamedTuple):
    """A rule that a shift breaks; `place` in its pair, None when it is about both."""

    rule: Rule
    shift_id: str
    place: int | None = None


def pair_faults(problem: Problem) -> list[PairFault]:
    """Everything that is wrong with who goes out together, over all shifts."""
    faults = [fault for shift in problem.shifts for fault in _of_shift(problem, shift)]
    return [*faults, *_at_once(problem.shifts)]


def _of_shift(problem: Problem, shift: Shift) -> Iterator[PairFault]:
    if len(shift.pair) != PAIR:
        yield PairFault(Rule.TWO_PEOPLE, shift.id)
    for place, who in enumerate(shift.pair):
        if who in shift.pair[:place]:
            yield PairFault(Rule.SAME_PERSON, shift.id, place)
        elif who not in problem.person:
            yield PairFault(Rule.UNKNOWN_PERSON, shift.id, place)
        elif not _is_cleared(problem.person[who], shift):
            yield PairFault(Rule.NO_CERTIFICATE, shift.id, place)
    pair = problem.pair_of(shift)
    if any(person.is_new for person in pair) and not any(
        person.is_experienced and not person.is_new for person in pair
    ):
        yield PairFault(Rule.NEW_WITHOUT_EXPERIENCED, shift.id)


def _is_cleared(person: Person, shift: Shift) -> bool:
    return person.cleared_until is not None and shift.on <= person.cleared_until


def _at_once(shifts: Sequence[Shift]) -> Iterator[PairFault]:
    """Of two shifts that overlap, the later one is told."""
    by_person: dict[str, list[Shift]] = {}
    for shift in shifts:
        for who in dict.fromkeys(shift.pair):
            by_person.setdefault(who, []).append(shift)
    for who, own in by_person.items():
        in_time = sorted(own, key=lambda shift: (shift.on, shift.begins))
        for earlier, later in pairwise(in_time):
            if earlier.on == later.on and later.begins < earlier.ends:
                yield PairFault(Rule.TWO_SHIFTS_AT_ONCE, later.id, later.pair.index(who))

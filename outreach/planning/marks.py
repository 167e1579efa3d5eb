"""Who may ring where, in a form that a solver can read.

A door has marks, and each shift fails to pass certain marks: it may ring where it passes them all.
One mark may stand for many doors, and one shift may fail to pass many marks; so the number of
marks stays small where that of forbidden pairs of shift and door does not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from outreach.planning.problem import Door, Problem, Shift
from outreach.planning.words import Rule


class Mark(NamedTuple):
    """A rule, and of what: a day part, a language, a person or a shift."""

    rule: Rule
    of: str


Marks = frozenset[Mark]


def marks_of(problem: Problem, door: Door) -> Marks:
    """What stands at this door."""
    return frozenset(_at(problem, door))


def _at(problem: Problem, door: Door) -> Iterator[Mark]:
    if door.address_id in problem.locks:
        yield Mark(Rule.LOCKED, problem.locks[door.address_id])
    if door.window is None:
        yield from (Mark(Rule.DAY_PART, part.value) for part in door.tried)
    if door.language:
        yield Mark(Rule.LANGUAGE, door.language)
    if door.expects:
        yield Mark(Rule.EXPECTED, door.expects)
    for person in problem.people:
        if door.street in person.streets:
            yield Mark(Rule.OWN_STREET, person.id)
        if door.address_id in person.not_to:
            yield Mark(Rule.DOES_NOT_GO, person.id)


def not_passed(problem: Problem, shift: Shift, marks: Marks) -> Marks:
    """Which of these marks the shift does not pass."""
    spoken = frozenset().union(*(person.languages for person in problem.pair_of(shift)))
    return frozenset(mark for mark in marks if not _passes(shift, spoken, mark))


def _passes(shift: Shift, spoken: frozenset[str], mark: Mark) -> bool:
    match mark.rule:
        case Rule.LOCKED:
            return mark.of == shift.id
        case Rule.DAY_PART:
            return mark.of != shift.day_part
        case Rule.LANGUAGE:
            return mark.of in spoken
        case Rule.EXPECTED:
            return mark.of in shift.pair
        case _:
            return mark.of not in shift.pair

"""Pairs that may not exist, and what else cannot be planned: all of it named, and beforehand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from outreach.clock import DayPart
from outreach.planning.faults import CannotPlan, faults_of
from outreach.planning.problem import HOUR, Pause, Problem, Window
from tests.planning.districts import MONDAY, door, planned, problem, shift, with_person


def faults(asked: Problem) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults_of(asked)]


def one_shift(*pair: str, **other: object) -> Problem:
    return problem(shifts=(shift("one", *pair, **other),))


def test_what_is_in_order_has_no_faults() -> None:
    assert faults(problem(door(1))) == []


@pytest.mark.parametrize("until", [None, MONDAY - timedelta(days=1)])
def test_nobody_goes_to_a_door_without_a_valid_certificate(until: object) -> None:
    asked = with_person(problem(), "bob", cleared_until=until)
    assert faults(asked) == [("/shifts/0/pair/1", "no-certificate")]


def test_a_certificate_holds_on_its_last_day() -> None:
    assert faults(with_person(problem(), "bob", cleared_until=MONDAY)) == []


def test_somebody_new_goes_with_somebody_experienced() -> None:
    asked = with_person(problem(), "ann", is_new=True)
    assert faults(asked) == [("/shifts/0/pair", "new-without-experienced")]
    assert faults(with_person(asked, "bob", is_experienced=True)) == []
    both = with_person(asked, "ann", is_new=True, is_experienced=True)
    assert faults(both) == [("/shifts/0/pair", "new-without-experienced")]


def test_a_pair_is_two_different_people_who_take_part() -> None:
    assert faults(one_shift("ann")) == [("/shifts/0/pair", "two-people")]
    assert faults(one_shift("ann", "ann")) == [("/shifts/0/pair/1", "same-person")]
    assert faults(one_shift("ann", "eve")) == [("/shifts/0/pair/1", "unknown-person")]


def test_nobody_is_in_two_shifts_at_once() -> None:
    asked = problem(shifts=(shift("one", "ann", "bob"), shift("two", "cid", "ann")))
    assert faults(asked) == [("/shifts/1/pair/1", "two-shifts-at-once")]
    tomorrow = shift("two", "cid", "ann", on=MONDAY + timedelta(days=1))
    assert faults(problem(shifts=(shift("one", "ann", "bob"), tomorrow))) == []


@pytest.mark.parametrize(
    ("other", "at", "code"),
    [
        ({"ends": 13 * HOUR}, "/ends", "ends-before-it-begins"),
        ({"begins": 11 * HOUR}, "/day_part", "outside-day-part"),
        ({"ends": 19 * HOUR}, "/day_part", "outside-day-part"),
        ({"day_part": DayPart.MORNING}, "/day_part", "outside-day-part"),
        ({"pause": Pause(13 * HOUR, 15 * HOUR)}, "/pause", "pause-outside-shift"),
        ({"pause": Pause(16 * HOUR, 15 * HOUR)}, "/pause", "pause-outside-shift"),
        ({"pause": Pause(16 * HOUR, 17 * HOUR)}, "/pause", "pause-outside-shift"),
    ],
)
def test_the_times_of_a_shift_are_in_order(other: dict[str, object], at: str, code: str) -> None:
    assert faults(one_shift("ann", "bob", **other)) == [(f"/shifts/0{at}", code)]


def test_what_stands_there_twice_is_named() -> None:
    asked = problem(door(1), door(1), shifts=(shift("one", "ann", "bob"),) * 2)
    assert ("/shifts/1", "shift-twice") in faults(asked)
    assert ("/doors/1", "door-twice") in faults(asked)


def test_the_times_of_a_door_are_in_order() -> None:
    backwards = Window(MONDAY, 16 * HOUR, 15 * HOUR)
    asked = problem(door(1, service=-1), door(2, window=backwards))
    assert faults(asked) == [
        ("/doors/0/service", "no-such-duration"),
        ("/doors/1/window", "ends-before-it-begins"),
    ]


def test_a_lock_names_a_shift_that_is_there() -> None:
    asked = problem(door(1), locks={"door-1": "nine", "of-another-plan": "nine"})
    assert faults(asked) == [("/locks/door-1", "unknown-shift")]


def test_every_fault_is_told_before_anything_is_planned() -> None:
    asked = with_person(problem(door(1)), "ann", cleared_until=None)
    asked = replace(asked, locks={"door-1": "nine"})
    with pytest.raises(CannotPlan) as refusal:
        planned(asked)
    told = [(fault.pointer, fault.code) for fault in refusal.value.errors]
    assert told == [("/shifts/0/pair/0", "no-certificate"), ("/locks/door-1", "unknown-shift")]

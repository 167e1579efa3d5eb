"""Which doors may go into a round: the rule itself, for any history of a door."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from outreach.visits.selection import DoorHistory, Tried, is_to_do, may_go
from outreach.visits.words import DAY_PARTS, FINISHED, OUTCOMES, moment

DAY = date(2026, 3, 4)
DAYS = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
PARTS = st.sampled_from(DAY_PARTS)
TRIED = st.builds(Tried, date=DAYS, day_part=PARTS, outcome=st.sampled_from(OUTCOMES))
DOORS = st.builds(
    DoorHistory,
    address_id=st.just("door"),
    held=st.booleans(),
    planned=st.booleans(),
    excluded=st.booleans(),
    tried=st.lists(TRIED, max_size=4),
    promised=st.lists(st.tuples(DAYS, PARTS), max_size=2),
)
FREE_DOORS = DOORS.map(lambda door: replace(door, held=False, planned=False, excluded=False))


@given(DOORS, DAYS, PARTS)
def test_nobody_rings_where_a_hold_a_plan_or_an_exclusion_stands(
    door: DoorHistory, on: date, part: str
) -> None:
    assume(door.held or door.planned or door.excluded)
    assert not may_go(door, on, part)


@given(DOORS, DAYS, PARTS, st.sampled_from(sorted(FINISHED)))
def test_a_finished_door_is_never_rung_again(
    door: DoorHistory, on: date, part: str, outcome: str
) -> None:
    done = replace(door, tried=[*door.tried, Tried(DAY, "morning", outcome)])
    assert not may_go(done, on, part)
    assert not is_to_do(done)


@given(FREE_DOORS, DAYS, PARTS)
def test_who_was_not_home_is_not_rung_at_the_same_day_part(
    door: DoorHistory, on: date, part: str
) -> None:
    tried = replace(door, promised=(), tried=[*door.tried, Tried(DAY, part, "not_home")])
    assert not may_go(tried, on, part)


@given(FREE_DOORS, DAYS, PARTS)
def test_before_a_promised_moment_nobody_rings(door: DoorHistory, on: date, part: str) -> None:
    assume(any(moment(*promise) > moment(on, part) for promise in door.promised))
    assume((on, part) not in door.promised)
    assert not may_go(door, on, part)


@given(FREE_DOORS, DAYS, PARTS)
def test_a_promise_is_kept_at_its_moment_whatever_was_tried(
    door: DoorHistory, on: date, part: str
) -> None:
    assume(not any(tried.outcome in FINISHED for tried in door.tried))
    assert may_go(replace(door, promised=[(on, part)]), on, part)


@given(DOORS, DAYS, PARTS)
def test_a_door_that_may_go_is_a_door_to_do(door: DoorHistory, on: date, part: str) -> None:
    if may_go(door, on, part):
        assert is_to_do(door)


@given(FREE_DOORS)
def test_a_door_to_do_may_go_some_day(door: DoorHistory) -> None:
    late = DAY + timedelta(days=30)
    moments = [*door.promised, *((late, part) for part in DAY_PARTS)]
    assert is_to_do(door) == any(may_go(door, on, part) for on, part in moments)


@given(FREE_DOORS, DAYS, PARTS, st.sampled_from(sorted(FINISHED)))
def test_where_two_live_the_answer_of_one_does_not_finish_the_door(
    door: DoorHistory, on: date, part: str, outcome: str
) -> None:
    said = Tried(DAY, "morning", outcome)
    one = replace(door, households=2, tried=[said], promised=[(on, part)])
    assert may_go(one, on, part)
    assert not is_to_do(replace(one, tried=[said, said]))


def test_three_day_parts_without_anybody_home_is_enough() -> None:
    tried = [Tried(DAY, part, "not_home") for part in DAY_PARTS]
    assert not is_to_do(DoorHistory("door", tried=tried))
    assert is_to_do(DoorHistory("door", tried=tried[:2]))

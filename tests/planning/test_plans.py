"""Whatever the district, pairs and wishes: a plan obeys every rule, and says what did not fit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.clock import DayPart
from outreach.planning.making import make_plan
from outreach.planning.moving import Draft
from outreach.planning.problem import HOUR, MINUTE, Pause, Place, Problem, Window
from outreach.planning.solving import Effort, Progress
from outreach.planning.words import Reason
from tests.planning import oracle
from tests.planning.districts import (
    BASE,
    MONDAY,
    QUICK,
    crowded,
    door,
    planned,
    problem,
    problems,
    shift,
    with_person,
)

random_districts = settings(max_examples=60, deadline=None)


def left_out(draft: Draft) -> dict[str, Reason]:
    """Reasons by address."""
    return {left.address_id: left.reason for left in draft.plan.left_out}


def at_the_door(asked: Problem) -> dict[str, list[str]]:
    """Who goes where."""
    draft = planned(asked)
    assert draft.broken == []
    return {one.shift_id: sorted(one.address_ids) for one in draft.plan.rounds}


@given(asked=st.one_of(problems(), crowded()))
@random_districts
def test_every_plan_obeys_every_rule(asked: Problem) -> None:
    draft = planned(asked)
    assert draft.broken == []


@given(asked=st.one_of(problems(), crowded()))
@random_districts
def test_every_door_is_in_one_round_or_in_the_list_of_what_did_not_fit(asked: Problem) -> None:
    plan = planned(asked).plan
    everywhere = [one for planned_round in plan.rounds for one in planned_round.address_ids]
    everywhere += [left.address_id for left in plan.left_out]
    assert sorted(everywhere) == sorted(one.address_id for one in asked.doors)


@given(asked=st.one_of(problems(), crowded()))
@random_districts
def test_what_did_not_fit_has_a_true_reason(asked: Problem) -> None:
    draft = planned(asked)
    for left in draft.plan.left_out:
        assert left.reason is not Reason.FITS_NOW
        assert oracle.is_true(draft, asked.door[left.address_id], left.reason), left


def test_everything_that_fits_is_planned() -> None:
    draft = planned(problem(*(door(number) for number in range(1, 30))))
    assert left_out(draft) == {}
    assert sum(len(one.address_ids) for one in draft.plan.rounds) == 29


def test_an_appointment_goes_before_any_number_of_doors() -> None:
    promise = Window(MONDAY, 15 * HOUR, 15 * HOUR + 30 * MINUTE)
    long = door(1, window=promise, service=HOUR + 55 * MINUTE)
    others = [door(number, service=10 * MINUTE) for number in range(2, 20)]
    asked = problem(long, *others, shifts=(shift("one", "ann", "bob"),))
    found = left_out(planned(asked))
    assert "door-1" not in found
    assert set(found.values()) == {Reason.NOT_ENOUGH_TIME}


def test_who_was_not_home_gets_another_day_part() -> None:
    evening = shift(
        "evening", "ann", "bob", day_part=DayPart.EVENING, begins=18 * HOUR, ends=20 * HOUR
    )
    tried = door(1, tried=frozenset({DayPart.AFTERNOON}))
    rounds = at_the_door(problem(tried, shifts=(shift("one", "ann", "bob"), evening)))
    assert rounds == {"one": [], "evening": ["door-1"]}
    assert left_out(planned(problem(tried))) == {"door-1": Reason.DAY_PARTS_TRIED}


def test_an_appointment_is_kept_in_a_day_part_that_was_tried_before() -> None:
    promise = Window(MONDAY, 15 * HOUR, 16 * HOUR)
    tried = door(1, tried=frozenset({DayPart.AFTERNOON}), window=promise)
    assert left_out(planned(problem(tried))) == {}


def test_a_language_is_met_by_who_speaks_it_and_is_named_where_nobody_does() -> None:
    asked = problem(door(1, language="tr"), door(2, language="pl"))
    asked = with_person(asked, "dee", languages=frozenset({"tr"}))
    assert at_the_door(asked)["two"] == ["door-1"]
    assert left_out(planned(asked)) == {"door-2": Reason.NOBODY_SPEAKS}


def test_who_is_expected_goes() -> None:
    asked = problem(door(1, expects="cid"), door(2, expects="eve"))
    assert at_the_door(asked)["two"] == ["door-1"]
    assert left_out(planned(asked)) == {"door-2": Reason.NOT_WHO_IS_EXPECTED}


def test_nobody_goes_to_their_own_street_or_to_people_they_declared() -> None:
    asked = problem(door(1), door(2, street="Elzenpad"), door(3, street="Oeverlaan"))
    asked = with_person(asked, "ann", streets=frozenset({"Wilgenhof"}))
    asked = with_person(asked, "dee", not_to=frozenset({"door-2"}))
    asked = with_person(asked, "bob", not_to=frozenset({"door-3"}))
    asked = with_person(asked, "cid", streets=frozenset({"Oeverlaan"}))
    assert at_the_door(asked) == {"one": ["door-2"], "two": ["door-1"]}
    assert left_out(planned(asked)) == {"door-3": Reason.NOBODY_MAY_GO}


def test_a_promise_outside_every_shift_is_named() -> None:
    tuesday = Window(MONDAY + timedelta(days=1), 15 * HOUR, 16 * HOUR)
    evening = Window(MONDAY, 19 * HOUR, 20 * HOUR)
    found = left_out(planned(problem(door(1, window=tuesday), door(2, window=evening))))
    assert found == dict.fromkeys(("door-1", "door-2"), Reason.OUTSIDE_EVERY_SHIFT)


def test_what_is_too_far_or_nowhere_is_named() -> None:
    far, nowhere = door(1, place=Place(BASE.lat + 0.2, BASE.lon)), door(2, place=None)
    found = left_out(planned(problem(far, nowhere)))
    assert found == {"door-1": Reason.TOO_FAR, "door-2": Reason.NO_PLACE}


def test_without_shifts_that_is_the_reason() -> None:
    assert left_out(planned(problem(door(1), shifts=()))) == {"door-1": Reason.NO_SHIFTS}


def test_a_plan_of_nothing_is_empty() -> None:
    plan = planned(problem()).plan
    assert (plan.metres, plan.left_out) == (0, ())
    assert [one.address_ids for one in plan.rounds] == [(), ()]


def test_a_pair_is_at_the_base_in_its_pause() -> None:
    pause = Pause(15 * HOUR, 15 * HOUR + 20 * MINUTE)
    rested = shift("one", "ann", "bob", pause=pause)
    doors = [door(number, service=20 * MINUTE) for number in range(1, 12)]
    (found,) = planned(problem(*doors, shifts=(rested,))).plan.rounds
    before, after = found.legs
    assert before.visits
    assert after.visits
    assert before.back_at <= pause.begins
    assert after.sets_out >= pause.ends


def test_a_pair_does_not_set_out_to_wait() -> None:
    promise = Window(MONDAY, 16 * HOUR, 16 * HOUR + 30 * MINUTE)
    asked = problem(door(1, window=promise), shifts=(shift("one", "ann", "bob"),))
    (leg,) = planned(asked).plan.rounds[0].legs
    (visit,) = leg.visits
    assert (leg.waiting, visit.rings) == (0, 16 * HOUR)


def test_doors_behind_one_entrance_are_one_place() -> None:
    flat = [door(number, entrance="portiek 3") for number in (20, 21, 22)]
    draft = planned(problem(*flat))
    there = draft.walks.metres(0, draft.walks.row["door-20"])
    assert draft.plan.metres == pytest.approx(2 * there)


def test_a_locked_door_stays_in_its_round() -> None:
    asked = problem(door(1), door(2), locks={"door-1": "one", "door-2": "two"})
    assert at_the_door(asked) == {"one": ["door-1"], "two": ["door-2"]}


def test_a_locked_door_goes_before_any_number_of_others() -> None:
    locked = door(1, service=HOUR + 55 * MINUTE)
    others = [door(number, service=10 * MINUTE) for number in range(2, 20)]
    shifts = (shift("one", "ann", "bob"),)
    asked = problem(locked, *others, shifts=shifts, locks={"door-1": "one"})
    assert "door-1" in at_the_door(asked)["one"]


def test_the_same_seed_gives_the_same_plan() -> None:
    asked = problem(*(door(number % 7 + number * 3) for number in range(1, 25)))
    assert planned(asked).plan == planned(asked).plan


def test_pairs_in_different_days_are_planned_together() -> None:
    tuesday = MONDAY + timedelta(days=1)
    promise = Window(tuesday, 15 * HOUR, 15 * HOUR)
    asked = problem(
        door(1, window=promise),
        shifts=(shift("one", "ann", "bob"), shift("two", "ann", "bob", on=tuesday)),
    )
    assert at_the_door(asked) == {"one": [], "two": ["door-1"]}


def test_a_search_that_is_stopped_at_once_still_gives_a_plan_that_obeys() -> None:
    asked = problem(*(door(number, service=12 * MINUTE) for number in range(1, 40)))
    draft = make_plan(asked, QUICK, watch=lambda _progress: True)
    assert draft.broken == []
    for left in draft.plan.left_out:
        assert oracle.is_true(draft, asked.door[left.address_id], left.reason)


def test_a_search_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an end"):
        make_plan(problem(door(1)), Effort(seconds=None))


def test_a_search_tells_how_far_it_is_and_stops_when_it_is_told() -> None:
    asked = problem(*(door(number) for number in range(1, 20)))
    heard: list[Progress] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) == 5

    draft = make_plan(asked, replace(QUICK, iterations=500), watch=watch)
    assert [one.iterations for one in heard] == [0, 1, 2, 3, 4]
    assert heard[-1].doors == 19
    assert heard[-1].metres == pytest.approx(draft.plan.metres, rel=0.01)

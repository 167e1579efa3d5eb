"""Changing a plan by hand: figures follow, nothing is lost, and the old plan is still there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.planning.making import make_plan
from outreach.planning.moving import (
    DoorIsLocked,
    Draft,
    NoSuchPlace,
    Spot,
    lock,
    move,
    replace_person,
    swap_people,
    take_out,
    unlock,
)
from outreach.planning.plan import lay_out
from outreach.planning.problem import HOUR, MINUTE, LegKey, Problem
from outreach.planning.rules import Broken
from outreach.planning.words import Reason, Rule
from tests.planning import oracle
from tests.planning.districts import (
    MONDAY,
    QUICK,
    crowded,
    door,
    person,
    planned,
    problem,
    problems,
    shift,
    with_person,
)

ONE, TWO = LegKey("one", 0), LegKey("two", 0)
# Rules that say that the plan itself is whole; no change by hand may ever break these.
WHOLE = {Rule.ONE_PLACE, Rule.UNKNOWN_DOOR, Rule.UNKNOWN_SHIFT, Rule.FIGURES, Rule.LOCKED}


def two_rounds() -> Draft:
    """Doors 1 to 3 with the first pair and 4 with the other."""
    draft = planned(problem(*(door(number) for number in range(1, 5))))
    orders = {ONE: ("door-1", "door-2", "door-3"), TWO: ("door-4",)}
    return replace(draft, plan=lay_out(draft.problem, draft.walks, orders))


def test_a_door_goes_to_another_round_and_the_figures_follow() -> None:
    before = two_rounds()
    after = move(before, "door-3", Spot(TWO, 0))
    assert after.plan.orders == {ONE: ("door-1", "door-2"), TWO: ("door-3", "door-4")}
    assert after.broken == []
    assert after.plan.rounds[0].metres < before.plan.rounds[0].metres
    assert after.plan.rounds[1].metres == pytest.approx(before.plan.rounds[1].metres, rel=1e-6)


def test_a_door_goes_to_another_position_counted_without_itself() -> None:
    after = move(two_rounds(), "door-1", Spot(ONE, 2))
    assert after.plan.orders[ONE] == ("door-2", "door-3", "door-1")
    assert after.broken == []


def test_the_old_plan_is_still_there() -> None:
    before = two_rounds()
    move(before, "door-1", Spot(TWO, 1))
    assert before.plan == two_rounds().plan


def test_a_door_that_is_taken_out_is_told_and_can_come_back() -> None:
    out = take_out(two_rounds(), "door-2")
    assert [(left.address_id, left.reason) for left in out.plan.left_out] == [
        ("door-2", Reason.FITS_NOW)
    ]
    assert move(out, "door-2", Spot(ONE, 1)).plan == two_rounds().plan


def test_a_change_that_breaks_a_rule_is_made_and_named() -> None:
    asked = problem(*(door(number, service=HOUR) for number in range(1, 5)))
    draft = planned(asked)
    full = draft.plan.rounds[0].address_ids
    (other,) = set(draft.plan.rounds[1].address_ids[:1])
    after = move(draft, other, Spot(ONE, len(full)))
    assert after.broken == [Broken(Rule.SHIFT, "one")]


def test_a_locked_door_leaves_its_round_by_nobodys_hand() -> None:
    locked = lock(two_rounds(), "door-2")
    with pytest.raises(DoorIsLocked):
        move(locked, "door-2", Spot(TWO, 0))
    with pytest.raises(DoorIsLocked):
        take_out(locked, "door-2")
    assert move(locked, "door-2", Spot(ONE, 0)).plan.orders[ONE][0] == "door-2"
    assert move(unlock(locked, "door-2"), "door-2", Spot(TWO, 0)).broken == []


def test_a_locked_door_stays_when_the_rest_is_planned_anew() -> None:
    locked = lock(move(two_rounds(), "door-1", Spot(TWO, 0)), "door-1")
    again = make_plan(locked.problem, QUICK)
    assert "door-1" in again.plan.orders[TWO]


def test_people_change_rounds() -> None:
    after = swap_people(two_rounds(), ("one", "ann"), ("two", "dee"))
    assert [shift.pair for shift in after.problem.shifts] == [("dee", "bob"), ("cid", "ann")]
    assert after.plan.orders == two_rounds().plan.orders
    assert after.broken == []


def test_who_comes_to_their_own_street_by_a_swap_is_named() -> None:
    draft = two_rounds()
    doors = (replace(draft.problem.doors[3], street="Elzenpad"), *draft.problem.doors[:3])
    asked = with_person(replace(draft.problem, doors=doors), "ann", streets=frozenset({"Elzenpad"}))
    draft = replace(draft, problem=asked)
    assert draft.broken == []
    after = swap_people(draft, ("one", "ann"), ("two", "dee"))
    assert after.broken == [Broken(Rule.OWN_STREET, "two", "door-4")]


def test_somebody_takes_the_place_of_who_fell_ill() -> None:
    draft = two_rounds()
    eve = person("eve", cleared_until=MONDAY - timedelta(days=1))
    draft = replace(draft, problem=replace(draft.problem, people=(*draft.problem.people, eve)))
    after = replace_person(draft, "one", "ann", "eve")
    assert after.problem.shift["one"].pair == ("eve", "bob")
    assert after.broken == [Broken(Rule.NO_CERTIFICATE, "one")]


def test_the_rest_of_the_day_is_planned_anew_with_what_is_promised_kept() -> None:
    """At noon somebody falls ill: the pair that is left has all the doors that fit."""
    draft = two_rounds()
    later = shift("one", "ann", "bob", begins=15 * HOUR + 30 * MINUTE)
    rest = replace(draft.problem, doors=draft.problem.doors[1:], shifts=(later,))
    again = make_plan(rest, QUICK)
    assert again.broken == []
    assert set(again.plan.orders[ONE]) == {"door-2", "door-3", "door-4"}


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: move(draft, "door-9", Spot(ONE, 0)),
        lambda draft: move(draft, "door-1", Spot(LegKey("nine", 0), 0)),
        lambda draft: move(draft, "door-1", Spot(ONE, 3)),
        lambda draft: move(draft, "door-1", Spot(ONE, -1)),
        lambda draft: take_out(draft, "door-9"),
        lambda draft: lock(draft, "door-9"),
        lambda draft: swap_people(draft, ("one", "ann"), ("one", "bob")),
        lambda draft: swap_people(draft, ("one", "ann"), ("two", "bob")),
        lambda draft: swap_people(draft, ("one", "ann"), ("nine", "dee")),
        lambda draft: replace_person(draft, "one", "ann", "eve"),
    ],
)
def test_what_the_plan_does_not_have_is_refused(change: Callable[[Draft], Draft]) -> None:
    with pytest.raises(NoSuchPlace):
        change(two_rounds())


def test_a_door_without_a_place_can_go_in_no_round() -> None:
    draft = planned(problem(door(1, place=None)))
    with pytest.raises(NoSuchPlace):
        move(draft, "door-1", Spot(ONE, 0))


@given(asked=st.one_of(problems(), crowded()), data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_by_hand_the_plan_stays_whole(
    asked: Problem, data: st.DataObject
) -> None:
    draft = planned(asked)
    for _ in range(4):
        draft = _changed(draft, data)
        assert {one.rule for one in draft.broken} & WHOLE == set()
        if draft.broken == []:
            for left in draft.plan.left_out:
                assert oracle.is_true(draft, asked.door[left.address_id], left.reason)


def _changed(draft: Draft, data: st.DataObject) -> Draft:
    if not draft.problem.doors or not draft.problem.shifts:
        return draft
    one = data.draw(st.sampled_from(draft.problem.doors)).address_id
    key = data.draw(st.sampled_from(list(draft.problem.legs)))
    act = data.draw(st.sampled_from(("move", "take out", "lock", "unlock")))
    try:
        match act:
            case "move":
                most = len([other for other in draft.plan.orders[key] if other != one])
                return move(draft, one, Spot(key, data.draw(st.integers(0, most))))
            case "take out":
                return take_out(draft, one)
            case "lock":
                return lock(draft, one)
            case _:
                return unlock(draft, one)
    except (DoorIsLocked, NoSuchPlace):
        return draft

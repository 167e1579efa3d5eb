"""Whatever is proposed, what comes of it obeys the rules and leaves no room unused."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.planning.distances import StraightLine, measure
from outreach.planning.mending import mend
from outreach.planning.moving import Draft
from outreach.planning.plan import lay_out
from outreach.planning.problem import HOUR, MINUTE, LegKey, Problem, Window
from outreach.planning.reasons import Choices
from outreach.planning.room import Orders
from outreach.planning.words import Reason
from tests.planning.districts import MONDAY, crowded, door, person, problem, problems, with_person

ONE, TWO = LegKey("one", 0), LegKey("two", 0)


def mended(asked: Problem, proposed: Orders) -> Draft:
    """The plan that comes of this proposal."""
    walks = measure(asked, StraightLine())
    choices = Choices(asked, walks)
    room = mend(asked, walks, choices, proposed)
    return Draft(asked, walks, lay_out(asked, walks, room.orders, choices))


def test_what_obeys_stays_as_it_was_proposed() -> None:
    proposed = {ONE: ("door-3", "door-1"), TWO: ("door-2",)}
    draft = mended(problem(door(1), door(2), door(3)), proposed)
    assert draft.plan.orders == proposed


def test_what_is_late_is_made_anew() -> None:
    asked = problem(*(door(number, service=50 * MINUTE) for number in range(1, 6)))
    draft = mended(asked, {ONE: tuple(asked.door)})
    assert draft.broken == []
    assert draft.plan.left_out == ()
    assert draft.plan.orders[TWO]


def test_who_may_not_go_there_does_not() -> None:
    asked = with_person(problem(door(1)), "ann", not_to=frozenset({"door-1"}))
    draft = mended(asked, {ONE: ("door-1",)})
    assert draft.broken == []
    assert draft.plan.orders == {ONE: (), TWO: ("door-1",)}


def test_promises_come_before_what_can_wait() -> None:
    promise = Window(MONDAY, 14 * HOUR, 16 * HOUR)
    narrow = Window(MONDAY, 14 * HOUR + 30 * MINUTE, 14 * HOUR + 30 * MINUTE)
    alone = {"shifts": problem().shifts[:1]}
    asked = problem(
        door(1, service=2 * HOUR),
        door(2, service=2 * HOUR, window=promise),
        door(3, service=2 * HOUR, window=narrow),
        **alone,
    )
    draft = mended(asked, {})
    assert draft.plan.orders[ONE] == ("door-3",)
    assert {left.reason for left in draft.plan.left_out} == {Reason.NOT_ENOUGH_TIME}


def test_a_door_that_a_search_left_out_is_taken_along_where_it_fits() -> None:
    draft = mended(problem(door(1), door(2)), {ONE: ("door-2",)})
    assert draft.plan.orders[ONE] == ("door-1", "door-2")


@given(asked=st.one_of(problems(), crowded()), data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_proposal_becomes_a_plan_that_obeys(asked: Problem, data: st.DataObject) -> None:
    placed = [one.address_id for one in asked.doors if one.place]
    legs = list(asked.legs)
    proposed: dict[LegKey, list[str]] = {key: [] for key in legs}
    for address_id in data.draw(st.permutations(placed)) if legs else ():
        proposed[data.draw(st.sampled_from(legs))].append(address_id)
    draft = mended(asked, proposed)
    assert draft.broken == []
    assert Reason.FITS_NOW not in {left.reason for left in draft.plan.left_out}


def test_who_takes_part_in_no_shift_bars_nobody() -> None:
    asked = problem(door(1))
    idle = person("eve", streets=frozenset({"Wilgenhof"}))
    asked = replace(asked, people=(*asked.people, idle))
    assert mended(asked, {}).plan.left_out == ()

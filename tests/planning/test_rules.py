"""The checker finds each kind of broken rule, in plans that were broken on purpose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from outreach.clock import DayPart
from outreach.planning.moving import Draft, Spot, move
from outreach.planning.plan import LeftOut, Plan, lay_out
from outreach.planning.problem import HOUR, MINUTE, LegKey, Pause, Window
from outreach.planning.rules import Broken, broken, newly_broken
from outreach.planning.timing import WalkedLeg
from outreach.planning.words import Reason, Rule
from tests.planning.districts import MONDAY, door, planned, problem, shift, with_person

Planted = Callable[[], Draft]
ONE = LegKey("one", 0)


def sound() -> Draft:
    """Nothing is wrong with this one: door 1, a promise, and door 2 in one round."""
    promise = Window(MONDAY, 15 * HOUR, 15 * HOUR + 10 * MINUTE)
    asked = problem(door(1, window=promise), door(2), shifts=(shift("one", "ann", "bob"),))
    draft = planned(asked)
    plan = lay_out(asked, draft.walks, {ONE: ("door-1", "door-2")})
    return replace(draft, plan=plan)


def with_door(draft: Draft, number: int, **other: object) -> Draft:
    """A fact about a door that its plan did not know of."""
    doors = tuple(
        replace(one, **other) if one.address_id == f"door-{number}" else one  # type: ignore[arg-type]
        for one in draft.problem.doors
    )
    return replace(draft, problem=replace(draft.problem, doors=doors))


def with_somebody(draft: Draft, name: str, **other: object) -> Draft:
    """A fact about somebody that the plan did not know of."""
    return replace(draft, problem=with_person(draft.problem, name, **other))


def with_pair(draft: Draft, *pair: str) -> Draft:
    """Other people go."""
    changed = replace(draft.problem.shift["one"], pair=pair)
    return replace(draft, problem=draft.problem.with_shifts(changed))


def with_leg(draft: Draft, change: Callable[[WalkedLeg], WalkedLeg]) -> Draft:
    """A round whose times or figures were touched."""
    (one,) = draft.plan.rounds
    (leg,) = one.legs
    return replace(draft, plan=Plan((replace(one, legs=(change(leg),)),), draft.plan.left_out))


def first_visit(**other: object) -> Callable[[WalkedLeg], WalkedLeg]:
    """Touch the first door of a leg."""
    return lambda leg: replace(
        leg,
        visits=(replace(leg.visits[0], **other), *leg.visits[1:]),  # type: ignore[arg-type]
    )


def without_last(draft: Draft) -> Draft:
    """The last door of the round is nowhere any more."""
    return with_leg(draft, lambda leg: replace(leg, visits=leg.visits[:-1]))


def also_left_out(draft: Draft, address_id: str) -> Draft:
    """A door is told of as left out, whatever else is so."""
    told = (*draft.plan.left_out, LeftOut(address_id, Reason.NOT_ENOUGH_TIME))
    return replace(draft, plan=replace(draft.plan, left_out=told))


def in_two_shifts() -> Draft:
    """Somebody was put in a second shift that overlaps."""
    draft = planned(problem(door(1)))
    changed = replace(draft.problem.shift["two"], pair=("cid", "ann"))
    return replace(draft, problem=draft.problem.with_shifts(changed))


def too_long() -> Draft:
    """Dragged into a round that has no time for it."""
    draft = sound()
    long = replace(draft.problem.door["door-2"], address_id="door-3", service=3 * HOUR)
    doors = (*draft.problem.doors, long)
    row = {**draft.walks.row, "door-3": draft.walks.row["door-2"]}
    asked = replace(draft.problem, doors=doors)
    draft = Draft(asked, replace(draft.walks, row=row), draft.plan)
    return move(draft, "door-3", Spot(ONE, 0))


PLANTED: dict[str, tuple[Rule, str, Planted]] = {
    "one person": (Rule.TWO_PEOPLE, "", lambda: with_pair(sound(), "ann")),
    "twice the same": (Rule.SAME_PERSON, "", lambda: with_pair(sound(), "ann", "ann")),
    "a stranger": (Rule.UNKNOWN_PERSON, "", lambda: with_pair(sound(), "ann", "eve")),
    "no certificate": (
        Rule.NO_CERTIFICATE,
        "",
        lambda: with_somebody(sound(), "ann", cleared_until=None),
    ),
    "new people alone": (
        Rule.NEW_WITHOUT_EXPERIENCED,
        "",
        lambda: with_somebody(sound(), "ann", is_new=True),
    ),
    "a locked door": (
        Rule.LOCKED,
        "door-2",
        lambda: replace(sound(), problem=replace(sound().problem, locks={"door-2": "two"})),
    ),
    "a day part that was tried": (
        Rule.DAY_PART,
        "door-2",
        lambda: with_door(sound(), 2, tried=frozenset({DayPart.AFTERNOON})),
    ),
    "another language": (Rule.LANGUAGE, "door-2", lambda: with_door(sound(), 2, language="tr")),
    "somebody else": (Rule.EXPECTED, "door-2", lambda: with_door(sound(), 2, expects="cid")),
    "their own street": (
        Rule.OWN_STREET,
        "door-2",
        lambda: with_somebody(sound(), "bob", streets=frozenset({"Wilgenhof"})),
    ),
    "people they know": (
        Rule.DOES_NOT_GO,
        "door-2",
        lambda: with_somebody(sound(), "bob", not_to=frozenset({"door-2"})),
    ),
    "too early for the window": (
        Rule.WINDOW,
        "door-1",
        lambda: with_leg(sound(), first_visit(rings=14 * HOUR)),
    ),
    "too late for the window": (
        Rule.WINDOW,
        "door-1",
        lambda: with_door(sound(), 1, window=Window(MONDAY, 14 * HOUR, 14 * HOUR)),
    ),
    "another date": (
        Rule.WINDOW,
        "door-1",
        lambda: with_door(
            sound(), 1, window=Window(MONDAY + timedelta(days=1), 15 * HOUR, 16 * HOUR)
        ),
    ),
    "back too late": (Rule.SHIFT, "", too_long),
    "off too early": (
        Rule.SHIFT,
        "",
        lambda: with_leg(sound(), lambda leg: replace(leg, sets_out=13 * HOUR)),
    ),
    "through the pause": (
        Rule.SHIFT,
        "",
        lambda: replace(
            sound(),
            problem=sound().problem.with_shifts(
                shift("one", "ann", "bob", pause=Pause(15 * HOUR, 15 * HOUR + 20 * MINUTE))
            ),
        ),
    ),
    "a door nowhere": (Rule.ONE_PLACE, "door-2", lambda: without_last(sound())),
    "a door in a round and left out": (
        Rule.ONE_PLACE,
        "door-2",
        lambda: also_left_out(sound(), "door-2"),
    ),
    "a door nobody asked for": (
        Rule.UNKNOWN_DOOR,
        "door-9",
        lambda: also_left_out(sound(), "door-9"),
    ),
    "a round too many": (
        Rule.UNKNOWN_SHIFT,
        "",
        lambda: replace(sound(), plan=replace(sound().plan, rounds=sound().plan.rounds * 2)),
    ),
    "a round too few": (
        Rule.UNKNOWN_SHIFT,
        "",
        lambda: replace(sound(), plan=replace(sound().plan, rounds=())),
    ),
    "metres that are not so": (
        Rule.FIGURES,
        "",
        lambda: with_leg(sound(), first_visit(metres=1.0)),
    ),
    "walking that is not so": (
        Rule.FIGURES,
        "",
        lambda: with_leg(sound(), lambda leg: replace(leg, walking_back=1)),
    ),
    "an arrival that is not so": (
        Rule.FIGURES,
        "",
        lambda: with_leg(sound(), first_visit(arrives=14 * HOUR)),
    ),
    "a visit that takes no time": (
        Rule.FIGURES,
        "",
        lambda: with_leg(sound(), first_visit(leaves=15 * HOUR)),
    ),
    "home too soon": (
        Rule.FIGURES,
        "",
        lambda: with_leg(sound(), lambda leg: replace(leg, back_at=14 * HOUR)),
    ),
}


def test_a_sound_plan_breaks_nothing() -> None:
    assert sound().broken == []


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found(what: str) -> None:
    rule, address_id, plant = PLANTED[what]
    found = {(one.rule, one.address_id) for one in plant().broken}
    assert (rule, address_id) in found


def test_somebody_in_two_shifts_at_once_is_found() -> None:
    assert Broken(Rule.TWO_SHIFTS_AT_ONCE, "two") in in_two_shifts().broken


def test_there_is_a_planted_fault_for_every_rule() -> None:
    planted = {rule for rule, _, _ in PLANTED.values()} | {Rule.TWO_SHIFTS_AT_ONCE}
    assert planted == set(Rule)


def test_a_legs_order_is_part_of_the_rules() -> None:
    rested = shift("one", "ann", "bob", pause=Pause(15 * HOUR, 15 * HOUR + 20 * MINUTE))
    draft = planned(problem(door(1), shifts=(rested,)))
    (one,) = draft.plan.rounds
    turned = Plan((replace(one, legs=one.legs[::-1]),), ())
    assert broken(draft.problem, draft.walks, turned) == [Broken(Rule.SHIFT, "one")]


def test_what_was_broken_before_is_not_told_as_new() -> None:
    old = Broken(Rule.SHIFT, "one")
    new = Broken(Rule.WINDOW, "one", "door-1")
    assert newly_broken([old], [old, new]) == [new]
    assert newly_broken([old], [old, old]) == [old]
    assert newly_broken([old, new], [old]) == []

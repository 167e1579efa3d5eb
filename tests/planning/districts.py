"""A made-up district to plan in, and random ones."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from outreach.clock import DayPart
from outreach.planning.faults import BOUNDS
from outreach.planning.making import make_plan
from outreach.planning.moving import Draft
from outreach.planning.problem import (
    DAY,
    HOUR,
    MINUTE,
    Door,
    Kind,
    Pause,
    Person,
    Place,
    Problem,
    Shift,
    Window,
)
from outreach.planning.solving import Effort

MONDAY = date(2026, 3, 2)
BASE = Place(52.37, 5.21)
STREETS = ("Wilgenhof", "Elzenpad", "Oeverlaan")
LANGUAGES = ("tr", "ar", "pl")
QUICK = Effort(seconds=None, iterations=15)


def door(number: int, **other: Any) -> Door:
    """A door some steps north of the base: nine metres a number."""
    said: dict[str, Any] = {"street": "Wilgenhof", "place": north(number)} | other
    return Door(f"door-{number}", **said)


def north(steps: int) -> Place:
    """So many steps from the base."""
    return Place(BASE.lat + steps * 0.00008, BASE.lon)


def person(name: str, **other: Any) -> Person:
    """Somebody with a certificate for the whole year."""
    said: dict[str, Any] = {"cleared_until": MONDAY + timedelta(days=300)} | other
    return Person(name, **said)


def shift(name: str, *pair: str, **other: Any) -> Shift:
    """Monday afternoon from two to five, unless told otherwise."""
    said: dict[str, Any] = {
        "on": MONDAY,
        "day_part": DayPart.AFTERNOON,
        "begins": 14 * HOUR,
        "ends": 17 * HOUR,
    }
    return Shift(name, pair=pair, **(said | other))


def problem(*doors: Door, **other: Any) -> Problem:
    """Two pairs on Monday afternoon."""
    said: dict[str, Any] = {
        "base": BASE,
        "people": tuple(person(name) for name in ("ann", "bob", "cid", "dee")),
        "shifts": (shift("one", "ann", "bob"), shift("two", "cid", "dee")),
    }
    return Problem(doors=doors, **(said | other))


def with_person(asked: Problem, name: str, **other: Any) -> Problem:
    """The same, with somebody changed."""
    people = tuple(replace(one, **other) if one.id == name else one for one in asked.people)
    return replace(asked, people=people)


def planned(asked: Problem) -> Draft:
    """Its plan, after a short search."""
    return make_plan(asked, QUICK)


def places() -> st.SearchStrategy[Place]:
    """Mostly around the corner; sometimes farther than a shift is long."""
    near, far = st.integers(-60, 60), st.integers(1500, 3000)
    steps = st.one_of(near, near, near, near, far)
    return st.builds(
        lambda up, right: Place(BASE.lat + up * 0.00008, BASE.lon + right * 0.00013), steps, near
    )


def windows(shifts: tuple[Shift, ...]) -> st.SearchStrategy[Window]:
    """Mostly around a shift and narrow, so that rounds are full of promises; sometimes anywhere."""
    wide = st.integers(0, 2 * HOUR)
    anywhere = st.builds(_window, st.just(MONDAY), st.integers(9 * HOUR, 20 * HOUR), wide)
    if not shifts:
        return anywhere
    narrow = st.one_of(st.just(0), st.integers(0, 30 * MINUTE), wide)
    within = st.sampled_from(shifts).flatmap(
        lambda one: st.builds(
            _window, st.just(one.on), st.integers(one.begins - HOUR, one.ends), narrow
        )
    )
    return st.one_of(within, within, within, anywhere)


def _window(on: date, opens: int, wide: int) -> Window:
    return Window(on, min(opens, DAY), min(opens + wide, DAY))


@st.composite
def doors(draw: st.DrawFn, number: int, people: int, shifts: tuple[Shift, ...]) -> Door:
    """Any door; every second one is an appointment."""
    window = draw(st.one_of(st.none(), windows(shifts)))
    return Door(
        f"door-{number}",
        draw(st.sampled_from(STREETS)),
        draw(st.one_of(places(), places(), places(), st.none())),
        entrance=draw(st.sampled_from(("", "", "flat"))),
        kind=Kind.AFTERCARE if window else Kind.FIRST,
        service=draw(st.integers(0, 40)) * MINUTE,
        window=window,
        tried=draw(st.frozensets(st.sampled_from(DayPart))),
        language=draw(st.sampled_from(("", "", "", *LANGUAGES))),
        expects=f"person-{draw(st.integers(0, people))}" if draw(st.integers(0, 9)) == 0 else "",
    )


@st.composite
def people_of(draw: st.DrawFn, number: int, doors: int) -> Person:
    """Anybody with a certificate; every third is an experienced professional."""
    numbers = st.frozensets(st.integers(0, max(doors - 1, 0)), max_size=3)
    return person(
        f"person-{number}",
        languages=draw(st.frozensets(st.sampled_from(LANGUAGES), max_size=2)),
        streets=draw(st.frozensets(st.sampled_from(STREETS), max_size=1)),
        not_to=frozenset(f"door-{at}" for at in draw(numbers)),
        is_new=number % 2 == 1 and draw(st.booleans()),
        is_experienced=number % 2 == 0,
    )


@st.composite
def shifts_of(draw: st.DrawFn, people: int) -> tuple[Shift, ...]:
    """In some slots of three days one pair or two; nobody twice in one slot."""
    slots = st.tuples(st.integers(0, 2), st.sampled_from(DayPart), st.integers(0, people // 2 - 1))
    found = sorted(draw(st.sets(slots, max_size=5)))
    return tuple(_shift(draw, *slot) for slot in found)


def _shift(draw: st.DrawFn, day: int, part: DayPart, pair: int) -> Shift:
    first, last = BOUNDS[part]
    begins = draw(st.integers(max(first, 9 * HOUR), last - 2 * HOUR))
    ends = draw(st.integers(begins + HOUR, min(begins + 3 * HOUR, last)))
    middle = (begins + ends) // 2
    pause = draw(st.sampled_from((None, Pause(middle - 5 * MINUTE, middle + 10 * MINUTE))))
    pair_ids = (f"person-{2 * pair}", f"person-{2 * pair + 1}")
    on = MONDAY + timedelta(days=day)
    return Shift(f"{day}-{part}-{pair}", on, part, begins, ends, pair_ids, pause)


@st.composite
def problems(draw: st.DrawFn, most_doors: int = 14) -> Problem:
    """A random district with pairs that may go out, wishes, exclusions, appointments and locks."""
    people, number = 6, draw(st.integers(0, most_doors))
    shifts = draw(shifts_of(people))
    locks: dict[str, str] = {}
    if shifts and number:
        numbers = draw(st.lists(st.integers(0, number - 1), max_size=2))
        locks = {f"door-{at}": draw(st.sampled_from(shifts)).id for at in numbers}
    return Problem(
        BASE,
        tuple(draw(doors(at, people, shifts)) for at in range(number)),
        tuple(draw(people_of(at, number)) for at in range(people)),
        shifts,
        locks,
    )


@st.composite
def crowded(draw: st.DrawFn) -> Problem:
    """Hours full of narrow promises around the corner, where everybody may go everywhere."""
    rested = shift("one", "ann", "bob", pause=Pause(15 * HOUR, 15 * HOUR + 15 * MINUTE))
    number = draw(st.integers(3, 10))
    opens = st.integers(14 * HOUR, 16 * HOUR + 30 * MINUTE)
    promises = st.builds(_window, st.just(MONDAY), opens, st.integers(0, 20 * MINUTE))
    asked = (
        door(
            at,
            place=draw(st.builds(north, st.integers(-40, 40))),
            service=draw(st.integers(0, 25)) * MINUTE,
            window=draw(st.one_of(st.none(), promises)),
        )
        for at in range(number)
    )
    return problem(*asked, shifts=(rested, shift("two", "cid", "dee")))

"""When somebody can walk: the rule itself for any week, and the same in the database."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.clock import DayPart
from outreach.db import db
from outreach.volunteers.availability import Week, available, can_walk
from tests.factories.town import Town, build_town
from tests.factories.volunteers import is_away, walks_on

DAY = date(2026, 3, 4)
DAYS = st.integers(-10, 10).map(lambda days: DAY + timedelta(days=days))
PARTS = st.sampled_from([part.value for part in DayPart])
USUAL = st.sets(st.tuples(st.integers(1, 7), PARTS))
AWAY = st.lists(
    st.tuples(DAYS, st.integers(0, 6)).map(lambda one: (one[0], one[0] + timedelta(one[1]))),
    max_size=3,
)
WEEKS = st.builds(Week, day_parts=USUAL, away=AWAY)


@given(WEEKS, DAYS, PARTS)
def test_nobody_walks_on_a_day_part_that_is_not_theirs(week: Week, on: date, part: str) -> None:
    others = {one for one in week.day_parts if one != (on.isoweekday(), part)}
    assert not can_walk(Week(others, week.away), on, part)


@given(WEEKS, DAYS, PARTS, st.integers(0, 5), st.integers(0, 5))
def test_nobody_walks_on_any_day_of_an_absence(
    week: Week, on: date, part: str, before: int, after: int
) -> None:
    away = (on - timedelta(days=before), on + timedelta(days=after))
    assert not can_walk(Week(week.day_parts, [*week.away, away]), on, part)


@given(USUAL, DAYS, PARTS, st.integers(0, 5))
def test_an_absence_keeps_nobody_from_the_day_before_or_the_day_after(
    usual: set[tuple[int, str]], on: date, part: str, length: int
) -> None:
    theirs = usual | {(on.isoweekday(), part)}
    later = (on + timedelta(days=1), on + timedelta(days=1 + length))
    sooner = (on - timedelta(days=1 + length), on - timedelta(days=1))
    assert can_walk(Week(theirs, [later, sooner]), on, part)


@given(WEEKS, DAYS, PARTS)
def test_one_week_is_like_another_when_nobody_is_away(week: Week, on: date, part: str) -> None:
    usual = Week(week.day_parts)
    assert can_walk(usual, on, part) == can_walk(usual, on + timedelta(weeks=1), part)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    weeks=st.tuples(WEEKS, WEEKS, WEEKS),
    moments=st.lists(st.tuples(DAYS, PARTS), min_size=1, max_size=5),
)
def test_the_database_says_what_the_rule_says(
    town: Town, weeks: tuple[Week, ...], moments: list[tuple[date, str]]
) -> None:
    people = [town.person(who) for who in ("volunteer", "mentor", "other_volunteer")]
    with db.session.begin_nested() as only_here:
        for account, week in zip(people, weeks, strict=True):
            walks_on(account, week.day_parts)
            for first, last in week.away:
                is_away(account, first, last)
        for on, part in moments:
            found = set(db.session.scalars(available(town.municipality.id, on, part)))
            assert found == {
                account.id
                for account, week in zip(people, weeks, strict=True)
                if can_walk(week, on, part)
            }
        only_here.rollback()


def test_who_left_or_lives_in_another_town_is_not_available(town: Town) -> None:
    stranger = build_town("Elzendam").person("volunteer")
    for account in (town.person("volunteer"), town.person("mentor"), stranger):
        walks_on(account)
    town.person("volunteer").active = False
    db.session.flush()
    found = set(db.session.scalars(available(town.municipality.id, DAY, "morning")))
    assert found == {town.person("mentor").id}

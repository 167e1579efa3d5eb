"""The legal clock: which days count, and how far it has run."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.handover.first_talk import first_talk, last_day
from outreach.handover.workdays import is_workday, workday_after, workdays_between

# As the government published them (Rijksoverheid: officiële feestdagen) for these years.
HOLIDAYS = {
    2024: "01-01 03-29 04-01 04-27 05-05 05-09 05-20 12-25 12-26",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2026: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26",
}


@pytest.mark.parametrize("year", sorted(HOLIDAYS))
def test_weekends_and_public_holidays_are_the_only_days_off(year: int) -> None:
    every = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    holidays = {date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year].split()}
    off = {day for day in every if day.weekday() >= 5} | holidays
    assert {day for day in every if not is_workday(day)} == {day for day in off if day in every}


@pytest.mark.parametrize(
    ("asked_on", "by"),
    [
        ("2026-02-03", "2026-02-06"),
        ("2026-02-05", "2026-02-10"),  # Thursday: Friday, Monday, Tuesday
        ("2026-02-07", "2026-02-11"),  # a round on Saturday
        ("2026-04-02", "2026-04-09"),  # Good Friday and Easter Monday between
        ("2026-04-24", "2026-04-30"),  # King's Day between
        ("2026-12-24", "2026-12-30"),
        ("2026-12-30", "2027-01-05"),
    ],
)
def test_a_crisis_waits_three_working_days(asked_on: str, by: str) -> None:
    assert last_day(date.fromisoformat(asked_on), crisis=True) == date.fromisoformat(by)


@pytest.mark.parametrize(
    ("asked_on", "by"),
    [
        ("2026-02-03", "2026-03-03"),
        ("2026-02-07", "2026-03-09"),  # four weeks on is a Saturday
        ("2026-03-09", "2026-04-07"),  # four weeks on is Easter Monday
    ],
)
def test_else_a_household_waits_four_weeks(asked_on: str, by: str) -> None:
    assert last_day(date.fromisoformat(asked_on), crisis=False) == date.fromisoformat(by)


def test_the_clock_counts_working_days_that_are_left_and_days_that_are_past() -> None:
    asked_on = date(2026, 2, 5)
    clocks = [first_talk(asked_on, crisis=True, on=date(2026, 2, day)) for day in (6, 10, 14)]
    assert {clock.by for clock in clocks} == {date(2026, 2, 10)}
    assert [clock.left for clock in clocks] == [2, 0, -4]


days = st.dates(date(2000, 1, 1), date(2099, 1, 1))


@given(days, st.integers(1, 30))
def test_counting_on_and_counting_back_agree(day: date, count: int) -> None:
    then = workday_after(day, count)
    assert is_workday(then)
    assert workdays_between(day, then) == count


@given(days, st.booleans())
def test_whoever_asks_earlier_is_due_no_later(day: date, crisis: bool) -> None:
    assert last_day(day, crisis=crisis) <= last_day(day + timedelta(days=1), crisis=crisis)
    assert last_day(day, crisis=True) <= last_day(day, crisis=False)

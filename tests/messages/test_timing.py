"""Quiet hours and gathering: they move what can wait, by Amsterdam's clock, and nothing else."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.clock import AMSTERDAM
from outreach.messages.timing import Wish, first_moment

WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
QUIET = st.tuples(WALLS, WALLS).filter(lambda both: both[0] != both[1])
WISHES = st.builds(Wish, st.none() | QUIET, st.none() | WALLS)
# Both changes of a year are in it; to the minute.
MOMENTS = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
NIGHT = (time(22), time(7))


def shown(at: datetime) -> time:
    return at.astimezone(AMSTERDAM).time().replace(fold=0)


def is_quiet(wish: Wish, at: datetime) -> bool:
    """Told apart minute by minute, as somebody who looks at a clock would."""
    if wish.quiet is None:
        return False
    begin, end = (wall.hour * 60 + wall.minute for wall in wish.quiet)
    now = shown(at).hour * 60 + shown(at).minute
    return (now - begin) % 1440 < (end - begin) % 1440


@given(MOMENTS, WISHES)
def test_no_wish_holds_back_what_is_urgent(at: datetime, wish: Wish) -> None:
    assert first_moment(at, wish, urgent=True) == at


@given(MOMENTS, WISHES)
@example(datetime(2026, 10, 25, 0, 15, tzinfo=UTC), Wish((time(22), time(2, 30))))
@example(datetime(2026, 10, 25, 1, 15, tzinfo=UTC), Wish((time(22), time(2, 30))))
@example(datetime(2026, 3, 29, 0, 15, tzinfo=UTC), Wish((time(22), time(2, 30)), time(2, 15)))
def test_what_can_wait_goes_later_never_earlier_and_never_in_a_quiet_hour(
    at: datetime, wish: Wish
) -> None:
    moment = first_moment(at, wish, urgent=False)
    assert moment >= at
    assert not is_quiet(wish, moment)
    # A day till it is gathered, a night till it is quiet no more, and an hour of a clock set back.
    assert moment - at <= timedelta(hours=49)


@given(MOMENTS, QUIET)
def test_outside_quiet_hours_it_goes_when_it_comes(at: datetime, quiet: tuple[time, time]) -> None:
    wish = Wish(quiet)
    if not is_quiet(wish, at):
        assert first_moment(at, wish, urgent=False) == at


@given(MOMENTS, QUIET)
def test_it_goes_in_the_first_minute_after_the_quiet_hours(
    at: datetime, quiet: tuple[time, time]
) -> None:
    wish = Wish(quiet)
    moment = first_moment(at, wish, urgent=False)
    minute = at
    while minute < moment:
        late = shown(moment) != quiet[1]  # in the night an hour is left out
        assert is_quiet(wish, minute) or (late and moment - minute <= timedelta(hours=1))
        minute += timedelta(minutes=1)


@pytest.mark.parametrize(
    ("at", "wish", "moment"),
    [
        ("2026-03-03T21:30+01:00", Wish(NIGHT), "2026-03-03T21:30+01:00"),
        ("2026-03-03T22:00+01:00", Wish(NIGHT), "2026-03-04T07:00+01:00"),
        ("2026-03-04T07:00+01:00", Wish(NIGHT), "2026-03-04T07:00+01:00"),
        # The clock goes from 2 to 3: a night of eight hours.
        ("2026-03-28T22:00+01:00", Wish(NIGHT), "2026-03-29T07:00+02:00"),
        # And back from 3 to 2: a night of ten.
        ("2026-10-24T22:00+02:00", Wish(NIGHT), "2026-10-25T07:00+01:00"),
        ("2026-03-03T09:00+01:00", Wish(None, time(8, 30)), "2026-03-04T08:30+01:00"),
        ("2026-03-03T08:30+01:00", Wish(None, time(8, 30)), "2026-03-03T08:30+01:00"),
        # Gathered at an hour that is quiet: after it.
        ("2026-03-03T09:00+01:00", Wish(NIGHT, time(6)), "2026-03-04T07:00+01:00"),
        # 2:30 is not in this night.
        ("2026-03-28T12:00+01:00", Wish(None, time(2, 30)), "2026-03-29T03:30+02:00"),
        # And in this night it is twice: the first counts.
        ("2026-10-24T12:00+02:00", Wish(None, time(2, 30)), "2026-10-25T02:30+02:00"),
        # Who comes between the two has the second.
        ("2026-10-25T02:45+02:00", Wish(None, time(2, 30)), "2026-10-25T02:30+01:00"),
    ],
)
def test_by_the_clock_of_amsterdam(at: str, wish: Wish, moment: str) -> None:
    found = first_moment(datetime.fromisoformat(at).astimezone(UTC), wish, urgent=False)
    assert found == datetime.fromisoformat(moment)

"""Dutch working days: not Saturday, not Sunday, no public holiday (Algemene termijnenwet, art. 3).

The law counts Good Friday and every fifth of May among the holidays.
"""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
# Month and day of those that never move.
NEW_YEAR, LIBERATION, CHRISTMAS, BOXING_DAY = (1, 1), (5, 5), (12, 25), (12, 26)
KINGS_BIRTHDAY = (4, 27)
# Days from Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday.
FROM_EASTER = (-2, 1, 39, 50)


def is_workday(day: date) -> bool:
    """Whether an office works on it."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def workday_after(day: date, count: int) -> date:
    """The day that lies `count` working days after one, which itself does not count."""
    while count > 0:
        day += DAY
        count -= is_workday(day)
    return day


def workdays_between(day: date, until: date) -> int:
    """Working days after one day up to and with another; 0 when that is not later."""
    days = (day + DAY * ahead for ahead in range(1, (until - day).days + 1))
    return sum(is_workday(each) for each in days)


@cache
def _holidays(year: int) -> frozenset[date]:
    kings_day = date(year, *KINGS_BIRTHDAY)
    if kings_day.weekday() == SUNDAY:
        kings_day -= DAY
    fixed = [date(year, *day) for day in (NEW_YEAR, LIBERATION, CHRISTMAS, BOXING_DAY)]
    easter = _easter(year)
    return frozenset([*fixed, kings_day, *(easter + DAY * days for days in FROM_EASTER)])


def _easter(year: int) -> date:
    """Easter Sunday, Gregorian (Meeus, Astronomical Algorithms, chapter 8)."""
    moon = year % 19
    century, in_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    drift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * moon + century - leaps - drift + 15) % 30
    weekday = (32 + 2 * rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (moon + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)

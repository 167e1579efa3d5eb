"""When a message goes: at once when urgent, else outside quiet hours and, if wished, daily."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from outreach.clock import AMSTERDAM


@dataclass(frozen=True)
class Wish:
    """What somebody chose, as wall-clock times of Amsterdam; None where they chose nothing."""

    quiet: tuple[time, time] | None = None
    daily_at: time | None = None


# Who chose nothing hears of what can wait once a day, before the work begins.
MORNING = time(8, 30)


def first_moment(at: datetime, wish: Wish, *, urgent: bool) -> datetime:
    """The first instant from `at` on at which this may go."""
    if urgent:
        return at
    moment = at if wish.daily_at is None else _next(wish.daily_at, at)
    return after_quiet(moment, wish)


def after_quiet(at: datetime, wish: Wish) -> datetime:
    """`at` itself, or the end of the quiet hours it falls in."""
    if wish.quiet is None or not _is_within(at, *wish.quiet):
        return at
    _, until = wish.quiet
    ends = [end for end in _occurrences(until, at) if not _is_within(end, *wish.quiet)]
    return min(ends)


def _next(wall: time, at: datetime) -> datetime:
    return min(_occurrences(wall, at))


def _occurrences(wall: time, at: datetime) -> list[datetime]:
    """When the clock shows this time, from `at` on (UTC); twice in the night it is set back.

    In the night it is set forward it may not show it at all: then an hour later counts.
    """
    first = at.astimezone(AMSTERDAM).date()
    days = (first + timedelta(days=more) for more in range(3))
    return [instant for day in days for instant in _on(day, wall) if instant >= at]


def _on(day: date, wall: time) -> list[datetime]:
    said = datetime.combine(day, wall, AMSTERDAM)
    found = [said.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return [instant for instant in found if _shown(instant) >= wall]


def _is_within(at: datetime, begin: time, end: time) -> bool:
    shown = _shown(at)
    if begin <= end:
        return begin <= shown < end
    return shown >= begin or shown < end


def _shown(at: datetime) -> time:
    return at.astimezone(AMSTERDAM).time().replace(fold=0)

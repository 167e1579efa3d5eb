"""Until when a pair is out, and from when on somebody must hear that nobody heard of them."""

from datetime import UTC, date, datetime, time, timedelta

from outreach.clock import AMSTERDAM, DayPart

# When a round of a day part should be over. An evening has no end of its own: nobody rings later.
ENDS = {DayPart.MORNING: "12:00", DayPart.AFTERNOON: "18:00", DayPart.EVENING: "22:00"}


def end_of(day_part: str) -> str:
    """The wall clock at which a round of this day part should be over: "18:00"."""
    return ENDS[DayPart(day_part)]


def later_of(one: str, other: str) -> str:
    """The later of two wall clocks of one day."""
    return max(one, other)


def instant(day: date, wall: str) -> datetime:
    """When Amsterdam's clock shows this on a day (UTC)."""
    return datetime.combine(day, time.fromisoformat(wall), AMSTERDAM).astimezone(UTC)


def due(day: date, until: str, last_contact_at: datetime, minutes: int) -> datetime:
    """So many minutes after the end, or after the last contact where that was later."""
    return max(instant(day, until), last_contact_at) + timedelta(minutes=minutes)

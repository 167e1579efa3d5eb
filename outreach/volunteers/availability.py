"""When somebody can walk: their weekly day parts, less the days on which they are away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists

from outreach.access.models import Account
from outreach.access.scope import volunteers_of
from outreach.volunteers.models import VolunteerAbsence, VolunteerDayPart


@dataclass(frozen=True)
class Week:
    """The weekly day parts of one volunteer (weekday 1 is Monday), and when they are away."""

    day_parts: Collection[tuple[int, str]] = ()
    away: Collection[tuple[date, date]] = ()


def can_walk(week: Week, on: date, day_part: str) -> bool:
    """Whether this is one of their day parts, and no absence covers the day."""
    is_away = any(first <= on <= last for first, last in week.away)
    return not is_away and (on.isoweekday(), day_part) in week.day_parts


def available(municipality_id: str, on: date, day_part: str) -> Select[str]:
    """Ids of the active volunteers who can walk then: the rule of `can_walk`, in the database.

    It does not say whether they may: that is for `clearance`, `avoiding` and `mentoring`.
    """
    usual = exists().where(
        VolunteerDayPart.account_id == Account.id,
        VolunteerDayPart.weekday == on.isoweekday(),
        VolunteerDayPart.day_part == day_part,
    )
    away = exists().where(
        VolunteerAbsence.account_id == Account.id,
        VolunteerAbsence.first_day <= on,
        VolunteerAbsence.last_day >= on,
    )
    return volunteers_of(municipality_id).where(usual, ~away).with_only_columns(Account.id)

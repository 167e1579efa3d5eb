"""How long a household may wait once it asked for help with debts.

A first talk within four weeks, within three working days where something threatens
(Wet gemeentelijke schuldhulpverlening, article 4). The only place that reckons this clock: inbox
and dossier show what it says.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from outreach.handover.workdays import is_workday, workday_after, workdays_between

WITHIN = timedelta(weeks=4)
CRISIS_WORKDAYS = 3
DAY = timedelta(days=1)


@dataclass(frozen=True)
class FirstTalk:
    """The last day for it, and the working days left; late: calendar days past, below zero."""

    by: date
    left: int


def first_talk(asked_on: date, *, crisis: bool, on: date) -> FirstTalk:
    """The clock as it stands `on` a day, for what was asked on another."""
    by = last_day(asked_on, crisis=crisis)
    left = (by - on).days if by < on else workdays_between(on, by)
    return FirstTalk(by, left)


def last_day(asked_on: date, *, crisis: bool) -> date:
    """The last day on which the first talk is in time.

    Four weeks that end on a day off end on the next working day (Algemene termijnenwet, article 1).
    """
    if crisis:
        return workday_after(asked_on, CRISIS_WORKDAYS)
    by = asked_on + WITHIN
    while not is_workday(by):
        by += DAY
    return by

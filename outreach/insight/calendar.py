"""A campaign by the day: letters out, from when one may ring, rounds, aftercare, the end.

Counts only: no door and no name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.insight.ringing import first_ringing_day
from outreach.letters.models import PrintRun
from outreach.letters.writing import letter_of
from outreach.plans.models import Aftercare
from outreach.visits.models import Round, Stop
from outreach.visits.retention import KEPT_DAYS
from outreach.visits.words import DAY_PARTS


@dataclass(frozen=True)
class Entry:
    """One thing on one day. `day_part` is '' unless it is about rounds.

    `count`: letters, pairs or calls; `doors`: of the rounds of that day part.
    """

    day: date
    kind: str
    day_part: str = ""
    count: int = 0
    doors: int = 0


def calendar(campaign: Campaign) -> dict[str, Any]:
    """Every entry in order of the day, and the first and the last of the months to show."""
    entries = sorted(
        [*_letters(campaign), *_milestones(campaign), *_rounds(campaign), *_aftercare(campaign)],
        key=lambda entry: (entry.day, entry.kind, _order(entry.day_part)),
    )
    days = [entry.day for entry in entries]
    return {"first": min(days), "last": max(days), "entries": entries}


def _order(day_part: str) -> int:
    return DAY_PARTS.index(day_part) if day_part else 0


def _milestones(campaign: Campaign) -> Iterator[Entry]:
    yield Entry(campaign.starts_on, "start")
    yield Entry(campaign.ends_on, "end")
    yield Entry(campaign.ends_on + KEPT_DAYS + timedelta(days=1), "forgotten")
    first = first_ringing_day(campaign, letter_of(campaign))
    if first is not None:
        yield Entry(first, "first_ringing_day")


def _letters(campaign: Campaign) -> Iterator[Entry]:
    """A run on the day it went out; letters that somebody else printed on the campaign's own."""
    rows = (
        select(PrintRun.sent_on, func.sum(PrintRun.letters))
        .where(PrintRun.campaign_id == campaign.id, PrintRun.sent_on.is_not(None))
        .group_by(PrintRun.sent_on)
    )
    found = {day: count for day, count in db.session.execute(rows) if day is not None}
    if campaign.letter_on is not None:
        found.setdefault(campaign.letter_on, 0)
    for day, letters in found.items():
        yield Entry(day, "letters", count=letters)


def _rounds(campaign: Campaign) -> Iterator[Entry]:
    doors = (
        select(Stop.round_id, func.count().label("doors")).group_by(Stop.round_id).subquery("doors")
    )
    key = (Round.date, Round.day_part)
    rows = (
        select(*key, func.count(), func.coalesce(func.sum(doors.c.doors), 0))
        .outerjoin(doors, doors.c.round_id == Round.id)
        .where(Round.campaign_id == campaign.id)
        .group_by(*key)
    )
    for day, day_part, pairs, there in db.session.execute(rows):
        yield Entry(day, "rounds", day_part, pairs, there)


def _aftercare(campaign: Campaign) -> Iterator[Entry]:
    rows = (
        select(Aftercare.due_on, func.count())
        .where(Aftercare.campaign_id == campaign.id, Aftercare.closed_at.is_(None))
        .group_by(Aftercare.due_on)
    )
    for day, count in db.session.execute(rows):
        yield Entry(day, "aftercare", count=count)

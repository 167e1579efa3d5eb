"""Are there enough volunteers? A plain estimate, with every number that it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.scope import volunteers_in
from outreach.campaigns.models import Campaign
from outreach.clock import DayPart, today
from outreach.db import db
from outreach.volunteers.availability import Week, can_walk
from outreach.volunteers.clearance import cleared_until
from outreach.volunteers.mentoring import is_mentor, is_new
from outreach.volunteers.models import VolunteerAbsence, VolunteerDayPart, VolunteerProfile

PAIR = 2


@dataclass(frozen=True)
class Assumptions:
    """What we reckon with, as campaigns went before; said on screen beside the answer.

    `rings`: how often a door is rung on average; `ring_minutes`: walking there and ringing;
    `talks`: of a hundred doors; `day_part_minutes`: what remains of a day part after setting out,
    the pause at the base and coming back.
    """

    rings: float = 1.6
    ring_minutes: int = 5
    talks: int = 10
    talk_minutes: int = 45
    day_part_minutes: int = 150


ASSUMED = Assumptions()


def day_parts_needed(doors: int, assumed: Assumptions = ASSUMED) -> int:
    """How many day parts one pair needs for so many doors."""
    minutes = doors * assumed.rings * assumed.ring_minutes
    minutes += doors * assumed.talks / 100 * assumed.talk_minutes
    return ceil(minutes / assumed.day_part_minutes)


@dataclass(frozen=True)
class Walker:
    """When somebody can and may walk."""

    week: Week
    cleared_from: date
    cleared_until: date
    is_new: bool
    is_mentor: bool

    def walks(self, on: date, day_part: str) -> bool:
        """Whether they can, and may, go to a door then."""
        return self.cleared_from <= on <= self.cleared_until and can_walk(self.week, on, day_part)


def pairs_among(walkers: Sequence[Walker]) -> int:
    """How many pairs can walk at once: who is new goes with a mentor only, one mentor a pair."""
    new = sum(walker.is_new for walker in walkers)
    mentors = sum(walker.is_mentor for walker in walkers)
    guided = min(new, mentors)
    return guided + (len(walkers) - new - guided) // PAIR


def day_parts_there(walkers: Sequence[Walker], first: date, last: date) -> int:
    """Pairs times day parts, from the first day up to and including the last."""
    return sum(
        pairs_among([walker for walker in walkers if walker.walks(on, part.value)])
        for on in _days(first, last)
        for part in DayPart
    )


def estimate(actor: Actor, campaign: Campaign, doors: int, first: date) -> dict[str, Any]:
    """The answer with its numbers, as EstimateOut shows it; `first`: from when one may ring."""
    walkers = walkers_of(actor, campaign.district_id)
    first = max(first, campaign.starts_on, today())
    return {
        "doors": doors,
        "needed": day_parts_needed(doors),
        "there": day_parts_there(walkers, first, campaign.ends_on),
        "volunteers": len(walkers),
        "new": sum(walker.is_new for walker in walkers),
        "mentors": sum(walker.is_mentor for walker in walkers),
        **asdict(ASSUMED),
    }


def walkers_of(actor: Actor, district_id: str) -> list[Walker]:
    """Who may go to a door in this district at some time from today on."""
    accounts = list(db.session.scalars(volunteers_in(actor, district_id)))
    ids = [account.id for account in accounts]
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id.in_(ids))
    profiles = {row.account_id: row for row in db.session.scalars(rows)}
    weeks = _weeks(ids)
    found = []
    for account in accounts:
        profile = profiles.get(account.id)
        until = cleared_until(profile)
        if profile is None or until is None or until < today():
            continue
        new, mentor = is_new(account, profile), is_mentor(account, profile)
        since = profile.certificate_date or today()
        found.append(Walker(weeks[account.id], since, until, new, mentor))
    return found


def _weeks(ids: Sequence[str]) -> dict[str, Week]:
    parts: dict[str, list[tuple[int, str]]] = {one: [] for one in ids}
    away: dict[str, list[tuple[date, date]]] = {one: [] for one in ids}
    usual = select(VolunteerDayPart).where(VolunteerDayPart.account_id.in_(ids))
    for row in db.session.scalars(usual):
        parts[row.account_id].append((row.weekday, row.day_part))
    absent = select(VolunteerAbsence).where(VolunteerAbsence.account_id.in_(ids))
    for absence in db.session.scalars(absent):
        away[absence.account_id].append((absence.first_day, absence.last_day))
    return {one: Week(parts[one], away[one]) for one in ids}


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)

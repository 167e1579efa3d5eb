"""What a campaign still needs: a list of points, each with how it stands and where it is mended.

Nothing here stops anybody. A word and numbers go to the screen, which has the sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, func, select

from outreach.access.actor import Actor
from outreach.access.models import Municipality
from outreach.campaigns.areas import doors_of
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.campaigns.planning import DRAFT
from outreach.clock import today
from outreach.db import db
from outreach.guides.models import ConsentText, Guide
from outreach.insight import enough
from outreach.insight.figures import best_day_part, kept_figures
from outreach.insight.ringing import first_ringing_day, waiting_days
from outreach.letters.models import Letter, PrintRun
from outreach.letters.writing import letter_of
from outreach.visits.histories import Asked, read_doors
from outreach.visits.selection import is_to_do

SHORTEST = timedelta(days=13)
Numbers = dict[str, Any]


class State(StrEnum):
    """How a point stands: good, not there, or there but worth a look."""

    OK = "ok"
    MISSING = "missing"
    LOOK = "look"


class Place(StrEnum):
    """The form in which a point is mended."""

    CAMPAIGN = "campaign"
    BASE = "base"
    LETTER = "letter"
    PRINTING = "printing"
    VOLUNTEERS = "volunteers"
    MUNICIPALITY = "municipality"
    FIGURES = "figures"


@dataclass(frozen=True)
class Point:
    """One line of the wizard. `word` says which of its sentences; `numbers` fill that in."""

    key: str
    state: State
    word: str
    place: Place
    numbers: Numbers = field(default_factory=dict)


def readiness(actor: Actor, campaign: Campaign) -> dict[str, Any]:
    """All points in the order in which one goes about it, and the estimate of volunteers."""
    letter = letter_of(campaign)
    doors = read_doors(Asked(campaign, today()))
    to_do = sum(is_to_do(door) or door.planned for _, door in doors)
    first = first_ringing_day(campaign, letter) or campaign.starts_on
    estimate = enough.estimate(actor, campaign, to_do, first)
    points = [
        _period(campaign),
        _doors(campaign),
        *_texts(campaign),
        *_base(campaign),
        _incentive(campaign),
        Point("aftercare", State.OK, "ok", Place.CAMPAIGN, {"count": campaign.aftercare_weeks}),
        _letter(campaign, letter),
        *_printing(campaign, letter),
        *_people(estimate),
        _phone(campaign),
        *_hint(campaign),
    ]
    return {
        "points": [_shown(point, campaign) for point in points],
        "to_mend": sum(point.state != State.OK for point in points),
        "estimate": estimate,
    }


def _shown(point: Point, campaign: Campaign) -> dict[str, Any]:
    """A campaign that is published is no longer changed: then no form mends it."""
    fixed = point.place == Place.CAMPAIGN and campaign.state != DRAFT
    return {
        "key": point.key,
        "state": point.state,
        "word": point.word,
        "place": None if fixed else point.place,
        "numbers": point.numbers,
    }


def _period(campaign: Campaign) -> Point:
    days = (campaign.ends_on - campaign.starts_on).days + 1
    numbers = {"count": days}
    if campaign.ends_on < today():
        return Point("period", State.MISSING, "over", Place.CAMPAIGN, numbers)
    if campaign.state == DRAFT and campaign.starts_on < today():
        return Point("period", State.LOOK, "begun", Place.CAMPAIGN, numbers)
    if campaign.ends_on - campaign.starts_on < SHORTEST:
        return Point("period", State.LOOK, "short", Place.CAMPAIGN, numbers)
    return Point("period", State.OK, "ok", Place.CAMPAIGN, numbers)


def _doors(campaign: Campaign) -> Point:
    doors = doors_of([campaign.area_id]).get(campaign.area_id, 0)
    state, word = (State.OK, "ok") if doors else (State.MISSING, "none")
    return Point("doors", state, word, Place.CAMPAIGN, {"count": doors})


def _texts(campaign: Campaign) -> Iterator[Point]:
    """A campaign has both; whether a newer version has come since is worth a look."""
    for key, table, chosen in (
        ("guide", Guide, campaign.guide_id),
        ("consent_text", ConsentText, campaign.consent_text_id),
    ):
        row: Any = db.session.get_one(table, chosen)
        newer = exists().where(
            table.municipality_id == row.municipality_id,
            table.key == row.key,
            table.published_at > row.published_at,
        )
        is_old = bool(db.session.scalar(select(newer)))
        state, word = (State.LOOK, "newer") if is_old else (State.OK, "ok")
        yield Point(key, state, word, Place.CAMPAIGN, {"version": row.version})


def _base(campaign: Campaign) -> Iterator[Point]:
    base = db.session.get_one(BaseLocation, campaign.base_location_id)
    for name in ("address", "opening_hours", "attended_by"):
        said = getattr(base, name)
        state, word = (State.OK, "ok") if said else (State.MISSING, "none")
        yield Point(f"base_{name}", state, word, Place.BASE, {"name": base.name, "said": said})


def _incentive(campaign: Campaign) -> Point:
    said = campaign.incentive
    state, word = (State.OK, "ok") if said else (State.LOOK, "none")
    return Point("incentive", state, word, Place.CAMPAIGN, {"said": said})


def _letter(campaign: Campaign, letter: Letter | None) -> Point:
    if letter is None:
        return Point("letter", State.MISSING, "none", Place.LETTER)
    numbers = {"said": letter.recognition_word}
    used = exists().where(
        Letter.municipality_id == campaign.municipality_id,
        Letter.campaign_id != campaign.id,
        func.lower(Letter.recognition_word) == letter.recognition_word.lower(),
    )
    if db.session.scalar(select(used)):
        return Point("letter", State.LOOK, "same_word", Place.LETTER, numbers)
    return Point("letter", State.OK, "ok", Place.LETTER, numbers)


def _printing(campaign: Campaign, letter: Letter | None) -> Iterator[Point]:
    rows = select(PrintRun).where(
        PrintRun.campaign_id == campaign.id, PrintRun.finished_at.is_not(None)
    )
    runs = list(db.session.scalars(rows))
    letters = sum(run.letters for run in runs)
    state, word = (State.OK, "ok") if runs else (State.MISSING, "none")
    yield Point("printed", state, word, Place.PRINTING, {"count": letters})
    yield _sent(campaign, letter, any(run.sent_on is None for run in runs))


def _sent(campaign: Campaign, letter: Letter | None, some_wait: bool) -> Point:
    numbers: dict[str, Any] = {"count": waiting_days(letter)}
    if campaign.letter_on is None:
        return Point("sent", State.MISSING, "none", Place.PRINTING, numbers)
    numbers |= {"day": campaign.letter_on.isoformat()}
    earliest = campaign.letter_on + timedelta(days=waiting_days(letter))
    numbers |= {"earliest": earliest.isoformat()}
    if earliest > campaign.starts_on:
        return Point("sent", State.LOOK, "late", Place.PRINTING, numbers)
    if some_wait:
        return Point("sent", State.LOOK, "some", Place.PRINTING, numbers)
    return Point("sent", State.OK, "ok", Place.PRINTING, numbers)


def _people(estimate: Numbers) -> Iterator[Point]:
    numbers = {name: estimate[name] for name in ("doors", "needed", "there", "volunteers")}
    if not estimate["volunteers"]:
        yield Point("volunteers", State.MISSING, "none", Place.VOLUNTEERS, numbers)
        return
    is_enough = estimate["there"] >= estimate["needed"]
    state, word = (State.OK, "ok") if is_enough else (State.LOOK, "few")
    yield Point("volunteers", state, word, Place.VOLUNTEERS, numbers)
    yield _mentors({name: estimate[name] for name in ("new", "mentors")})


def _mentors(numbers: Numbers) -> Point:
    if not numbers["new"]:
        return Point("mentors", State.OK, "nobody_new", Place.VOLUNTEERS, numbers)
    if not numbers["mentors"]:
        return Point("mentors", State.MISSING, "none", Place.VOLUNTEERS, numbers)
    state, word = (State.OK, "ok") if numbers["mentors"] >= numbers["new"] else (State.LOOK, "few")
    return Point("mentors", state, word, Place.VOLUNTEERS, numbers)


def _phone(campaign: Campaign) -> Point:
    said = db.session.get_one(Municipality, campaign.municipality_id).duty_phone
    state, word = (State.OK, "ok") if said else (State.MISSING, "none")
    return Point("phone", state, word, Place.MUNICIPALITY, {"said": said})


def _hint(campaign: Campaign) -> Iterator[Point]:
    """When most people opened last time, if the figures of then may say so."""
    if campaign.copied_from_id is None:
        return
    before = db.session.get(Campaign, campaign.copied_from_id)
    best = best_day_part(kept_figures(before)) if before else None
    if best is not None:
        yield Point("hint", State.OK, best, Place.FIGURES)

"""The weeks behind us: rounds, about a thousand attempts, forty talks, twenty hand-overs."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from outreach.access.models import Account
from outreach.campaigns.models import Campaign
from outreach.clock import AMSTERDAM, new_id
from outreach.db import db
from outreach.demo.people import People
from outreach.demo.town import Place
from outreach.territory.models import Address
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop

DAY_PARTS = ("afternoon", "evening", "morning")
HOURS = {"morning": 10, "afternoon": 14, "evening": 19}
DOORS_A_ROUND = 24
WEEKS = 8
NOTED = 0.95  # the others talked without a word on paper
# What comes of a door that opens; talks are dealt out apart so that their number is known.
OPENED = (
    ("refused", 55),
    ("spoke_briefly", 30),
    ("later", 6),
    ("someone_else", 6),
    ("other_language", 3),
)


@dataclass
class Past:
    """What the past left behind: stops where a talk was held, and doors still to do."""

    talks: list[tuple[Stop, Round, Account]] = field(default_factory=list)
    to_do: list[Address] = field(default_factory=list)


def build_past(
    place: Place, people: People, campaign: Campaign, today: date, source: random.Random
) -> Past:
    """Walk the whole district three times, each time at another day part."""
    past = Past()
    doors = list(place.addresses)
    kept_for_today = set(source.sample(range(len(doors)), 2 * DOORS_A_ROUND))
    past.to_do = [doors[i] for i in sorted(kept_for_today)]
    fates = _fates(doors, past.to_do, source)
    pairs = [people.volunteers[i : i + 2] for i in range(0, len(people.volunteers), 2)]
    for sweep, day_part in enumerate(DAY_PARTS):
        batch = [door for door in doors if fates[door.id].tries > sweep]
        for number, start in enumerate(range(0, len(batch), DOORS_A_ROUND)):
            weeks_back = WEEKS - sweep * 3 - number // 6
            on = today - timedelta(days=7 * weeks_back + number % 5)
            _walk(
                campaign,
                pairs[(number + sweep) % len(pairs)],
                batch[start : start + DOORS_A_ROUND],
                (on, day_part),
                (sweep, fates, past),
            )
    db.session.flush()
    return past


@dataclass
class Fate:
    """How often a door was tried, and what the last try brought."""

    tries: int
    last: str


def _fates(
    doors: Sequence[Address], to_do: Sequence[Address], source: random.Random
) -> dict[str, Fate]:
    """Half of the doors open at some try; one in ten leads to a talk."""
    waiting = {door.id for door in to_do}
    others = [door for door in doors if door.id not in waiting]
    source.shuffle(others)
    talks, opened = len(doors) // 10, len(doors) // 2
    outcomes = [word for word, _ in OPENED]
    weights = [weight for _, weight in OPENED]
    fates = {door.id: Fate(source.choice((1, 2)), "not_home") for door in to_do}
    for place, door in enumerate(others):
        if place < talks:
            # The last talks are recent, so that plans still wait for their aftercare.
            last = "conversation" if source.random() < NOTED else "conversation_without_notes"
            fates[door.id] = Fate(source.choice((1, 2, 3, 3)), last)
        elif place < opened:
            last = source.choices(outcomes, weights)[0]
            fates[door.id] = Fate(source.choice((1, 2, 2, 3)), last)
        else:
            fates[door.id] = Fate(3, "not_home")
    return fates


def _walk(
    campaign: Campaign,
    pair: Sequence[Account],
    doors: Sequence[Address],
    when: tuple[date, str],
    story: tuple[int, dict[str, Fate], Past],
) -> None:
    on, day_part = when
    sweep, fates, past = story
    round_, stops = make_round(campaign, pair, doors, on, day_part, "closed")
    for place, (stop, door) in enumerate(zip(stops, doors, strict=True)):
        fate = fates[door.id]
        outcome = fate.last if fate.tries == sweep + 1 else "not_home"
        recorder = pair[place % 2]
        _attempt(campaign, stop, round_, recorder, outcome)
        if outcome == "conversation":
            past.talks.append((stop, round_, recorder))


def make_round(
    campaign: Campaign,
    pair: Sequence[Account],
    doors: Sequence[Address],
    on: date,
    day_part: str,
    state: str,
) -> tuple[Round, list[Stop]]:
    """A round with its pair and its stops in walking order."""
    here = campaign.municipality_id
    published = datetime.combine(on - timedelta(days=2), time(9), AMSTERDAM)
    round_ = Round(
        id=new_id(),
        municipality_id=here,
        campaign_id=campaign.id,
        base_location_id=campaign.base_location_id,
        date=on,
        day_part=day_part,
        state=state,
        published_at=None if state == "draft" else published,
        closed_at=moment(on, day_part) + timedelta(hours=3) if state == "closed" else None,
    )
    db.session.add(round_)
    db.session.flush()
    for account in pair:
        db.session.add(
            RoundMember(
                id=new_id(), municipality_id=here, round_id=round_.id, account_id=account.id
            )
        )
    return round_, _stops(round_, doors)


def _stops(round_: Round, doors: Sequence[Address]) -> list[Stop]:
    stops = [
        Stop(
            id=new_id(),
            municipality_id=round_.municipality_id,
            round_id=round_.id,
            address_id=door.id,
            position=position,
            attempt_id=new_id(),
            household_id=new_id(),
            conversation_id=new_id(),
            plan_id=new_id(),
        )
        for position, door in enumerate(doors)
    ]
    db.session.add_all(stops)
    db.session.flush()
    return stops


def moment(on: date, day_part: str) -> datetime:
    """An hour within a day part in Amsterdam."""
    return datetime.combine(on, time(HOURS[day_part]), AMSTERDAM)


def _attempt(
    campaign: Campaign, stop: Stop, round_: Round, recorder: Account, outcome: str
) -> None:
    at = moment(round_.date, round_.day_part)
    details: dict[str, str] = {}
    if outcome == "refused":
        details = {"scope": "campaign"}
    elif outcome == "later":
        details = {"date": (round_.date + timedelta(days=7)).isoformat(), "day_part": "evening"}
    elif outcome == "other_language":
        details = {"language": "pl"}
    db.session.add(
        ContactAttempt(
            id=stop.attempt_id,
            municipality_id=campaign.municipality_id,
            campaign_id=campaign.id,
            address_id=stop.address_id,
            stop_id=stop.id,
            reached=outcome != "not_home",
            date=round_.date,
            day_part=round_.day_part,
            outcome=outcome,
            details=details,
            recorded_by=recorder.id,
            made_at=at,
            received_at=at + timedelta(hours=2),
        )
    )

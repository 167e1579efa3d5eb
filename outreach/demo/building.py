"""The whole demo, the same for the same seed and day."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from outreach import clock
from outreach.audit import trail
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.clock import AMSTERDAM, new_id, now
from outreach.db import METADATA, db
from outreach.demo.handovers import hand_over, see_to_debts
from outreach.demo.past import WEEKS, Past, build_past, make_round
from outreach.demo.people import People, build_people
from outreach.demo.profiles import build_profiles
from outreach.demo.stories import STORIES
from outreach.demo.talks import Talk, hold_talk
from outreach.demo.town import Place, build_place
from outreach.guides.models import ConsentText, Guide
from outreach.guides.publishing import publish_packaged
from outreach.territory.models import Address


def reset(seed: int, today: date) -> None:
    """Empty the database and make the demo anew. Every run with the same arguments is equal."""
    for table in reversed(METADATA.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    source = clock.replay(seed, datetime.combine(today, time(8), AMSTERDAM))
    try:
        place = build_place(source)
        people = build_people(place, source)
        campaign = _campaign(place, today)
        past = build_past(place, people, campaign, today, source)
        _talks(place, people, campaign, past)
        see_to_debts(people, today)
        _today(campaign, people, past.to_do, today)
        build_profiles(people, today)
        trail.note(place.municipality.id, None, "demo.reset", "municipality", place.municipality.id)
        db.session.commit()
    finally:
        clock.release()


def _campaign(place: Place, today: date) -> Campaign:
    here = place.municipality.id
    publish_packaged(here)
    base = BaseLocation(
        id=new_id(),
        municipality_id=here,
        district_id=place.district.id,
        name="Buurthuis De Schakel",
        address="Wilgenhof 1, Wilgendam",
        opening_hours="ma-do 9-21 uur",
    )
    db.session.add(base)
    db.session.flush()
    campaign = Campaign(
        id=new_id(),
        municipality_id=here,
        district_id=place.district.id,
        area_id=place.area.id,
        guide_id=db.session.scalars(select(Guide.id)).one(),
        consent_text_id=db.session.scalars(select(ConsentText.id)).one(),
        base_location_id=base.id,
        name="De Wilgen",
        kind="preventive",
        state="published",
        starts_on=today - timedelta(weeks=WEEKS + 1),
        ends_on=today + timedelta(weeks=8),
        letter_on=today - timedelta(weeks=WEEKS + 2),
        aftercare_weeks=6,
        created_at=now() - timedelta(weeks=WEEKS + 3),
    )
    db.session.add(campaign)
    db.session.flush()
    return campaign


def _talks(place: Place, people: People, campaign: Campaign, past: Past) -> None:
    """Every other talk was handed over; the oldest first, so that the newest wait."""
    handed = 0
    for number, (stop, round_, recorder) in enumerate(
        sorted(past.talks, key=lambda found: (found[1].date, found[0].id))
    ):
        story = STORIES[number % len(STORIES)]
        talk = Talk(campaign, place, stop, round_, recorder, story, handed_over=number % 2 == 0)
        consent = hold_talk(talk)
        if consent:
            hand_over(talk, consent, people, handed)
            handed += 1
    db.session.flush()


def _today(campaign: Campaign, people: People, to_do: list[Address], today: date) -> None:
    """Two rounds to walk today."""
    half = len(to_do) // 2
    make_round(campaign, people.volunteers[0:2], to_do[:half], today, "afternoon", "published")
    make_round(campaign, people.volunteers[2:4], to_do[half:], today, "evening", "published")

"""What of rounds and stops a phone gets: only its own, only what today needs, in few queries."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from outreach.access.actor import actor_of
from outreach.campaigns.models import Campaign
from outreach.clock import AMSTERDAM, new_id, now, today
from outreach.db import db
from outreach.visits.dossiers import round_dossiers, stop_dossiers
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop
from outreach.visits.scope import own_stops, phone_rounds
from tests.factories.town import Town, build_town
from tests.visits.phone import Phone


def another_round(town: Town, on_days_ago: int, day_part: str, outcome: str) -> Stop:
    """A closed round of some days ago, in which the first door got an outcome."""
    here, member = town.municipality.id, town.person("mentor").id
    round_ = Round(
        id=new_id(),
        municipality_id=here,
        campaign_id=town.campaign.id,
        base_location_id=town.base.id,
        date=today() - timedelta(days=on_days_ago),
        day_part=day_part,
        state="closed",
        closed_at=now() - timedelta(days=on_days_ago),
    )
    db.session.add(round_)
    db.session.flush()
    db.session.add(
        RoundMember(id=new_id(), municipality_id=here, round_id=round_.id, account_id=member)
    )
    reserved = ("attempt_id", "household_id", "conversation_id", "plan_id")
    stop = Stop(
        id=new_id(),
        municipality_id=here,
        round_id=round_.id,
        address_id=town.addresses[0].id,
        position=0,
        **{name: new_id() for name in reserved},
    )
    db.session.add(stop)
    db.session.flush()
    db.session.add(an_attempt(round_, stop, outcome, by=member))
    db.session.flush()
    return stop


def an_attempt(round_: Round, stop: Stop, outcome: str, by: str) -> ContactAttempt:
    """What somebody recorded at a stop, when the round was planned."""
    return ContactAttempt(
        id=stop.attempt_id,
        municipality_id=stop.municipality_id,
        campaign_id=round_.campaign_id,
        address_id=stop.address_id,
        stop_id=stop.id,
        reached=False,
        date=round_.date,
        day_part=round_.day_part,
        outcome=outcome,
        recorded_by=by,
        made_at=now(),
        received_at=now(),
    )


def test_a_round_is_as_the_contract_says(town: Town) -> None:
    actor = actor_of(town.person("volunteer"))
    body = round_dossiers(actor, [town.round.id])[town.round.id]
    campaign = town.campaign
    assert campaign.letter_on is not None
    assert body == {
        "date": town.round.date.isoformat(),
        "day_part": "afternoon",
        "state": "published",
        "campaign": {
            "id": campaign.id,
            "name": "Voorjaar",
            "letter_on": campaign.letter_on.isoformat(),
            "ends_on": campaign.ends_on.isoformat(),
            "aftercare_weeks": 6,
            "guide_id": town.guide.id,
            "consent_text_id": town.consent_text.id,
        },
        "base": {"name": "De Schakel", "address": "", "opening_hours": ""},
        "pair": [
            {"id": town.person("partner_of_pair").id, "first_name": "Partner Of Pair"},
            {"id": town.person("volunteer").id, "first_name": "Volunteer"},
        ],
        "stops": [{"id": stop.id, "position": stop.position} for stop in town.stops],
    }


def test_a_stop_is_as_the_contract_says(town: Town) -> None:
    stop, address = town.stops[5], town.addresses[5]
    assert Phone(town.person("volunteer")).read(stop) == {
        "round_id": town.round.id,
        "position": 5,
        "address": {
            "id": address.id,
            "street": "Wilgenhof",
            "number": "15",
            "postcode": address.postcode,
            "city": "Wilgendam",
            "entrance": "Hof",
        },
        "reserved": {
            "attempt_id": stop.attempt_id,
            "household_id": stop.household_id,
            "conversation_id": stop.conversation_id,
            "plan_id": stop.plan_id,
        },
        "split_of": None,
        "attempt": None,
        "earlier": [],
        "notices": [],
        "hold": None,
        "appointment": None,
        "left": False,
        "differences": [],
    }


def test_earlier_attempts_are_a_moment_and_a_word_newest_first(town: Town) -> None:
    for days, part, outcome in ((3, "evening", "not_home"), (3, "morning", "no_access")):
        another_round(town, days, part, outcome)
    another_round(town, 2, "morning", "")
    another_round(town, 1, "morning", "leaflet")
    day = [(today() - timedelta(days=days)).isoformat() for days in range(4)]
    assert Phone(town.person("volunteer")).read(town.stops[0])["earlier"] == [
        {"date": day[1], "day_part": "morning", "outcome": "leaflet"},
        {"date": day[3], "day_part": "evening", "outcome": "not_home"},
        {"date": day[3], "day_part": "morning", "outcome": "no_access"},
    ]


def test_a_round_does_not_show_what_came_after_it(town: Town) -> None:
    before = another_round(town, 1, "morning", "not_home")
    Phone(town.person("volunteer")).record(town.stops[0], "refused", scope="campaign")
    assert Phone(town.person("mentor")).read(before)["earlier"] == []


def test_another_campaigns_attempts_are_not_shown(town: Town) -> None:
    stop = another_round(town, 1, "morning", "not_home")
    names = [column.key for column in Campaign.__table__.columns]
    other = Campaign(**{name: getattr(town.campaign, name) for name in names} | {"id": new_id()})
    db.session.add(other)
    db.session.flush()
    phone = Phone(town.person("volunteer"))
    assert len(phone.read(town.stops[0])["earlier"]) == 1
    db.session.get_one(ContactAttempt, stop.attempt_id).campaign_id = other.id
    db.session.flush()
    assert phone.read(town.stops[0])["earlier"] == []


@pytest.mark.parametrize("who", ["mentor", "other_volunteer", "supervisor", "coordinator"])
def test_who_is_not_of_the_pair_gets_nothing(town: Town, who: str) -> None:
    actor = actor_of(town.person(who))
    assert round_dossiers(actor, [town.round.id]) == {}
    assert stop_dossiers(actor, [stop.id for stop in town.stops]) == {}
    assert db.session.scalars(own_stops(actor)).first() is None
    assert list(db.session.scalars(phone_rounds(actor))) == []


def test_another_municipality_gets_nothing(town: Town) -> None:
    actor = actor_of(build_town("Oeverdam").person("volunteer"))
    assert stop_dossiers(actor, [stop.id for stop in town.stops]) == {}
    assert town.round not in set(db.session.scalars(phone_rounds(actor)))


def test_a_draft_is_on_no_phone(town: Town) -> None:
    town.round.state = "draft"
    db.session.flush()
    actor = actor_of(town.person("volunteer"))
    assert list(db.session.scalars(phone_rounds(actor))) == []
    assert stop_dossiers(actor, [town.stops[0].id]) == {}


@pytest.mark.parametrize(("days", "is_there"), [(-7, True), (0, True), (1, True), (2, False)])
def test_a_published_round_is_there_until_the_day_after(
    town: Town, days: int, is_there: bool
) -> None:
    town.round.date = today() - timedelta(days=days)
    db.session.flush()
    rounds = list(db.session.scalars(phone_rounds(actor_of(town.person("volunteer")))))
    assert rounds == ([town.round] if is_there else [])


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (1, True), (2, False)])
def test_a_closed_round_leaves_within_a_day(town: Town, days: int, is_there: bool) -> None:
    town.round.state = "closed"
    town.round.date = today() - timedelta(days=20)
    noon = datetime.combine(today(), datetime.min.time(), AMSTERDAM).replace(hour=12)
    town.round.closed_at = noon - timedelta(days=days)
    db.session.flush()
    rounds = list(db.session.scalars(phone_rounds(actor_of(town.person("volunteer")))))
    assert rounds == ([town.round] if is_there else [])


def queries_for(town: Town, stops: list[str]) -> int:
    actor, round_id = actor_of(town.person("volunteer")), town.round.id
    db.session.expunge_all()
    statements: list[str] = []

    def count(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    assert len(stop_dossiers(actor, stops)) == len(stops)
    round_dossiers(actor, [round_id])
    event.remove(db.engine, "before_cursor_execute", count)
    return len(statements)


def test_more_doors_are_not_more_queries(town: Town) -> None:
    phone = Phone(town.person("volunteer"))
    for stop in town.stops:
        phone.record(stop, "refused", scope="campaign")
    db.session.commit()
    ids = [stop.id for stop in town.stops]
    assert queries_for(town, ids) == queries_for(town, ids[:1]) <= 12

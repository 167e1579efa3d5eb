"""The walk list on paper: the doors of one pair, large and tagged, and no more than they need."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from outreach.access.models import Account
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.documents.words import day_in_words
from outreach.letters.models import Letter
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment, DoorNotice
from tests.campaigns.desk import Desk
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, headers_for
from tests.letters.test_paper import embedded
from tests.visits.phone import Phone
from tests.visits.planning import finish

WORD = "zonnebloem"


def _asks(client: FlaskClient, town: Town, person: str = "supervisor") -> Any:
    headers = headers_for(town.person(person))
    return client.post(f"/v1/rounds/{town.round.id}/walk-list", headers=headers)


def _paper(client: FlaskClient, town: Town) -> bytes:
    answer = _asks(client, town)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf"), answer.get_json()
    paper: bytes = answer.get_data()
    return paper


def _words(paper: bytes) -> str:
    pages = PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _numbers(town: Town, words: str) -> list[str]:
    """House numbers of the town that stand on the list; each row has its boxes behind it."""
    found = words.split(" ")
    return [address.number for address in town.addresses if address.number in found]


def _keep(*rows: Any) -> None:
    for row in rows:
        db.session.add(row)
        db.session.flush()
    db.session.commit()


def _gives_word(town: Town) -> None:
    _keep(
        Letter(
            id=new_id(),
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            recognition_word=WORD,
            waiting_days=7,
            changed_at=now(),
        )
    )


def test_the_list_says_when_who_where_and_whom_to_call(client: FlaskClient, town: Town) -> None:
    _gives_word(town)
    supervisor = town.person("supervisor")
    supervisor.first_name, supervisor.phone = "Sofie", "036-5550123"
    db.session.commit()
    words = _words(_paper(client, town))
    told = (
        day_in_words(town.round.date, "nl").capitalize(),
        town.campaign.name,
        "De Schakel",
        "Sofie: 036-5550123",
        WORD,
        "Na de ronde vernietigen",
        *(member.first_name for member in _pair(town)),
    )
    for said in told:
        assert said in words, said
    assert _numbers(town, words) == [address.number for address in town.addresses]
    assert words.count("liever niet") == len(town.stops)


def _pair(town: Town) -> list[Account]:
    ids = [member.account_id for member in town.members()]
    return list(db.session.scalars(select(Account).where(Account.id.in_(ids))))


def test_without_a_supervisors_number_the_municipalitys_own_stands_there(
    client: FlaskClient, town: Town
) -> None:
    for person in town.people.values():
        person.phone = ""
    db.session.commit()
    assert "Wilgendam: 036-5550100" in _words(_paper(client, town))


def test_it_is_tagged_in_its_language_and_its_fonts_are_in_it(
    client: FlaskClient, town: Town
) -> None:
    paper = _paper(client, town)
    root: Any = PdfReader(io.BytesIO(paper)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert embedded(paper) == {True}
    for member in _pair(town):
        member.language = "en"
    db.session.commit()
    other = _paper(client, town)
    assert "How did it go?" in _words(other)
    english: Any = PdfReader(io.BytesIO(other)).root_object
    assert english["/Lang"] == "en"


def test_notices_and_a_promise_for_this_round_stand_with_their_door(
    client: FlaskClient, town: Town
) -> None:
    here, there = town.municipality.id, {"campaign_id": town.campaign.id}
    first, second = town.stops[:2]
    _keep(
        DoorNotice(
            id=new_id(), municipality_id=here, address_id=first.address_id, notice="dog", **there
        ),
        Appointment(
            id=new_id(),
            municipality_id=here,
            address_id=second.address_id,
            kind="later",
            date=town.round.date,
            day_part="afternoon",
            stop_id=second.id,
            **there,
        ),
    )
    words = _words(_paper(client, town))
    assert words.count("hond") == words.count("afspraak middag") == 1


@pytest.mark.parametrize("outcome", ["not_home", "refused"])
def test_a_door_that_was_done_is_not_on_it(
    client: FlaskClient, town: Town, mine: Phone, outcome: str
) -> None:
    if outcome == "refused":
        mine.record(town.stops[0], outcome, scope="campaign")
    else:
        mine.record(town.stops[0], outcome)
    db.session.commit()
    words = _words(_paper(client, town))
    assert _numbers(town, words) == [address.number for address in town.addresses[1:]]


def test_a_door_where_nobody_may_ring_is_not_on_it_nor_why(client: FlaskClient, town: Town) -> None:
    _keep(
        DoorHold(
            id=new_id(),
            municipality_id=town.municipality.id,
            address_id=town.stops[2].address_id,
            campaign_id=None,
            kind="wants_no_visit",
            set_by=town.person("supervisor").id,
            set_at=now(),
        )
    )
    words = _words(_paper(client, town))
    assert town.addresses[2].number not in _numbers(town, words)
    assert "wil geen bezoek" not in words.lower()
    assert "niet bellen" not in words.lower()


def test_a_door_that_left_this_pair_is_not_on_it(
    client: FlaskClient, town: Town, mine: Phone
) -> None:
    mine.say("door.leave", town.stops[1].id, on=True)
    db.session.commit()
    assert town.addresses[1].number not in _numbers(town, _words(_paper(client, town)))


@pytest.fixture
def talk(town: Town) -> Talk:
    """A household behind the first door that told a lot, and a door that asked for a language."""
    told = make_talk(town, 0)
    told.tells_contact()
    told.goal("Rust in de post")
    return told


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["pl", "ar", "uk"]),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=6),
    st.integers(10**8, 10**9 - 1).map(str),
)
def test_nothing_that_a_household_told_is_ever_on_it(
    client: FlaskClient, town: Town, talk: Talk, language: str, name: str, number: str
) -> None:
    talk.household.called_name, talk.household.contact_value = name, number
    Phone(town.person("volunteer")).record(town.stops[1], "other_language", language=language)
    db.session.commit()
    words = _words(_paper(client, town))
    for secret in (name, number, "Rust in de post", "na zessen", f" {language} "):
        assert secret not in words


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_draft_and_a_closed_round_have_no_list(
    client: FlaskClient, town: Town, state: str
) -> None:
    town.round.state = state
    db.session.commit()
    answer = _asks(client, town)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "walk-list-not-published")


def test_when_every_door_is_done_there_is_nothing_to_print(
    client: FlaskClient, town: Town, mine: Phone
) -> None:
    for stop in town.stops:
        mine.record(stop, "not_home")
    db.session.commit()
    answer = _asks(client, town)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "walk-list-empty")


def test_a_second_time_says_that_it_is_the_second(
    client: FlaskClient, town: Town, desk: Desk, mine: Phone
) -> None:
    mine.record(town.stops[0], "not_home", at="morning")
    finish(town)
    body = {
        "date": today().isoformat(),
        "day_part": "evening",
        "pair": [town.person("volunteer").id, town.person("mentor").id],
        "streets": [{"city": "Wilgendam", "street": "Wilgenhof"}],
        "most_doors": 50,
    }
    status, made = desk.post(f"/campaigns/{town.campaign.id}/rounds", body)
    assert status == 201, made
    assert desk.post(f"/rounds/{made['id']}/publication")[0] == 200
    headers = headers_for(town.person("supervisor"))
    answer = client.post(f"/v1/rounds/{made['id']}/walk-list", headers=headers)
    words = _words(answer.get_data())
    assert words.count("2e keer") == 1
    assert words.count("1e keer") == len(town.stops) - 1


def test_who_printed_it_is_in_the_trail_and_not_everybody_may(
    client: FlaskClient, town: Town
) -> None:
    _paper(client, town)
    rows = select(TrailEntry).where(TrailEntry.action == "round.print")
    (entry,) = db.session.scalars(rows)
    assert (entry.object_id, entry.actor_id) == (town.round.id, town.person("supervisor").id)
    assert _asks(client, town, "coordinator").status_code == 200
    for person, status in (("volunteer", 403), ("wijkcoach", 403)):
        assert _asks(client, town, person).status_code == status


def test_a_supervisor_of_another_district_finds_no_such_round(
    client: FlaskClient, town: Town
) -> None:
    town.campaign.district_id = town.other_district.id
    db.session.commit()
    assert _asks(client, town).status_code == 404

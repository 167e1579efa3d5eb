"""A concern goes one way: from a volunteer to who guards safety; reading it takes a reason."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.intents import CannotApply
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.audit.models import TrailEntry
from outreach.clock import new_id
from outreach.concerns.models import Concern
from outreach.db import db
from tests.conversations.phone import Phone
from tests.factories.town import Town, build_town, headers_for

FACTS = "Een kind deed open om tien uur. De moeder sliep."
READERS = ["coordinator", "safeguarding_officer"]


@pytest.fixture
def phone(town: Town) -> Phone:
    return Phone(town, town.person("volunteer"), town.stops[0])


def _raise(
    phone: Phone, *, id_: str = "", address_id: str | None = None, facts: str = FACTS
) -> str:
    id_ = id_ or new_id()
    phone.last_effect = phone.says(
        "concern.raise", dossier_id=id_, concern_id=id_, address_id=address_id, facts=facts
    )
    return id_


def _trail() -> list[TrailEntry]:
    return list(db.session.scalars(select(TrailEntry).order_by(TrailEntry.number)))


def test_raising_a_concern_is_in_the_trail_without_what_it_says(phone: Phone) -> None:
    id_ = _raise(phone, address_id=phone.stop.address_id)
    [entry] = _trail()
    assert (entry.action, entry.object_id, entry.reason) == ("concern.raise", id_, "")
    assert trail.broken_at(phone.town.municipality.id) is None


def test_a_concern_at_an_address_nobody_knows_waits_for_a_person(phone: Phone) -> None:
    elsewhere = build_town("Elders").addresses[0].id
    for address_id in (new_id(), elsewhere):
        with pytest.raises(CannotApply, match="unknown-address"):
            _raise(phone, address_id=address_id)


def test_a_bsn_in_the_facts_is_masked(phone: Phone) -> None:
    id_ = _raise(phone, facts="Op de brief stond 111222333")
    assert db.session.get_one(Concern, id_).facts == "Op de brief stond *********"


def test_told_again_in_other_words_both_are_kept(phone: Phone) -> None:
    id_ = _raise(phone)
    _raise(phone, id_=id_, facts="Er was ook een hond.")
    assert phone.last_effect == Effect.MERGED
    _raise(phone, id_=id_)
    assert db.session.get_one(Concern, id_).facts == f"{FACTS}\n\nEr was ook een hond."
    assert len(_trail()) == 2


def test_somebody_elses_concern_cannot_be_added_to(town: Town, phone: Phone) -> None:
    id_ = _raise(phone)
    with pytest.raises(CannotApply, match="id-in-use"):
        _raise(Phone(town, town.person("partner_of_pair"), phone.stop), id_=id_)


def test_a_concern_is_its_own_dossier(phone: Phone) -> None:
    body = {"concern_id": new_id(), "address_id": None, "facts": FACTS}
    assert phone.may("concern.raise", dossier_id=body["concern_id"] or "", **body)
    with pytest.raises(CannotApply, match="no-right"):
        phone.says("concern.raise", dossier_id=phone.stop.household_id, **body)


@pytest.mark.parametrize("role", READERS)
def test_the_list_says_who_and_when_but_not_where_or_what(
    client: FlaskClient, town: Town, phone: Phone, role: str
) -> None:
    id_ = _raise(phone, address_id=phone.stop.address_id)
    answer = client.get("/v1/concerns", headers=headers_for(town.person(role)))
    [item] = answer.get_json()["items"]
    assert set(item) == {"id", "reporter", "received_at", "state", "decision"}
    assert (item["id"], item["reporter"], item["state"]) == (id_, "Volunteer", "new")
    assert "kind deed open" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("role", READERS)
def test_opening_takes_a_reason_that_stays(
    client: FlaskClient, town: Town, phone: Phone, role: str
) -> None:
    path = f"/v1/concerns/{_raise(phone, address_id=phone.stop.address_id)}/opening"
    headers = headers_for(town.person(role))
    for nothing in ("", " \n"):
        answer = client.post(path, json={"reason": nothing}, headers=headers)
        assert answer.status_code == 400
        assert answer.get_json()["errors"][0]["pointer"] == "/reason"
    assert [entry.action for entry in _trail()] == ["concern.raise"]
    body = client.post(path, json={"reason": "Ik bel haar"}, headers=headers).get_json()
    assert (body["facts"], body["reporter"], body["phone"]) == (FACTS, "Volunteer", "0600000000")
    door = town.addresses[0]
    assert body["address"] == {
        "street": "Wilgenhof",
        "number": "10",
        "postcode": door.postcode,
        "city": door.city,
    }
    entry = _trail()[-1]
    assert (entry.action, entry.reason, entry.actor_id) == (
        "concern.open",
        "Ik bel haar",
        town.person(role).id,
    )


def test_a_concern_without_a_door_opens_without_one(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    path = f"/v1/concerns/{_raise(phone)}/opening"
    headers = headers_for(town.person("coordinator"))
    assert client.post(path, json={"reason": "x"}, headers=headers).get_json()["address"] is None


def test_asking_advice_leaves_the_last_word_open_and_both_weighings_stay(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    id_ = _raise(phone)
    headers = headers_for(town.person("coordinator"))

    def decide(decision: str, weighing: str) -> tuple[int, str]:
        said = {"decision": decision, "weighing": weighing}
        answer = client.post(f"/v1/concerns/{id_}/decision", json=said, headers=headers)
        return answer.status_code, answer.get_json().get("state") or answer.get_json()["code"]

    assert decide("advice_asked", "Veilig Thuis gebeld") == (200, "discussed")
    assert decide("passed_on", "Gemeld op advies") == (200, "decided")
    assert decide("nothing_to_do", "Toch niet") == (409, "concern-decided")
    concern = db.session.get_one(Concern, id_)
    assert concern.weighing == "Veilig Thuis gebeld\n\nGemeld op advies"
    assert concern.decided_by == town.person("coordinator").id


def test_a_decision_needs_its_weighing_and_a_word_from_the_list(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    path = f"/v1/concerns/{_raise(phone)}/decision"
    headers = headers_for(town.person("coordinator"))
    answer = client.post(path, json={"decision": "later", "weighing": ""}, headers=headers)
    assert {(e["pointer"], e["code"]) for e in answer.get_json()["errors"]} == {
        ("/decision", "not-a-choice"),
        ("/weighing", "missing"),
    }


def test_the_safeguarding_officer_reads_and_does_not_decide(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    said = {"decision": "passed_on", "weighing": "x"}
    answer = client.post(
        f"/v1/concerns/{_raise(phone)}/decision",
        json=said,
        headers=headers_for(town.person("safeguarding_officer")),
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "role", ["volunteer", "supervisor", "wijkcoach", "admin", "privacy_officer"]
)
def test_nobody_else_sees_that_there_are_concerns(
    client: FlaskClient, town: Town, role: str
) -> None:
    assert client.get("/v1/concerns", headers=headers_for(town.person(role))).status_code == 403


def test_another_municipality_sees_and_opens_nothing(client: FlaskClient, phone: Phone) -> None:
    id_ = _raise(phone)
    headers = headers_for(build_town("Elders").person("coordinator"))
    assert client.get("/v1/concerns", headers=headers).get_json()["items"] == []
    answers = [
        client.post(f"/v1/concerns/{id_}/opening", json={"reason": "x"}, headers=headers),
        client.post(
            f"/v1/concerns/{id_}/decision",
            json={"decision": "passed_on", "weighing": "x"},
            headers=headers,
        ),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]

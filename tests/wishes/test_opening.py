"""The page tells what is on every letter; a code opens it, and nothing else does."""

from datetime import timedelta

from flask.testing import FlaskClient

from outreach.clock import today
from outreach.db import db
from outreach.letters import codes
from outreach.letters.models import Letterhead
from outreach.territory.models import Address
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.wishes.resident import Resident

ON_THE_LETTER = {"municipality", "district", "campaign", "starts_on", "ends_on", "phone"}


def test_the_page_tells_who_comes_and_when(resident: Resident, town: Town) -> None:
    town.municipality.name = "Gemeente Wilgendam"
    db.session.add(
        Letterhead(
            id=town.campaign.id,
            municipality_id=town.municipality.id,
            reply_address="",
            phone="036-5550100",
            signed_by="",
        )
    )
    db.session.commit()
    assert resident.opens() == {
        "municipality": "Wilgendam",
        "district": "De Wilgen",
        "campaign": "Voorjaar",
        "starts_on": str(town.campaign.starts_on),
        "ends_on": str(town.campaign.ends_on),
        "phone": "036-5550100",
    }


def test_the_short_code_with_the_house_number_opens_the_same_page(resident: Resident) -> None:
    typed = resident.short | {"short": f" {resident.short['short'].lower()} "}
    assert resident.posts("lookup", **typed) == (200, resident.opens())


def test_without_a_code_the_form_says_what_is_missing(resident: Resident) -> None:
    status, problem = resident.posts("lookup")
    assert status == 400
    assert {f["pointer"] for f in problem["errors"]} == {"/short", "/house_number"}


def test_a_code_of_an_ended_campaign_says_that_it_is_over(resident: Resident, town: Town) -> None:
    town.campaign.ends_on = today() - timedelta(days=1)
    db.session.commit()
    for code in (resident.code, resident.short):
        status, problem = resident.posts("lookup", **code)
        assert (status, problem["code"]) == (410, "letter-code-ended")
        assert resident.posts("choice", **code, choice="welcome")[0] == 410


def test_a_code_of_a_closed_campaign_says_so_too(resident: Resident, town: Town) -> None:
    town.campaign.state = "closed"
    db.session.commit()
    assert resident.posts("lookup", **resident.code)[0] == 410


def test_problems_are_told_in_dutch_or_english(client: FlaskClient, resident: Resident) -> None:
    for language, words in (("nl", "Deze code klopt niet"), ("en", "This code is not right")):
        answer = client.post(
            "/v1/letter-codes/lookup",
            json={"code": "ABCD"},
            headers={"Accept-Language": language},
        )
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
        assert answer.get_json()["title"] == words


def test_a_renewed_code_lapses_with_all_that_was_chosen_with_it(
    resident: Resident, desk: Desk, town: Town
) -> None:
    resident.would_rather_not()
    resident.asks_for_a_call()
    found = desk.post(f"/campaigns/{town.campaign.id}/code-door-searches", {"text": "hof 10"})[1]
    (door,) = found["items"]
    body = {"address_id": door["address_id"]}
    before = resident.code
    assert desk.post(f"/campaigns/{town.campaign.id}/code-renewals", body) == (204, None)
    assert resident.posts("lookup", **before)[0] == 404
    db.session.refresh(resident.row)
    assert resident.code != before
    resident.opens()
    counts = desk.get(f"/campaigns/{town.campaign.id}/wish-counts")[1]
    assert (counts["rather_not"], counts["calls"]) == (0, 0)
    assert codes.codes_of(resident.row).link == resident.code["code"]


def test_a_door_without_a_letter_has_no_code_to_renew(desk: Desk, town: Town) -> None:
    other = Address(
        id=town.round.id,
        municipality_id=town.municipality.id,
        street="Elders",
        house_number=1,
        postcode="9999ZZ",
        city="Wilgendam",
    )
    db.session.add(other)
    db.session.commit()
    path = f"/campaigns/{town.campaign.id}/code-renewals"
    status, problem = desk.post(path, {"address_id": other.id})
    assert (status, problem["errors"][0]["code"]) == (400, "no-code")


def test_the_page_tells_nothing_of_the_door(resident: Resident, town: Town) -> None:
    assert set(resident.opens()) == ON_THE_LETTER

"""Who guesses, counts, or listens behind the code learns nothing and soon has to wait."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.models import FailedTry
from outreach.clock import today
from outreach.db import db
from outreach.letters import codes
from outreach.letters.codes import FREE_TRIES
from outreach.letters.models import Letter
from outreach.wishes.models import CallRequest, DoorWish
from outreach.wishes.opening import FREE_CHOICES
from tests.factories.statements import statements
from tests.factories.town import Town
from tests.wishes.resident import HERE, Resident

PATHS = ("lookup", "choice", "call")
REST: dict[str, dict[str, Any]] = {
    "lookup": {},
    "choice": {"choice": "rather_not"},
    "call": {
        "phone": "0612345678",
        "language": "nl",
        "consent": True,
        "consent_version": "1",
    },
}


@pytest.mark.parametrize("path", PATHS)
def test_wrong_codes_of_every_kind_are_answered_alike(
    client: FlaskClient, resident: Resident, neighbour: Resident, town: Town, path: str
) -> None:
    next_number = neighbour.address.house_number
    renewed = codes.codes_of(neighbour.row)
    codes.renew(neighbour.row)
    db.session.commit()
    wrong: list[dict[str, Any]] = [
        {"short": "ABCD-EFGH", "house_number": resident.address.house_number},
        resident.short | {"house_number": next_number},  # a real code at another door
        {"short": renewed.short, "house_number": next_number},
    ]
    answers, sent = [], []
    for place, code in enumerate(wrong):
        with statements() as said:
            answers.append(resident.posts(path, f"192.0.2.{place}", **code, **REST[path]))
        sent.append(len(said))
    assert answers[0][0] == 404
    assert answers == [answers[0]] * len(wrong)
    assert sent == [sent[0]] * len(wrong)


@pytest.mark.parametrize("path", PATHS)
def test_wrong_links_are_answered_alike_too(
    resident: Resident, neighbour: Resident, town: Town, path: str
) -> None:
    gone = neighbour.code
    codes.renew(neighbour.row)
    db.session.commit()
    answers = []
    for place, code in enumerate([gone, {"code": "A" * 16}, {"code": "' OR 1=1"}]):
        with statements() as said:
            answer = resident.posts(path, f"192.0.2.{place}", **code, **REST[path])
        answers.append((answer, len(said)))
    assert answers == [answers[0]] * len(answers)
    assert answers[0][0][0] == 404


def test_guessing_at_one_short_code_has_to_wait_wherever_it_comes_from(
    resident: Resident, client: FlaskClient
) -> None:
    short = resident.short["short"]
    for number in range(FREE_TRIES + 1):
        status, _ = resident.posts(
            "lookup", f"192.0.2.{number}", short=short, house_number=900 + number
        )
        assert status == 404
    answer = client.post("/v1/letter-codes/lookup", json=resident.short)
    assert (answer.status_code, answer.get_json()["code"]) == (429, "too-many-tries")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_count_of_wrong_tries_outlives_each_refusal(resident: Resident) -> None:
    for _ in range(3):
        resident.posts("lookup", code="WRONG")
    assert [row.count for row in db.session.scalars(select(FailedTry))] == [3]


def test_guessing_from_one_place_has_to_wait_for_every_code(resident: Resident) -> None:
    for number in range(FREE_TRIES * 10 + 1):
        assert resident.posts("lookup", code=f"WRONG{number}")[0] == 404
    assert resident.posts("lookup", **resident.code)[0] == 429
    assert resident.posts("lookup", "198.51.100.9", **resident.code)[0] == 200


def test_who_has_a_code_cannot_fill_the_trail_with_it(resident: Resident) -> None:
    for _ in range(FREE_CHOICES + 1):
        resident.wants_another_time("evening")
    assert resident.chooses("welcome")[0] == 429
    assert resident.asks_for_a_call()[0] == 429


def test_no_answer_tells_what_was_chosen_before(resident: Resident, neighbour: Resident) -> None:
    untouched = neighbour.opens()
    resident.would_rather_not(reason="has_help")
    resident.asks_for_a_call()
    assert resident.opens() == untouched
    for choice in ("rather_not", "welcome"):
        assert resident.chooses(choice) == neighbour.chooses(choice)
    assert resident.asks_for_a_call() == neighbour.asks_for_a_call()


def test_no_answer_takes_another_number_of_statements_for_what_was_chosen_before(
    resident: Resident, neighbour: Resident
) -> None:
    resident.would_rather_not()
    with statements() as known:
        resident.opens()
    with statements() as unknown:
        neighbour.opens()
    assert len(known) == len(unknown)


def test_the_recognition_word_is_not_behind_the_code(resident: Resident, town: Town) -> None:
    db.session.add(
        Letter(
            id=town.round.id,
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            recognition_word="zonnebloem",
            waiting_days=7,
            changed_at=town.campaign.created_at,
        )
    )
    db.session.commit()
    assert "zonnebloem" not in str(resident.opens())


def test_a_form_of_another_site_chooses_nothing_and_is_not_counted(
    client: FlaskClient, resident: Resident
) -> None:
    """What a browser posts without asking our leave first is no JSON."""
    body = f'{{"code": "{resident.code["code"]}", "choice": "rather_not"}}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.post("/v1/letter-codes/choice", data=body, content_type=kind)
        assert answer.status_code == 400, kind
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert db.session.query(DoorWish).count() == 0
    assert db.session.query(FailedTry).count() == 0


def test_another_site_gets_no_leave_to_ask_in_json(client: FlaskClient) -> None:
    answer = client.options(
        "/v1/letter-codes/choice",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_a_code_in_the_address_opens_nothing(
    client: FlaskClient, resident: Resident, path: str
) -> None:
    code = resident.code["code"]
    assert client.get(f"/v1/letter-codes/{path}?code={code}").status_code in {404, 405}
    assert client.get(f"/v1/letter-codes/{code}").status_code == 404
    answer = client.post(f"/v1/letter-codes/{path}?code={code}", json=REST[path])
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "said",
    [
        {"code": "x" * 101},
        {"short": "x" * 101, "house_number": 1},
        {"short": "ABCD", "house_number": -1},
        {"short": "ABCD", "house_number": 10**30},
        {"short": "ABCD", "house_number": "12; DROP"},
        {"code": ["A"]},
        {"code": {"a": 1}},
    ],
)
def test_odd_bodies_are_refused_before_anything_is_looked_up(
    resident: Resident, said: dict[str, Any]
) -> None:
    assert resident.posts("lookup", **said)[0] == 400
    assert db.session.query(FailedTry).count() == 0


def test_a_body_that_no_resident_types_is_too_large(resident: Resident) -> None:
    assert resident.posts("lookup", code="x" * 5000)[0] == 413


def test_what_is_kept_belongs_to_the_letter_s_municipality_and_tells_no_origin(
    resident: Resident, town: Town
) -> None:
    resident.would_rather_not()
    resident.asks_for_a_call()
    here = town.municipality.id
    assert {row.municipality_id for row in db.session.query(DoorWish)} == {here}
    assert {row.municipality_id for row in db.session.query(CallRequest)} == {here}
    assert db.session.query(DoorWish).one().said_at.date() <= today()
    assert HERE not in str([vars(row) for row in db.session.query(CallRequest)])

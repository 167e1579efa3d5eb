"""Whatever somebody makes up, the answer says what is wrong, and good work beside it counts."""

import base64
import gzip
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.clock import new_id, today
from outreach.web.cursors import write_cursor
from tests.factories.phone import Phone
from tests.factories.talks import make_talk
from tests.factories.town import Town, headers_for

DEEP = "[" * 100_000 + "]" * 100_000


def _post(client: FlaskClient, path: str, text: str | bytes, **headers: str) -> int:
    kinds = {"Content-Type": "application/json"} | headers
    return client.post(path, data=text, headers=kinds).status_code


def test_a_body_nested_without_end_is_input_that_does_not_fit(client: FlaskClient) -> None:
    assert _post(client, "/v1/sessions", DEEP) == 400


SOME_ID = "3f6a22bb-005a-44ba-913e-587a8f7efdb2"


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000"])
def test_half_a_sign_is_no_way_to_break_a_form(client: FlaskClient, town: Town, text: str) -> None:
    said = f'{{"email": "a{text}@b.example", "password": "{text}"}}'
    assert _post(client, "/v1/sessions", said) in {400, 401}
    assert _post(client, "/v1/invitations/lookup", f'{{"token": "{text}"}}') in {400, 404}
    named = f'{{"name": "{text}"}}'
    where = f"/v1/accounts/{town.person('volunteer').id}"
    admin = headers_for(town.person("admin")) | {"Content-Type": "application/json"}
    assert client.patch(where, data=named, headers=admin).status_code in {200, 400}


def test_a_team_id_that_is_none_is_an_input_error(client: FlaskClient, town: Town) -> None:
    where = f"/v1/accounts/{town.person('volunteer').id}"
    admin = headers_for(town.person("admin"))
    assert client.patch(where, json={"team_id": "x"}, headers=admin).status_code == 400
    made = {"name": "Nieuw", "district_id": "x", "duty_phone": ""}
    assert client.post("/v1/teams", json=made, headers=admin).status_code == 400


def test_json_bodies_are_small(client: FlaskClient) -> None:
    said = json.dumps({"email": "a@b.example", "password": "x" * 3_000_000})
    assert _post(client, "/v1/sessions", said) == 413
    packed = gzip.compress(said.encode())
    assert _post(client, "/v1/sessions", packed, **{"Content-Encoding": "gzip"}) == 413


def _key(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("path", "who", "key"),
    [
        ("quarantine", "coordinator", _key("2026-01-01T00:00:00", SOME_ID)),
        ("quarantine", "coordinator", _key("0001-01-01T00:00:00+14:00", SOME_ID)),
        ("trail", "privacy_officer", _key(10**30)),
        ("handovers", "wijkcoach", _key(10**30, "2026-01-01T00:00:00+00:00", SOME_ID)),
        ("accounts", "coordinator", _key("\ud800", SOME_ID)),
        ("accounts", "coordinator", _key({"a": 1}, SOME_ID)),
        ("accounts", "coordinator", base64.urlsafe_b64encode(b"[" * 5000).decode()),
    ],
)
def test_a_made_up_page_is_not_a_page(
    client: FlaskClient, town: Town, path: str, who: str, key: str
) -> None:
    answer = client.get(f"/v1/{path}?after={key}", headers=headers_for(town.person(who)))
    assert answer.status_code == 400


def test_a_page_that_ended_at_an_instant_goes_on(client: FlaskClient, town: Town) -> None:
    for path, who, kind in (
        ("quarantine", "coordinator", "Quarantined"),
        ("debriefs", "coordinator", "Debrief"),
    ):
        ended = ["2026-01-01T00:00:00.000001+00:00", new_id()]
        key = write_cursor(f"{kind}.received_at,{kind}.id", ended)
        answer = client.get(f"/v1/{path}?after={key}", headers=headers_for(town.person(who)))
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ["//evil.example", "/v1//roles", "/\\evil.example", "//a/%2e%2e"])
def test_no_address_sends_a_caller_to_another_host(client: FlaskClient, path: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    location = answer.headers.get("Location", "")
    assert not location.startswith(("//", "http://evil", "https://evil"))


def _nested(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"a": found}
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 10**30},
        {"made_at": "0001-01-01T00:00:00+14:00"},
        {"made_at": "9999-12-31T23:59:59-14:00"},
        {"kind": "\ud800"},
        {"body": _nested(400)},
        {"body": {"text": "\ud800\u0000"}},
        {"body": {"text": 1e400}},
    ],
)
def test_an_odd_envelope_breaks_no_sync(
    client: FlaskClient, town: Town, changes: dict[str, Any]
) -> None:
    phone = Phone(client, town.person("volunteer"))
    phone.write(town.stops[0].id, "visit.dance")
    phone.outbox[0] |= changes
    assert phone.post().status_code in {200, 400}


def test_a_day_beyond_all_days_harms_no_good_work_beside_it(
    client: FlaskClient, town: Town
) -> None:
    phone = Phone(client, town.person("volunteer"))
    stop = town.stops[0]
    phone.write(
        stop.household_id,
        "conversation.open",
        conversation_id=stop.conversation_id,
        stop_id=stop.id,
        guide_id=town.guide.id,
        consent_text_id=town.consent_text.id,
        noted=True,
        date="9999-12-31",
    )
    phone.write(
        stop.household_id,
        "consent.record",
        consent_id=new_id(),
        conversation_id=stop.conversation_id,
        purpose="note",
        given=True,
        consent_text_id=town.consent_text.id,
        language="nl",
        how="spoken",
        team_id=None,
    )
    phone.write(
        stop.household_id,
        "aftercare.plan",
        aftercare_id=new_id(),
        plan_id=stop.plan_id,
        due_on=today().isoformat(),
        day_part="morning",
        kind="visit",
        from_=None,
    )
    good = phone.write(town.stops[1].id, "door.notice", notice="dog", on=True)
    phone.sync()
    assert phone.outcome(good) == "applied"


def test_an_hour_beyond_all_hours_harms_no_good_work_beside_it(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town)
    talk.agrees("share", town.team)
    phone = Phone(client, talk.recorder)
    phone.write(talk.id, "handover.offer", **talk.offer_body(called_at="9999-12-31T23:59:59-14:00"))
    good = phone.write(town.stops[1].id, "door.notice", notice="dog", on=True)
    phone.sync()
    assert phone.outcome(good) == "applied"

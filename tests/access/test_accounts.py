"""Colleagues: invited by a link, changed, deactivated; and who may do that to whom."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.access.models import Invitation
from outreach.clock import new_id, now
from outreach.db import db
from tests.factories.town import Town, headers_for

PASSWORD = "vier groene fietsen 7"


@pytest.fixture
def coordinator(town: Town) -> dict[str, str]:
    return headers_for(town.person("coordinator"))


def _new(town: Town, **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "email": "Nieuw@Voorbeeld.example",
        "name": "Nora O'Brien-Yıldız",
        "first_name": "Nora",
        "role": "volunteer",
        "district_ids": [town.district.id],
    }
    return body | changes


def _invited(client: FlaskClient, town: Town, headers: dict[str, str]) -> tuple[str, str]:
    """The id of a new account and the token in its link."""
    made = client.post("/v1/accounts", json=_new(town), headers=headers)
    assert made.status_code == 201, made.get_json()
    account_id = made.get_json()["id"]
    link = client.post(f"/v1/accounts/{account_id}/invitation", headers=headers).get_json()["link"]
    return account_id, link.split("#")[1]


def test_a_coordinator_sees_all_colleagues_with_their_districts(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    items = client.get("/v1/accounts", headers=coordinator).get_json()["items"]
    found = {item["id"]: item for item in items}
    assert found.keys() == {account.id for account in town.people.values()}
    assert found[town.person("volunteer").id]["district_ids"] == [town.district.id]
    assert "password_hash" not in items[0]


def test_an_invited_colleague_chooses_a_password_and_signs_in(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    _, token = _invited(client, town, coordinator)
    looked_up = client.post("/v1/invitations/lookup", json={"token": token}).get_json()
    assert looked_up["first_name"] == "Nora"
    accepted = client.post(
        "/v1/invitations/acceptance", json={"token": token, "password": PASSWORD}
    )
    assert accepted.status_code == 200
    signed_in = client.post(
        "/v1/sessions", json={"email": "nieuw@voorbeeld.example", "password": PASSWORD}
    )
    assert signed_in.get_json()["account"]["role"] == "volunteer"


def test_a_link_works_once_and_a_new_link_ends_the_old(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    account_id, first = _invited(client, town, coordinator)
    again = client.post(f"/v1/accounts/{account_id}/invitation", headers=coordinator)
    second = again.get_json()["link"].split("#")[1]
    take = {"password": PASSWORD}
    where = "/v1/invitations/acceptance"
    assert client.post(where, json={"token": first, **take}).status_code == 404
    assert client.post(where, json={"token": second, **take}).status_code == 200
    assert client.post(where, json={"token": second, **take}).status_code == 404


def test_an_expired_link_says_what_to_do(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    _, token = _invited(client, town, coordinator)
    db.session.query(Invitation).update({Invitation.expires_at: now()})
    db.session.commit()
    answer = client.post("/v1/invitations/lookup", json={"token": token})
    assert (answer.status_code, answer.get_json()["code"]) == (404, "invitation-gone")


@pytest.mark.parametrize(
    ("password", "code"),
    [("kort", "password-too-short"), ("wachtwoord123456", "password-too-common")],
)
def test_a_weak_password_is_refused_with_a_reason(
    client: FlaskClient, town: Town, coordinator: dict[str, str], password: str, code: str
) -> None:
    _, token = _invited(client, town, coordinator)
    answer = client.post("/v1/invitations/acceptance", json={"token": token, "password": password})
    assert [e["code"] for e in answer.get_json()["errors"]] == [code]


def test_all_faults_of_a_new_account_come_at_once(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    body = _new(
        town,
        email=town.person("volunteer").email,
        district_ids=[new_id()],
        team_id=new_id(),
    )
    answer = client.post("/v1/accounts", json=body, headers=coordinator)
    assert {(e["pointer"], e["code"]) for e in answer.get_json()["errors"]} == {
        ("/email", "already-exists"),
        ("/district_ids/0", "unknown-district"),
        ("/team_id", "unknown-team"),
    }


def test_a_coordinator_cannot_make_or_change_an_admin(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    made = client.post("/v1/accounts", json=_new(town, role="admin"), headers=coordinator)
    admin = town.person("admin")
    changed = client.patch(f"/v1/accounts/{admin.id}", json={"active": False}, headers=coordinator)
    raised = client.patch(
        f"/v1/accounts/{town.person('volunteer').id}", json={"role": "admin"}, headers=coordinator
    )
    assert [made.status_code, changed.status_code, raised.status_code] == [403, 403, 403]


def test_another_role_bites_on_the_next_request(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    volunteer = town.person("volunteer")
    theirs = headers_for(volunteer)
    client.patch(f"/v1/accounts/{volunteer.id}", json={"role": "mentor"}, headers=coordinator)
    assert client.get("/v1/me", headers=theirs).status_code == 401


def test_an_admin_sets_up_the_municipality(client: FlaskClient, town: Town) -> None:
    admin = headers_for(town.person("admin"))
    district = client.post("/v1/districts", json={"name": "Nieuwland"}, headers=admin).get_json()
    team = client.post(
        "/v1/teams",
        json={"name": "Team Nieuwland", "district_id": district["id"], "duty_phone": "099-1"},
        headers=admin,
    )
    assert team.status_code == 201
    twice = client.post("/v1/districts", json={"name": " Nieuwland "}, headers=admin)
    assert twice.get_json()["errors"][0]["code"] == "already-exists"
    settings = {
        "name": "Wilgendam",
        "privacy_contact": "fg@wilgendam.example",
        "duty_phone": "099-2",
        "lease_hours": 48,
        "lock_minutes": 3,
        "talk_lock_minutes": 10,
        "cover_minutes": 2,
        "watch_minutes": 30,
    }
    client.put("/v1/municipality", json=settings, headers=admin)
    shown = client.get("/v1/municipality", headers=admin).get_json()
    assert {name: shown[name] for name in settings} == settings


def test_everyone_reads_the_same_table_of_roles(client: FlaskClient, town: Town) -> None:
    items = client.get("/v1/roles", headers=headers_for(town.person("privacy_officer"))).get_json()
    supervisor = next(i for i in items["items"] if i["role"] == "supervisor")
    assert "handover.read" not in supervisor["permissions"]

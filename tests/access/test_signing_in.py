"""Signing in, staying in, and being shut out."""

from typing import Any

from flask.testing import FlaskClient

from outreach.access import passwords
from outreach.db import db
from tests.factories.town import Town, headers_for

PASSWORD = "vier groene fietsen 7"


def _sign_in(
    client: FlaskClient, town: Town, password: str = PASSWORD
) -> tuple[int, dict[str, Any]]:
    account = town.person("volunteer")
    account.password_hash = account.password_hash or passwords.hash_password(PASSWORD)
    db.session.commit()
    answer = client.post("/v1/sessions", json={"email": account.email, "password": password})
    return answer.status_code, answer.get_json()


def test_the_right_password_opens_a_session(client: FlaskClient, town: Town) -> None:
    status, body = _sign_in(client, town)
    assert status == 200
    me = client.get("/v1/me", headers={"Authorization": f"Bearer {body['access_token']}"})
    assert me.get_json()["role"] == "volunteer"


def test_a_wrong_password_and_an_unknown_address_look_alike(
    client: FlaskClient, town: Town
) -> None:
    wrong = _sign_in(client, town, "something else entirely")
    unknown = client.post("/v1/sessions", json={"email": "nobody@nowhere.example", "password": "x"})
    assert (wrong[0], wrong[1]) == (unknown.status_code, unknown.get_json())


def test_after_five_wrong_tries_the_sixth_has_to_wait(client: FlaskClient, town: Town) -> None:
    statuses = [_sign_in(client, town, "wrong")[0] for _ in range(7)]
    assert statuses == [401] * 6 + [429]


def test_signing_out_ends_the_token_on_the_next_request(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("volunteer"))
    assert client.delete("/v1/sessions/current", headers=headers).status_code == 204
    assert client.get("/v1/me", headers=headers).status_code == 401


def test_a_deactivated_account_is_out_on_the_next_request(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("volunteer"))
    town.person("volunteer").active = False
    db.session.commit()
    assert client.get("/v1/me", headers=headers).status_code == 401


def _refresh(client: FlaskClient, refresh: str, csrf: str) -> int:
    client.set_cookie("refresh_token_cookie", refresh, path="/v1/sessions")
    return client.post("/v1/sessions/refresh", headers={"X-CSRF-TOKEN": csrf}).status_code


def test_a_refresh_needs_its_csrf_token(client: FlaskClient, town: Town) -> None:
    _sign_in(client, town)
    assert client.post("/v1/sessions/refresh").status_code == 401
    csrf = client.get_cookie("csrf_refresh_token")
    assert csrf is not None
    answer = client.post("/v1/sessions/refresh", headers={"X-CSRF-TOKEN": csrf.value})
    assert answer.status_code == 200


def test_a_refresh_token_used_after_it_was_replaced_twice_closes_the_session(
    client: FlaskClient, town: Town
) -> None:
    _sign_in(client, town)
    first = client.get_cookie("refresh_token_cookie", path="/v1/sessions")
    first_csrf = client.get_cookie("csrf_refresh_token")
    assert first is not None
    assert first_csrf is not None
    for _ in range(2):
        csrf = client.get_cookie("csrf_refresh_token")
        assert csrf is not None
        client.post("/v1/sessions/refresh", headers={"X-CSRF-TOKEN": csrf.value})
    last = client.get_cookie("refresh_token_cookie", path="/v1/sessions")
    last_csrf = client.get_cookie("csrf_refresh_token")
    assert last is not None
    assert last_csrf is not None
    assert _refresh(client, first.value, first_csrf.value) == 401
    assert _refresh(client, last.value, last_csrf.value) == 401

"""Errors look alike everywhere, headers are strict, and compressed bodies are bounded."""

import gzip
import json
import logging

import pytest
from flask.testing import FlaskClient

from tests.factories.town import Town, headers_for


def test_every_fault_of_a_form_comes_in_one_answer(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("admin"))
    answer = client.post("/v1/accounts", json={"email": "no", "role": "king"}, headers=headers)
    body = answer.get_json()
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert {(e["pointer"], e["code"]) for e in body["errors"]} == {
        ("/email", "not-an-email"),
        ("/role", "not-a-choice"),
        ("/name", "missing"),
        ("/first_name", "missing"),
    }


def test_the_same_problem_speaks_dutch_and_english(client: FlaskClient) -> None:
    dutch = client.get("/v1/me", headers={"Accept-Language": "nl"}).get_json()
    english = client.get("/v1/me", headers={"Accept-Language": "en"}).get_json()
    assert (dutch["code"], dutch["title"]) == ("not-signed-in", "Niet ingelogd")
    assert english["title"] == "Not signed in"


def test_an_unknown_address_is_a_problem_too(client: FlaskClient) -> None:
    answer = client.get("/v1/nothing-here")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_body_that_is_no_json_is_a_problem(client: FlaskClient) -> None:
    answer = client.post("/v1/sessions", data=b"<html>", content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "not-whole")


# Written out, so that who loosens one has to say so here too. `wasm-unsafe-eval` is for Argon2,
# which opens the phone's store; it lets no script in.
CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "svelte-trusted-html voordeur",
}
STRICT_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
EVERYWHERE = ("/", "/talk/1", "/healthz", "/v1/me", "/v1/openapi.json", "/v1/nothing", "/no.js")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_the_content_policy_lets_in_our_own_files_and_nothing_inline(
    client: FlaskClient, path: str
) -> None:
    (policy,) = client.get(path).headers.getlist("Content-Security-Policy")
    directives = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert directives == CONTENT_POLICY


@pytest.mark.parametrize("path", EVERYWHERE)
def test_strict_headers_stand_on_every_answer(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.getlist(name) for name in STRICT_HEADERS} == {
        name: [value] for name, value in STRICT_HEADERS.items()
    }


def test_answers_of_the_api_are_never_stored(client: FlaskClient, town: Town) -> None:
    answer = client.get("/v1/me", headers=headers_for(town.person("volunteer")))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["API-Version"]


def test_a_gzipped_body_is_read(client: FlaskClient) -> None:
    body = gzip.compress(json.dumps({"email": "a@b.example", "password": "x"}).encode())
    answer = client.post(
        "/v1/sessions",
        data=body,
        headers={"Content-Encoding": "gzip"},
        content_type="application/json",
    )
    assert answer.get_json()["code"] == "wrong-sign-in"


def test_a_body_that_unpacks_without_end_is_refused(client: FlaskClient) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    answer = client.post(
        "/v1/sessions",
        data=bomb,
        headers={"Content-Encoding": "gzip"},
        content_type="application/json",
    )
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-large")


def test_what_somebody_typed_reaches_no_log(
    client: FlaskClient, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/v1/sessions", json={"email": "marked-string@x.example", "password": "m4rk"})
        client.post(
            "/v1/accounts",
            json={"name": "marked-string"},
            headers=headers_for(town.person("admin")),
        )
    assert "marked-string" not in caplog.text
    assert "m4rk" not in caplog.text

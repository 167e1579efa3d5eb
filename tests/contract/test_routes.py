"""Every address is guarded, named by the rules, and answers strangers alike."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from outreach.access.guarding import required_permission
from outreach.access.roles import ROLES, Permission, Role
from outreach.sync.catalogue import CATALOGUE
from outreach.web.routing import PUBLIC
from tests.factories.town import Town, headers_for

OPEN = {
    "/healthz",
    "/.well-known/security.txt",
    "/",
    "/<path:path>",
    "/v1/openapi.json",
    "/v1/sessions",
    "/v1/sessions/refresh",
    "/v1/invitations/lookup",
    "/v1/invitations/acceptance",
    "/v1/letter-codes/lookup",
    "/v1/letter-codes/choice",
    "/v1/letter-codes/call",
    "/v1/sealed-boxes",
}


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _guarded(app: Flask) -> list[tuple[str, str, str]]:
    """Method, address with fresh ids, and permission of every guarded route."""
    return [
        (
            method,
            re.sub(r"<[^>]+>", str(uuid4()), rule.rule),
            required_permission(rule.endpoint) or "",
        )
        for rule in app.url_map.iter_rules()
        for method in _methods(rule)
        if required_permission(rule.endpoint) != PUBLIC
    ]


def test_every_route_names_a_permission_that_exists(app: Flask) -> None:
    known = {*Permission, PUBLIC}
    unnamed = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if required_permission(rule.endpoint) not in known
    ]
    assert unnamed == []


def test_only_these_addresses_are_open_to_all(app: Flask) -> None:
    found = {r.rule for r in app.url_map.iter_rules() if required_permission(r.endpoint) == PUBLIC}
    assert found == OPEN


def test_every_permission_is_used_by_a_route_or_a_mutation(app: Flask) -> None:
    used = {permission for _, _, permission in _guarded(app)}
    used |= {mutation.permission for mutation in CATALOGUE.values()}
    used |= {mutation.content for mutation in CATALOGUE.values()}
    assert {str(p) for p in Permission} - {str(p) for p in used} == set()


def test_addresses_are_kebab_case_without_a_trailing_slash(app: Flask) -> None:
    pattern = re.compile(r"^/v1(/([a-z0-9-]+|<uuid:[a-z_]+>|openapi\.json))+$")
    odd = [r.rule for r in app.url_map.iter_rules() if r.rule.startswith("/v1")]
    assert [rule for rule in odd if not pattern.match(rule)] == []


def test_without_a_session_every_guarded_address_answers_401(app: Flask) -> None:
    client = app.test_client()
    answers = {
        (method, path): client.open(path, method=method).status_code
        for method, path, _ in _guarded(app)
    }
    assert set(answers.values()) == {401}


@pytest.mark.parametrize("role", list(Role))
def test_an_unknown_id_never_opens_anything(app: Flask, town: Town, role: Role) -> None:
    headers = headers_for(town.person(role))
    client = app.test_client()
    answered = {
        (method, path): client.open(path, method=method, headers=headers).status_code
        for method, path, permission in _guarded(app)
        if permission in ROLES[role] and path.count("-") >= 4
    }
    assert {place: status for place, status in answered.items() if status not in {400, 404}} == {}


def test_a_trailing_slash_is_not_found(client: FlaskClient, town: Town) -> None:
    answer = client.get("/v1/me/", headers=headers_for(town.person("admin")))
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"

"""Streets to choose from: counted, paged by key, and searched without a word in a URL."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.db import db
from outreach.territory.importing import import_addresses
from tests.factories.town import Town, build_town, headers_for
from tests.territory.lists import door, stream, written


@pytest.fixture
def streets(app: Flask, town: Town) -> dict[str, str]:
    """A town with 230 more streets of two doors each; gives the supervisor's headers."""
    rows = [
        door(number, straat=f"Elzenpad {at:03}", postcode=f"{1000 + at}A{'AB'[number - 1]}")
        for at in range(230)
        for number in (1, 2)
    ]
    with db.engine.connect() as connection:
        import_addresses(connection, town.municipality.id, stream(written(rows)))
    return headers_for(town.person("supervisor"))


def every_page(client: FlaskClient, headers: dict[str, str]) -> list[list[dict[str, Any]]]:
    pages, after = [], ""
    while True:
        answer = client.get("/v1/streets", query_string={"after": after}, headers=headers)
        body = answer.get_json()
        pages.append(body["items"])
        after = body["next"]
        if not after:
            return pages


def test_every_street_is_listed_once_with_its_doors_and_postcodes(
    client: FlaskClient, streets: dict[str, str]
) -> None:
    pages = every_page(client, streets)
    found = [street for page in pages for street in page]
    names = [(street["city"], street["street"]) for street in found]
    assert [len(page) for page in pages[:-1]] == [100, 100]
    assert len(set(names)) == len(names) == 230 + _streets_of_the_round(found)
    elzenpad = [street for street in found if street["street"].startswith("Elzenpad")]
    assert len(elzenpad) == 230
    assert {(street["doors"], street["postcodes"]) for street in elzenpad} == {(2, 2)}


def _streets_of_the_round(found: list[dict[str, Any]]) -> int:
    return sum(1 for street in found if not street["street"].startswith("Elzenpad"))


@pytest.mark.parametrize(
    ("text", "count"), [("elzenpad 01", 10), ("ELZENPAD 229", 1), ("%", 0), ("geen", 0)]
)
def test_streets_are_found_by_a_part_of_their_name(
    client: FlaskClient, streets: dict[str, str], text: str, count: int
) -> None:
    answer = client.post("/v1/street-searches", json={"text": text}, headers=streets)
    assert len(answer.get_json()["items"]) == count


def test_a_search_has_pages_too(client: FlaskClient, streets: dict[str, str]) -> None:
    body = {"text": "elzenpad"}
    first = client.post("/v1/street-searches", json=body, headers=streets).get_json()
    rest = client.post(
        "/v1/street-searches", json=body | {"after": first["next"]}, headers=streets
    ).get_json()
    assert len(first["items"]) == len(rest["items"]) == 100
    assert first["items"][-1]["street"] < rest["items"][0]["street"]


@pytest.mark.parametrize("after", ["x", "W10", "é", "bnVsbA"])
def test_a_page_that_does_not_exist_is_input_that_does_not_fit(
    client: FlaskClient, streets: dict[str, str], after: str
) -> None:
    answer = client.get("/v1/streets", query_string={"after": after}, headers=streets)
    [fault] = answer.get_json()["errors"]
    assert (answer.status_code, fault["code"]) == (400, "not-a-page")


def test_another_municipality_has_its_own_streets(
    client: FlaskClient, streets: dict[str, str]
) -> None:
    headers = headers_for(build_town("Elzendam").person("supervisor"))
    answer = client.post("/v1/street-searches", json={"text": "elzenpad"}, headers=headers)
    assert answer.get_json()["items"] == []

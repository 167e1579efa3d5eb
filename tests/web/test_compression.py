"""Brotli or gzip both ways: what travels is small, and says the same."""

import gzip
import json

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.phone import Phone
from tests.factories.town import Town

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def _roles(client: FlaskClient, town: Town, accepted: str) -> TestResponse:
    """A long answer that is the same for everybody."""
    phone = Phone(client, town.person("admin"))
    return client.get("/v1/roles", headers=phone.headers | {"Accept-Encoding": accepted})


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip")],
)
def test_an_answer_is_packed_as_the_caller_reads_it(
    client: FlaskClient, town: Town, accepted: str, encoding: str
) -> None:
    plain = _roles(client, town, "identity")
    packed = _roles(client, town, accepted)
    assert plain.headers.get("Content-Encoding") is None
    assert packed.headers["Content-Encoding"] == encoding
    assert UNPACK[encoding](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_a_store_between_us_keeps_the_forms_apart(client: FlaskClient, town: Town) -> None:
    for accepted in ("br", "identity"):
        assert "Accept-Encoding" in _roles(client, town, accepted).headers["Vary"]


def test_a_short_answer_is_left_as_it_is(client: FlaskClient, town: Town) -> None:
    phone = Phone(client, town.person("volunteer"))
    answer = client.get("/v1/me", headers=phone.headers | {"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.get_json()["role"] == "volunteer"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_one_exchange_is_packed_both_ways(client: FlaskClient, town: Town, encoding: str) -> None:
    phone = Phone(client, town.person("volunteer"))
    for stop in town.stops:
        phone.write(stop.id, "door.notice", notice="dog", on=True)
    said = json.dumps(phone.request()).encode()
    packed = gzip.compress(said)
    assert len(packed) < len(said)
    sending = {"Content-Encoding": "gzip", "Accept-Encoding": encoding}
    answer = client.post(
        "/v1/sync",
        data=packed,
        content_type="application/json",
        headers=phone.headers | sending,
    )
    assert answer.headers["Content-Encoding"] == encoding
    told = json.loads(UNPACK[encoding](answer.data))
    assert told["ids"] == [mutation["id"] for mutation in phone.outbox]
    assert {outcome["outcome"] for outcome in told["outcomes"]} == {"applied"}
    phone.apply(told)
    assert len(phone.of_kind("stop")) == len(town.stops)


def test_half_a_packed_exchange_is_refused_and_changes_nothing(
    client: FlaskClient, town: Town
) -> None:
    phone = Phone(client, town.person("volunteer"))
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    packed = gzip.compress(json.dumps(phone.request()).encode())
    answer = client.post(
        "/v1/sync",
        data=packed[: len(packed) // 2],
        content_type="application/json",
        headers=phone.headers | {"Content-Encoding": "gzip"},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "invalid-input")
    phone.sync()
    assert [outcome["outcome"] for outcome in phone.outcomes.values()] == ["applied"]

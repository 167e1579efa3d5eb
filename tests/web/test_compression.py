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


def _sent(phone: Phone, body: bytes, **headers: str) -> TestResponse:
    said = phone.headers | {name.replace("_", "-"): value for name, value in headers.items()}
    return phone.client.post("/v1/sync", data=body, headers=said)


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> Phone:
    """A phone with one thing to say."""
    phone = Phone(client, town.person("volunteer"))
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    return phone


def test_a_packed_exchange_that_is_cut_anywhere_is_refused_and_changes_nothing(
    phone: Phone,
) -> None:
    packed = gzip.compress(json.dumps(phone.request()).encode())
    for length in range(2, len(packed)):
        answer = _sent(
            phone, packed[:length], Content_Type="application/json", Content_Encoding="gzip"
        )
        assert (answer.status_code, answer.get_json()["code"]) == (400, "not-whole"), length
    phone.sync()
    assert [outcome["outcome"] for outcome in phone.outcomes.values()] == ["applied"]


def test_a_packed_exchange_with_more_behind_it_or_a_flipped_bit_is_refused(phone: Phone) -> None:
    packed = gzip.compress(json.dumps(phone.request()).encode())
    flipped = bytearray(packed)
    flipped[len(packed) // 2] ^= 4
    for damaged in (packed + b"{}", bytes(flipped)):
        answer = _sent(phone, damaged, Content_Type="application/json", Content_Encoding="gzip")
        assert (answer.status_code, answer.get_json()["code"]) == (400, "not-whole")


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "application/json"},
        {"Content_Type": "application/json", "Content_Encoding": "gzip"},
        {"Content_Encoding": "gzip"},
        {},
    ],
    ids=lambda headers: " ".join(headers) or "none",
)
def test_an_exchange_counts_whatever_a_line_did_to_the_headers_about_its_form(
    phone: Phone, headers: dict[str, str], packed: bool
) -> None:
    plain = json.dumps(phone.request()).encode()
    answer = _sent(phone, gzip.compress(plain) if packed else plain, **headers)
    assert answer.status_code == 200
    assert [one["outcome"] for one in answer.get_json()["outcomes"]] == ["applied"]


def test_an_answer_comes_unpacked_to_a_phone_that_could_not_read_a_packed_one(
    client: FlaskClient, town: Town
) -> None:
    phone = Phone(client, town.person("admin"))
    asking = phone.headers | {"Accept-Encoding": "br, gzip", "X-Unpacked": "1"}
    answer = client.get("/v1/roles", headers=asking)
    assert "Content-Encoding" not in answer.headers
    assert answer.get_json()

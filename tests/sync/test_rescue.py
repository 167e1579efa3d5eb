"""A phone without a line: its unsent work comes as a file that a coordinator hands in."""

import json
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.db import db
from outreach.sync import box_routes
from outreach.sync.models import Quarantined
from tests.factories.sealing import SealedPhone
from tests.factories.town import Town, build_town, headers_for


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    made = SealedPhone(client, town.person("volunteer"))
    made.seal()
    made.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    return made


def _hand_in(client: FlaskClient, town: Town, content: Any) -> Any:
    packed = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post(
        "/v1/quarantine/rescue-files",
        data={"file": (BytesIO(packed), "voordeur.json")},
        headers=headers_for(town.person("coordinator")),
    )


def test_a_file_waits_as_what_the_phone_would_have_sent(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    [mutation] = phone.outbox
    answer = _hand_in(client, town, phone.boxes("rescue")).get_json()
    line = {"id": mutation["id"], "outcome": "quarantined", "code": "sent-sealed-rescue"}
    assert answer == {
        "ids": [mutation["id"]],
        "outcomes": [line],
        "author": phone.account.name,
    }
    phone.sync()
    assert phone.outcomes[mutation["id"]] == line
    assert db.session.query(Quarantined).count() == 1


def test_who_handed_it_in_is_in_the_trail(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    _hand_in(client, town, phone.boxes("rescue"))
    rows = select(TrailEntry).where(TrailEntry.action == "quarantine.rescue")
    entry = db.session.scalars(rows).one()
    assert (entry.actor_id, entry.object_id) == (town.person("coordinator").id, phone.device_id)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG", b"[]", b"{}", b"[" * 100_000], ids=["", "png", "[]", "{}", "deep"]
)
def test_another_file_is_told_to_be_none(client: FlaskClient, town: Town, content: bytes) -> None:
    reply = _hand_in(client, town, content)
    assert reply.status_code == 400
    [fault] = reply.get_json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/file", "not-a-rescue-file")


def test_what_a_phone_signed_for_another_end_is_no_rescue_file(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    assert _hand_in(client, town, phone.boxes("forgotten")).status_code == 400
    changed = phone.boxes("forgotten") | {"why": "rescue"}
    assert _hand_in(client, town, changed).get_json()["code"] == "device-unknown"
    assert db.session.query(Quarantined).count() == 0


def test_a_phone_of_another_municipality_is_unknown(
    client: FlaskClient, phone: SealedPhone
) -> None:
    reply = _hand_in(client, build_town("Elders"), phone.boxes("rescue"))
    assert (reply.status_code, reply.get_json()["code"]) == (403, "device-unknown")
    assert db.session.query(Quarantined).count() == 0


def test_a_file_past_what_a_request_may_hold_is_too_large(client: FlaskClient, town: Town) -> None:
    assert _hand_in(client, town, b" " * (box_routes.LARGEST_HAND_OVER + 1)).status_code == 413


def test_a_file_of_before_there_were_parts_may_hold_more_than_a_request(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    for _ in range(1_000):
        phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    said = phone.boxes("rescue")
    assert client.post("/v1/sealed-boxes", json=said).status_code == 400
    answer = _hand_in(client, town, said).get_json()
    assert len(answer["ids"]) == 1_001
    assert {line["outcome"] for line in answer["outcomes"]} == {"quarantined"}


def test_parts_of_one_file_come_in_alone_each_once(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.write(town.stops[1].id, "door.notice", notice="dog", on=True)
    parts = [phone.boxes("rescue", [phone.box(mutation)]) for mutation in phone.outbox]
    damaged = parts[0] | {"signature": parts[1]["signature"]}
    assert _hand_in(client, town, damaged).status_code == 403
    for part in (*parts, *parts):
        assert _hand_in(client, town, part).status_code == 200
    assert db.session.query(Quarantined).count() == 2

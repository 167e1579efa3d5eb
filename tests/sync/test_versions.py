"""Every released version is understood: its recorded day has today the outcomes it had then."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from outreach import clock
from outreach.conversations.models import Note
from outreach.db import db
from outreach.sync.catalogue import CATALOGUE
from outreach.sync.upcasting import (
    EXCHANGE,
    MUTATION,
    NotUnderstood,
    lifted_body,
    lifted_request,
    lowered,
)
from outreach.volunteers.models import AvoidedAddress
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town

RECORDED = Path(__file__).parent / "recorded"
VERSIONS = sorted(folder.name for folder in RECORDED.iterdir())
# When the recorded days were played.
NOON = datetime(2026, 2, 3, 13, tzinfo=UTC)
KINDS = st.sampled_from(sorted(CATALOGUE))
SAID = st.dictionaries(st.text(max_size=8), st.integers() | st.booleans() | st.text(max_size=8))


@pytest.fixture
def town(app: Flask) -> Town:
    """The town on the day of the recordings; the app's fixture lets time go on again."""
    clock.replay(1, NOON)
    return build_town()


def _names(phone: Phone, town: Town) -> dict[str, str]:
    """What the ids of this town stand for, as frontend/test/recorded/names.ts calls them."""
    names = {f"team {at}": team["id"] for at, team in enumerate(_profile(phone)["teams"], 1)}
    round_ = phone.of_kind("round")[0]
    names |= {
        "round": town.round.id,
        "campaign": round_["campaign"]["id"],
        "guide": round_["campaign"]["guide_id"],
        "consent text": round_["campaign"]["consent_text_id"],
    }
    names |= {f"person {who}": town.person(who).id for who in ("volunteer", "partner_of_pair")}
    for id_, dossier in phone.dossiers.items():
        if dossier["kind"] != "stop" or dossier["body"]["split_of"]:
            continue
        body, name = dossier["body"], f"stop {dossier['body']['position']}"
        names |= {name: id_, f"{name} address": body["address"]["id"]}
        names |= {f"{name} {what}": id_ for what, id_ in body["reserved"].items()}
        names |= {f"{name} differs {one['field']}": one["id"] for one in body["differences"]}
    return names


def _profile(phone: Phone) -> dict[str, Any]:
    return phone.of_kind("profile")[0]


class Replay:
    """A recorded day in a town of today: the same acts, about the same places by name."""

    def __init__(self, client: FlaskClient, town: Town, version: str) -> None:
        self.town = town
        self.recorded = json.loads((RECORDED / version / "queue.json").read_text())
        people = ("volunteer", "partner_of_pair")
        self.phones = {who: Phone(client, town.person(who)) for who in people}
        self.names: dict[str, str] = {}
        for phone in self.phones.values():
            self._sync(phone)

    def _sync(self, phone: Phone, said: dict[str, Any] | None = None) -> None:
        """Say it in so many words: what a version did not say is not said for it."""
        own = phone.request()
        of_now = {name: own[name] for name in ("device_id", "receipt", "holdings_hash")}
        of_now["holdings"] = None
        body = own if said is None else said | of_now
        reply = phone.client.post("/v1/sync", json=body, headers=phone.headers)
        assert reply.status_code == HTTPStatus.OK, reply.get_json()
        phone.apply(reply.get_json())
        # The first id of a name counts, as it did when this was recorded.
        self.names = _names(phone, self.town) | self.names

    def _here(self, said: Any) -> Any:
        text = json.dumps(said)
        for name, id_ in self.recorded["names"].items():
            text = text.replace(id_, self.names.get(name, id_))
        return json.loads(text)

    def play(self) -> Iterator[tuple[str, str, dict[str, str], dict[str, str]]]:
        """Send it all; gives for each mutation its kind, and what came of it then and now."""
        for exchange in self.recorded["exchanges"]:
            phone = self.phones[exchange["who"]]
            self._sync(phone)
            said = self._here(exchange["request"])
            self._sync(phone, said)
            then = {line["id"]: line for line in exchange["outcomes"]}
            for mutation in said["mutations"]:
                now = phone.outcomes.get(mutation["id"], {})
                yield mutation["id"], mutation["kind"], then[mutation["id"]], now


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_released_version_sends_has_the_outcomes_it_had(
    client: FlaskClient, town: Town, version: str
) -> None:
    played = list(Replay(client, town, version).play())
    assert set(CATALOGUE) <= {kind for _, kind, _, _ in played}
    assert [(kind, now) for _, kind, _, now in played] == [
        (kind, then) for _, kind, then, _ in played
    ]


def test_what_schema_1_left_unsaid_is_done(client: FlaskClient, town: Town) -> None:
    """Leaving a door was an empty body then."""
    day = Replay(client, town, "0.1.0")
    list(day.play())
    left = [
        mutation["body"]
        for exchange in day.recorded["exchanges"]
        for mutation in exchange["request"]["mutations"]
        if mutation["kind"] == "door.leave"
    ]
    assert left == [{}]
    assert db.session.query(AvoidedAddress).count() > 0
    assert [note.text for note in db.session.query(Note)] == ["post in de la"]


def test_a_newer_app_than_this_server_is_answered_in_the_servers_words(
    client: FlaskClient, town: Town
) -> None:
    phone = Phone(client, town.person("volunteer"))
    said = phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    phone.outbox[0]["schema"] = MUTATION + 1
    answer = phone.post(schema=EXCHANGE + 1, mood="sunny").get_json()
    assert answer["schema"] == EXCHANGE
    assert answer["outcomes"] == [{"id": said, "outcome": "quarantined", "code": "unknown-kind"}]


@given(kind=KINDS, body=SAID)
def test_what_is_said_in_todays_words_stays_as_it_is(kind: str, body: dict[str, Any]) -> None:
    assert lifted_body(kind, MUTATION, body) == body


@given(kind=KINDS, schema=st.integers(min_value=1, max_value=MUTATION), body=SAID)
def test_lifting_once_is_enough(kind: str, schema: int, body: dict[str, Any]) -> None:
    lifted = lifted_body(kind, schema, body)
    assert lifted_body(kind, schema, lifted) == lifted
    assert body.items() <= lifted.items()


@given(schema=st.integers(max_value=0) | st.integers(min_value=MUTATION + 1))
def test_a_schema_of_nobody_is_not_guessed_at(schema: int) -> None:
    with pytest.raises(NotUnderstood):
        lifted_body("door.leave", schema, {})


@given(said=SAID, schema=st.integers())
def test_a_request_is_lifted_once_and_keeps_its_number(said: dict[str, Any], schema: int) -> None:
    lifted = lifted_request(said | {"schema": schema})
    assert lifted["schema"] == schema
    assert lifted_request(lifted) == lifted


@given(schema=st.integers())
def test_an_answer_names_a_schema_that_both_sides_know(schema: int) -> None:
    reply = lowered({"schema": EXCHANGE, "ids": [], "erased": []}, schema)
    assert reply["schema"] == min(max(schema, 1), EXCHANGE)
    assert ("erased" in reply) == (reply["schema"] > 1)

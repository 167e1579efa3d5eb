"""What waits is let in at another door than its phone named, with all that followed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id
from outreach.conversations.models import Consent, Conversation, Note
from outreach.db import db
from outreach.sync.models import ErasedDossier, Quarantined
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town
from tests.factories.waiting import (
    WORDS,
    kept_of,
    open_kept,
    settle,
    talk_at_a_door_that_is_gone,
)


def test_a_talk_whose_door_is_gone_is_let_in_at_another_with_all_that_followed(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    gone = talk_at_a_door_that_is_gone(phone, town)
    kept, stop = kept_of("conversation.open"), town.stops[1]
    content = open_kept(client, coordinator, kept)
    assert (content["other_door"], content["followers"]) == (True, 2)
    reply = settle(client, coordinator, kept, stop_id=stop.id, followers=True)
    assert reply.status_code == 200, reply.get_json()
    settled = reply.get_json()
    assert (settled["followers"], settled["stopped_at"]) == (2, None)
    assert settled["address"] == {"street": "Wilgenhof", "number": "11"}
    talk = db.session.scalars(select(Conversation)).one()
    assert (talk.id, talk.household_id) == (stop.conversation_id, stop.household_id)
    assert talk.recorder_id == town.person("volunteer").id
    assert db.session.scalars(select(Note.text)).all() == [WORDS]
    db.session.expire_all()
    moved = kept_of("note.add")
    assert (moved.dossier_id, moved.first_dossier_id) == (stop.household_id, gone)
    assert moved.original is not None
    assert moved.original["dossier_id"] == gone
    assert moved.original["body"]["text"] == WORDS


def test_followers_are_let_in_until_one_does_not_fit(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    talk_at_a_door_that_is_gone(phone, town)
    consent = kept_of("consent.record")
    consent.body = consent.body | {"body": consent.body["body"] | {"how": "In een zin"}}
    db.session.commit()
    settled = settle(
        client,
        coordinator,
        kept_of("conversation.open"),
        stop_id=town.stops[1].id,
        followers=True,
    ).get_json()
    assert (settled["state"], settled["followers"]) == ("applied", 0)
    assert (settled["stopped_at"], settled["stopped_why"]) == (consent.id, "does-not-fit")
    db.session.expire_all()
    assert db.session.scalars(select(Consent)).all() == []
    assert kept_of("note.add").state == "waiting"


def test_the_door_is_found_by_street_and_number(
    client: FlaskClient, town: Town, coordinator: dict[str, str]
) -> None:
    reply = client.post(
        "/v1/quarantine/door-searches",
        headers=coordinator,
        json={"street": "wilgen", "number": "11"},
    )
    [door] = reply.get_json()["items"]
    assert (door["stop_id"], door["talk"]) == (town.stops[1].id, False)
    assert door["pair"] == sorted(
        town.person(name).first_name for name in ("volunteer", "partner_of_pair")
    )


@pytest.mark.parametrize("street", ["%", "_", "Elzenhof"])
def test_what_is_no_street_finds_no_door(
    client: FlaskClient, town: Town, coordinator: dict[str, str], street: str
) -> None:
    reply = client.post(
        "/v1/quarantine/door-searches", headers=coordinator, json={"street": street}
    )
    assert reply.get_json() == {"items": []}


def test_a_door_of_another_municipality_is_none(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    elsewhere = build_town("Elders")
    talk_at_a_door_that_is_gone(phone, town)
    kept = kept_of("conversation.open")
    reply = settle(client, coordinator, kept, stop_id=elsewhere.stops[0].id)
    assert reply.status_code == 400
    assert [fault["pointer"] for fault in reply.get_json()["errors"]] == ["/stop_id"]
    found = client.post(
        "/v1/quarantine/door-searches", headers=coordinator, json={"street": "Wilgenhof"}
    ).get_json()["items"]
    assert not {one["stop_id"] for one in found} & {stop.id for stop in elsewhere.stops}


def test_what_exists_at_one_door_only_goes_to_no_other(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(new_id(), "round.close")
    phone.sync()
    kept = kept_of("round.close")
    assert not open_kept(client, coordinator, kept)["other_door"]
    reply = settle(client, coordinator, kept, stop_id=town.stops[0].id)
    assert [fault["pointer"] for fault in reply.get_json()["errors"]] == ["/stop_id"]


def test_a_household_that_throws_all_away_takes_what_was_moved_and_asks_a_person(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    gone, stop = talk_at_a_door_that_is_gone(phone, town), town.stops[1]
    household_id = stop.household_id
    settle(client, coordinator, kept_of("conversation.open"), stop_id=stop.id, followers=True)
    phone.write(gone, "dossier.discard")
    phone.sync()
    settle(client, coordinator, kept_of("dossier.discard"))
    db.session.expire_all()
    waiting = db.session.scalars(select(Quarantined)).all()
    assert [(one.kind, one.dossier_id, one.reason) for one in waiting] == [
        ("dossier.discard", household_id, "moved-here")
    ]
    assert client.get("/v1/quarantine/alert", headers=coordinator).get_json() == {"urgent": 1}
    # It asks about this very address: at another one it would take what nobody asked about.
    assert not open_kept(client, coordinator, waiting[0])["other_door"]
    elsewhere = settle(client, coordinator, waiting[0], stop_id=town.stops[2].id)
    assert [fault["pointer"] for fault in elsewhere.get_json()["errors"]] == ["/stop_id"]
    assert settle(client, coordinator, waiting[0]).status_code == 200
    assert db.session.scalars(select(Note)).all() == []
    assert set(db.session.scalars(select(ErasedDossier.id))) == {gone, household_id}


@pytest.mark.parametrize(
    ("written", "first"), [("12 A-2", "12 A-2"), ("12a-2", "12 A-2"), ("12-3", "12-3")]
)
def test_a_door_is_found_as_its_number_is_written(
    client: FlaskClient, town: Town, coordinator: dict[str, str], written: str, first: str
) -> None:
    flats = [("", "3"), ("A", "2"), ("", "")]
    for address, (letter, suffix) in zip(town.addresses[2::-1], flats, strict=True):
        with db.session.no_autoflush:
            address.house_letter, address.house_suffix = letter, suffix
            address.house_number = 12
        db.session.flush()
    db.session.commit()
    found = client.post(
        "/v1/quarantine/door-searches",
        headers=coordinator,
        json={"street": "Wilgenhof", "number": written},
    ).get_json()["items"]
    assert (found[0]["number"], len(found)) == (first, 3)


def test_of_two_who_settle_at_once_one_is_told_that_it_is_no_longer_there(
    app: Flask, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    gone = talk_at_a_door_that_is_gone(phone, town)
    kept = kept_of("conversation.open")
    open_kept(app.test_client(), coordinator, kept)
    kept_id, doors = kept.id, [town.stops[n].id for n in (1, 2)]
    db.session.remove()
    start = Barrier(2)

    def request(door: str) -> int:
        body = {"decision": "apply", "reason": "nagaan", "stop_id": door, "followers": True}
        start.wait()
        where = f"/v1/quarantine/{kept_id}/settlement"
        client = app.test_client()
        return client.post(where, headers=coordinator, json=body).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(request, doors)) == [200, 404]
    assert len(db.session.scalars(select(Conversation)).all()) == 1
    rows = select(Quarantined.dossier_id).where(Quarantined.first_dossier_id == gone)
    assert len(set(db.session.scalars(rows))) == 1

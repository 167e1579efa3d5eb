"""A coordinator puts right what keeps a mutation from applying, and lets it in under its author."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.conversations.models import Consent, Conversation, Note
from outreach.db import db
from outreach.sync import mending, settlement
from outreach.sync.mending import Repair
from outreach.sync.models import ErasedDossier, Quarantined
from outreach.visits.models import ContactAttempt
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town, headers_for

WORDS = "Drie brieven van de woningcorporatie"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> Phone:
    synced = Phone(client, town.person("volunteer"))
    synced.sync()
    return synced


@pytest.fixture
def coordinator(town: Town) -> dict[str, str]:
    return headers_for(town.person("coordinator"))


def _open(client: FlaskClient, headers: dict[str, str], kept: Quarantined) -> dict[str, Any]:
    where = f"/v1/quarantine/{kept.id}/opening"
    content: dict[str, Any] = client.post(
        where, headers=headers, json={"reason": "nagaan"}
    ).get_json()
    return content


def _settle(client: FlaskClient, headers: dict[str, str], kept: Quarantined, **body: Any) -> Any:
    said = {"decision": "apply", "reason": "gebeld met Anna"} | body
    return client.post(f"/v1/quarantine/{kept.id}/settlement", headers=headers, json=said)


def _kept(kind: str) -> Quarantined:
    return db.session.scalars(select(Quarantined).where(Quarantined.kind == kind)).one()


def _talk_at_a_door_that_is_gone(phone: Phone, town: Town) -> str:
    """A talk with a note, under ids that no stop reserves; gives the household's id."""
    household_id, conversation_id = new_id(), new_id()
    talk = {"conversation_id": conversation_id}
    text = {"consent_text_id": town.consent_text.id}
    opened = {"stop_id": new_id(), "guide_id": town.guide.id, "noted": True}
    given = {"consent_id": new_id(), "purpose": "note", "given": True, "team_id": None}
    note = {"note_id": new_id(), "domain": "", "position": 0, "text": WORDS}
    phone.write(household_id, "conversation.open", **talk, **text, **opened, date=str(today()))
    phone.write(
        household_id, "consent.record", **talk, **text, **given, language="nl", how="spoken"
    )
    phone.write(household_id, "note.add", **talk, **note)
    phone.sync()
    return household_id


def _visit(phone: Phone, town: Town, **changes: Any) -> None:
    body = {"outcome": "not_home", "from": "", "details": {}, "day_part": "afternoon"}
    said = body | {"date": today().isoformat()} | changes
    phone.write(town.stops[0].id, "visit.record", **said)
    phone.sync()


def test_a_talk_whose_door_is_gone_is_let_in_at_another_with_all_that_followed(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    gone = _talk_at_a_door_that_is_gone(phone, town)
    kept, stop = _kept("conversation.open"), town.stops[1]
    content = _open(client, coordinator, kept)
    assert (content["other_door"], content["followers"]) == (True, 2)
    reply = _settle(client, coordinator, kept, stop_id=stop.id, followers=True)
    assert reply.status_code == 200, reply.get_json()
    settled = reply.get_json()
    assert (settled["followers"], settled["stopped_at"]) == (2, None)
    assert settled["address"] == {"street": "Wilgenhof", "number": "11"}
    talk = db.session.scalars(select(Conversation)).one()
    assert (talk.id, talk.household_id) == (stop.conversation_id, stop.household_id)
    assert talk.recorder_id == town.person("volunteer").id
    assert db.session.scalars(select(Note.text)).all() == [WORDS]
    db.session.expire_all()
    moved = _kept("note.add")
    assert (moved.dossier_id, moved.first_dossier_id) == (stop.household_id, gone)
    assert moved.original is not None
    assert moved.original["dossier_id"] == gone
    assert moved.original["body"]["text"] == WORDS


def test_followers_are_let_in_until_one_does_not_fit(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _talk_at_a_door_that_is_gone(phone, town)
    consent = _kept("consent.record")
    consent.body = consent.body | {"body": consent.body["body"] | {"how": "In een zin"}}
    db.session.commit()
    settled = _settle(
        client,
        coordinator,
        _kept("conversation.open"),
        stop_id=town.stops[1].id,
        followers=True,
    ).get_json()
    assert (settled["state"], settled["followers"]) == ("applied", 0)
    assert (settled["stopped_at"], settled["stopped_why"]) == (consent.id, "does-not-fit")
    db.session.expire_all()
    assert db.session.scalars(select(Consent)).all() == []
    assert _kept("note.add").state == "waiting"


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
    _talk_at_a_door_that_is_gone(phone, town)
    kept = _kept("conversation.open")
    reply = _settle(client, coordinator, kept, stop_id=elsewhere.stops[0].id)
    assert reply.status_code == 400
    assert [fault["pointer"] for fault in reply.get_json()["errors"]] == ["/stop_id"]
    found = client.post(
        "/v1/quarantine/door-searches", headers=coordinator, json={"street": "Wilgenhof"}
    ).get_json()["items"]
    assert not {one["stop_id"] for one in found} & {stop.id for stop in elsewhere.stops}


def test_each_refused_field_is_named_with_what_may_stand_there(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _visit(phone, town, outcome="nobody", day_part="noon", mood="ok")
    fields = {
        one["pointer"]: one for one in _open(client, coordinator, _kept("visit.record"))["fields"]
    }
    assert {pointer: one["code"] for pointer, one in fields.items()} == {
        "/outcome": "not-a-choice",
        "/day_part": "not-a-choice",
        "/mood": "unknown-field",
        "/date": "",
    }
    assert "not_home" in fields["/outcome"]["options"]
    assert (fields["/mood"]["kind"], fields["/mood"]["removable"]) == ("unknown", True)
    assert (fields["/date"]["kind"], fields["/date"]["value"]) == ("date", today().isoformat())


def test_what_its_schema_refused_is_put_right_and_let_in_under_its_author(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _visit(phone, town, outcome="nobody", day_part="noon", mood="ok")
    kept = _kept("visit.record")
    reply = _settle(
        client,
        coordinator,
        kept,
        changes={"/outcome": "not_home", "/day_part": "evening"},
        removed=["/mood"],
    )
    assert reply.status_code == 200, reply.get_json()
    attempt = db.session.scalars(select(ContactAttempt)).one()
    assert (attempt.outcome, attempt.day_part) == ("not_home", "evening")
    assert attempt.recorded_by == town.person("volunteer").id
    db.session.expire_all()
    assert kept.original is not None
    assert kept.original["body"]["mood"] == "ok"
    assert "mood" not in kept.body["body"]


def test_the_trail_names_who_repaired_which_fields_and_never_how(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _visit(phone, town, outcome="nobody", mood=WORDS)
    kept = _kept("visit.record")
    _settle(client, coordinator, kept, changes={"/outcome": "not_home"}, removed=["/mood"])
    rows = select(TrailEntry).where(TrailEntry.object_id == kept.id).order_by(TrailEntry.number)
    told = [(one.actor_id, one.action, one.reason) for one in db.session.scalars(rows)]
    repairer = town.person("coordinator").id
    assert told == [
        (repairer, "quarantine.repair", "/mood, /outcome"),
        (repairer, "quarantine.applied", "gebeld met Anna"),
    ]


def test_a_change_may_bring_up_the_next(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _visit(phone, town, outcome="come_back", mood="ok")
    kept = _kept("visit.record")
    reply = _settle(client, coordinator, kept, changes={"/outcome": "later"}, removed=["/mood"])
    assert reply.status_code == 400
    faults = {fault["pointer"]: fault["code"] for fault in reply.get_json()["errors"]}
    assert faults == {
        "/changes/~1details~1date": "missing",
        "/changes/~1details~1day_part": "missing",
    }
    more = {"/details/date": today().isoformat(), "/details/day_part": "evening"}
    reply = _settle(
        client, coordinator, kept, changes={"/outcome": "later"} | more, removed=["/mood"]
    )
    assert reply.status_code == 200, reply.get_json()


@pytest.mark.parametrize(
    ("changes", "removed", "pointer"),
    [
        ({"/text": "iets anders"}, [], "/changes/~1text"),
        ({"/note_id": new_id()}, [], "/changes/~1note_id"),
        ({"/mood": "ok"}, [], "/changes/~1mood"),
        ({"nowhere": 1}, [], "/changes/"),
        ({}, ["/text"], "/changes/~1text"),
    ],
)
def test_words_that_fit_and_ids_are_not_for_a_coordinator_to_change(
    client: FlaskClient,
    town: Town,
    phone: Phone,
    coordinator: dict[str, str],
    changes: dict[str, Any],
    removed: list[str],
    pointer: str,
) -> None:
    said = {"note_id": new_id(), "conversation_id": new_id(), "domain": "", "position": 0}
    phone.write(town.stops[0].household_id, "note.add", **said, text=WORDS, mood="ok")
    phone.sync()
    kept = _kept("note.add")
    reply = _settle(client, coordinator, kept, changes=changes, removed=[*removed, "/mood"])
    assert reply.status_code == 400, reply.get_json()
    faults = {fault["pointer"]: fault["code"] for fault in reply.get_json()["errors"]}
    assert faults[pointer] == "not-to-be-changed"
    assert db.session.get_one(Quarantined, kept.id).body["body"]["text"] == WORDS


def test_what_still_stands_in_the_way_is_said_in_words(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _talk_at_a_door_that_is_gone(phone, town)
    reply = _settle(client, coordinator, _kept("note.add"), stop_id=town.stops[1].id)
    assert reply.status_code == 409
    assert "Het gesprek is onbekend" in reply.get_json()["detail"]
    assert _kept("note.add").original is None


def test_let_in_as_it_is_it_names_each_field_that_is_refused(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _visit(phone, town, outcome="nobody", mood="ok")
    reply = _settle(client, coordinator, _kept("visit.record"))
    assert (reply.status_code, reply.get_json()["code"]) == (409, "still-does-not-fit")
    faults = {fault["pointer"]: fault["code"] for fault in reply.get_json()["errors"]}
    assert faults == {"/changes/~1outcome": "not-a-choice", "/changes/~1mood": "unknown-field"}


def test_half_a_form_is_read_and_not_repaired(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(new_id(), "draft.worry", facts=WORDS, address_id=None)
    phone.sync()
    kept = _kept("draft.worry")
    content = _open(client, coordinator, kept)
    assert (content["fields"], content["other_door"]) == ([], False)
    assert _settle(client, coordinator, kept).status_code == 409


def test_what_exists_at_one_door_only_goes_to_no_other(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(new_id(), "round.close")
    phone.sync()
    kept = _kept("round.close")
    assert not _open(client, coordinator, kept)["other_door"]
    reply = _settle(client, coordinator, kept, stop_id=town.stops[0].id)
    assert [fault["pointer"] for fault in reply.get_json()["errors"]] == ["/stop_id"]


def test_a_household_that_throws_all_away_takes_what_was_moved_and_asks_a_person(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    gone, stop = _talk_at_a_door_that_is_gone(phone, town), town.stops[1]
    household_id = stop.household_id
    _settle(client, coordinator, _kept("conversation.open"), stop_id=stop.id, followers=True)
    phone.write(gone, "dossier.discard")
    phone.sync()
    _settle(client, coordinator, _kept("dossier.discard"))
    db.session.expire_all()
    waiting = db.session.scalars(select(Quarantined)).all()
    assert [(one.kind, one.dossier_id, one.reason) for one in waiting] == [
        ("dossier.discard", household_id, "moved-here")
    ]
    assert client.get("/v1/quarantine/alert", headers=coordinator).get_json() == {"urgent": 1}
    assert _settle(client, coordinator, waiting[0]).status_code == 200
    assert db.session.scalars(select(Note)).all() == []
    assert set(db.session.scalars(select(ErasedDossier.id))) == {gone, household_id}


def test_a_visit_of_a_closed_round_with_a_day_that_cannot_be_is_put_right(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _visit(phone, town)
    town.round.state, town.round.closed_at = "closed", now()
    db.session.commit()
    _visit(phone, town, outcome="empty", **{"from": "not_home"})
    kept = _kept("visit.record")
    assert kept.reason == "round-closed"
    yesterday = "2026-01-31"
    reply = _settle(client, coordinator, kept, changes={"/date": yesterday})
    assert reply.status_code == 200, reply.get_json()
    db.session.expire_all()
    attempt = db.session.scalars(select(ContactAttempt)).one()
    assert (attempt.outcome, attempt.date.isoformat()) == ("empty", yesterday)


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


@pytest.mark.parametrize("field", ["given", "purpose", "how", "consent_text_id", "team_id"])
def test_what_was_agreed_to_is_not_for_a_coordinator_to_fill_in(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str], field: str
) -> None:
    said = {
        "consent_id": new_id(),
        "conversation_id": new_id(),
        "purpose": "share" if field == "team_id" else "note",
        "given": True,
        "consent_text_id": town.consent_text.id,
        "language": "nl",
        "how": "spoken",
        "team_id": None,
    }
    wrong = said if field == "team_id" else said | {field: "Zo ongeveer"}
    right = town.team.id if field == "team_id" else said[field]
    phone.write(town.stops[0].household_id, "consent.record", **wrong)
    phone.sync()
    _evidence_stays(client, coordinator, _kept("consent.record"), field, right)


def test_whether_it_may_be_passed_on_is_not_for_a_coordinator_to_fill_in(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    said = {"conversation_id": new_id(), "asked_on": str(today()), "crisis": False}
    phone.write(town.stops[0].household_id, "debt_help.ask", **said, pass_on="vast")
    phone.sync()
    _evidence_stays(client, coordinator, _kept("debt_help.ask"), "pass_on", True)


def _evidence_stays(
    client: FlaskClient, headers: dict[str, str], kept: Quarantined, field: str, right: Any
) -> None:
    fields = {one["pointer"]: one for one in _open(client, headers, kept)["fields"]}
    shown = fields[f"/{field}"]
    assert (shown["kind"], shown["options"], shown["removable"]) == ("evidence", [], False)
    reply = _settle(client, headers, kept, changes={f"/{field}": right})
    assert reply.status_code == 400, reply.get_json()
    faults = [(fault["pointer"], fault["code"]) for fault in reply.get_json()["errors"]]
    assert (f"/changes/~1{field}", "not-to-be-changed") in faults


def test_of_a_list_the_last_goes_first_and_each_once(town: Town, phone: Phone) -> None:
    said = {
        "handover_id": new_id(),
        "conversation_id": new_id(),
        "consent_id": new_id(),
        "team_id": town.team.id,
        "why": WORDS,
        "urgency": "ordinary",
        "company_wanted": False,
        "called_at": None,
    }
    domains = [f"word_{number}" for number in range(11)]
    domains[0] = "money_and_schemes"
    phone.write(town.stops[0].household_id, "handover.offer", **said, domains=domains)
    phone.sync()
    kept = _kept("handover.offer")
    removed = [f"/domains/{number}" for number in range(1, 11)]
    mended = mending.mended(kept, Repair(removed=(*removed, "/domains/9", "/domains/10")))
    assert mended["domains"] == ["money_and_schemes"]


@pytest.mark.parametrize("fault", [OperationalError("", {}, Exception()), LookupError(WORDS)])
def test_a_line_that_is_lost_says_nothing_of_what_was_said(
    client: FlaskClient,
    town: Town,
    phone: Phone,
    coordinator: dict[str, str],
    fault: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _visit(phone, town, outcome="nobody")
    kept = _kept("visit.record")

    def breaks(_intent: Any) -> None:
        raise fault

    monkeypatch.setattr(settlement, "carried_out", breaks)
    repair = {"changes": {"/outcome": "not_home"}}
    if isinstance(fault, OperationalError):
        assert _settle(client, coordinator, kept, **repair).status_code == 500
        return
    assert _settle(client, coordinator, kept, **repair).status_code == 409
    assert "visit.record broke on LookupError" in caplog.text
    assert WORDS not in caplog.text


def test_of_two_who_settle_at_once_one_is_told_that_it_is_no_longer_there(
    app: Flask, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    gone = _talk_at_a_door_that_is_gone(phone, town)
    kept_id, doors = _kept("conversation.open").id, [town.stops[n].id for n in (1, 2)]
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

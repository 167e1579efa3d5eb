"""A coordinator puts right what keeps a mutation from applying, and lets it in under its author."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.sync import mending, settlement
from outreach.sync.mending import Repair
from outreach.sync.models import Quarantined
from outreach.visits.models import ContactAttempt
from tests.factories.phone import Phone
from tests.factories.town import Town
from tests.factories.waiting import (
    WORDS,
    kept_of,
    open_kept,
    settle,
    talk_at_a_door_that_is_gone,
    visit_at,
)


def test_each_refused_field_is_named_with_what_may_stand_there(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    visit_at(phone, town, outcome="nobody", day_part="noon", mood="ok")
    fields = {
        one["pointer"]: one
        for one in open_kept(client, coordinator, kept_of("visit.record"))["fields"]
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
    visit_at(phone, town, outcome="nobody", day_part="noon", mood="ok")
    kept = kept_of("visit.record")
    reply = settle(
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
    visit_at(phone, town, outcome="nobody", mood=WORDS)
    kept = kept_of("visit.record")
    settle(client, coordinator, kept, changes={"/outcome": "not_home"}, removed=["/mood"])
    rows = select(TrailEntry).where(TrailEntry.object_id == kept.id).order_by(TrailEntry.number)
    told = [(one.actor_id, one.action, one.reason) for one in db.session.scalars(rows)]
    repairer = town.person("coordinator").id
    assert told == [
        (repairer, "quarantine.open", "nagaan"),
        (repairer, "quarantine.repair", "/mood, /outcome"),
        (repairer, "quarantine.applied", "gebeld met Anna"),
    ]


def test_a_change_may_bring_up_the_next(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    visit_at(phone, town, outcome="come_back", mood="ok")
    kept = kept_of("visit.record")
    reply = settle(client, coordinator, kept, changes={"/outcome": "later"}, removed=["/mood"])
    assert reply.status_code == 400
    faults = {fault["pointer"]: fault["code"] for fault in reply.get_json()["errors"]}
    assert faults == {
        "/changes/~1details~1date": "missing",
        "/changes/~1details~1day_part": "missing",
    }
    more = {"/details/date": today().isoformat(), "/details/day_part": "evening"}
    reply = settle(
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
    kept = kept_of("note.add")
    reply = settle(client, coordinator, kept, changes=changes, removed=[*removed, "/mood"])
    assert reply.status_code == 400, reply.get_json()
    faults = {fault["pointer"]: fault["code"] for fault in reply.get_json()["errors"]}
    assert faults[pointer] == "not-to-be-changed"
    assert db.session.get_one(Quarantined, kept.id).body["body"]["text"] == WORDS


def test_what_still_stands_in_the_way_is_said_in_words(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    talk_at_a_door_that_is_gone(phone, town)
    reply = settle(client, coordinator, kept_of("note.add"), stop_id=town.stops[1].id)
    assert reply.status_code == 409
    assert "Het gesprek is onbekend" in reply.get_json()["detail"]
    assert kept_of("note.add").original is None


def test_let_in_as_it_is_it_names_each_field_that_is_refused(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    visit_at(phone, town, outcome="nobody", mood="ok")
    reply = settle(client, coordinator, kept_of("visit.record"))
    assert (reply.status_code, reply.get_json()["code"]) == (409, "still-does-not-fit")
    faults = {fault["pointer"]: fault["code"] for fault in reply.get_json()["errors"]}
    assert faults == {"/changes/~1outcome": "not-a-choice", "/changes/~1mood": "unknown-field"}


def test_half_a_form_is_read_and_not_repaired(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(new_id(), "draft.worry", facts=WORDS, address_id=None)
    phone.sync()
    kept = kept_of("draft.worry")
    content = open_kept(client, coordinator, kept)
    assert (content["fields"], content["other_door"]) == ([], False)
    assert settle(client, coordinator, kept).status_code == 409


def test_a_visit_of_a_closed_round_with_a_day_that_cannot_be_is_put_right(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    visit_at(phone, town)
    town.round.state, town.round.closed_at = "closed", now()
    db.session.commit()
    visit_at(phone, town, outcome="empty", **{"from": "not_home"})
    kept = kept_of("visit.record")
    assert kept.reason == "round-closed"
    yesterday = "2026-01-31"
    reply = settle(client, coordinator, kept, changes={"/date": yesterday})
    assert reply.status_code == 200, reply.get_json()
    db.session.expire_all()
    attempt = db.session.scalars(select(ContactAttempt)).one()
    assert (attempt.outcome, attempt.date.isoformat()) == ("empty", yesterday)


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
    _evidence_stays(client, coordinator, kept_of("consent.record"), field, right)


def test_whether_it_may_be_passed_on_is_not_for_a_coordinator_to_fill_in(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    said = {"conversation_id": new_id(), "asked_on": str(today()), "crisis": False}
    phone.write(town.stops[0].household_id, "debt_help.ask", **said, pass_on="vast")
    phone.sync()
    _evidence_stays(client, coordinator, kept_of("debt_help.ask"), "pass_on", True)


def _evidence_stays(
    client: FlaskClient, headers: dict[str, str], kept: Quarantined, field: str, right: Any
) -> None:
    fields = {one["pointer"]: one for one in open_kept(client, headers, kept)["fields"]}
    shown = fields[f"/{field}"]
    assert (shown["kind"], shown["options"], shown["removable"]) == ("evidence", [], False)
    reply = settle(client, headers, kept, changes={f"/{field}": right})
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
    kept = kept_of("handover.offer")
    removed = [f"/domains/{number}" for number in range(1, 11)]
    mended = mending.mended(kept, Repair(removed=(*removed, "/domains/9", "/domains/10")))
    assert mended["domains"] == ["money_and_schemes"]


def _breaks_with(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_intent: Any) -> None:
        raise fault

    monkeypatch.setattr(settlement, "carried_out", breaks)


def test_a_line_that_is_lost_is_not_told_as_something_that_does_not_fit(
    client: FlaskClient,
    town: Town,
    phone: Phone,
    coordinator: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit_at(phone, town, outcome="nobody")
    kept = kept_of("visit.record")
    _breaks_with(OperationalError("", {}, Exception()), monkeypatch)
    reply = settle(client, coordinator, kept, changes={"/outcome": "not_home"})
    assert reply.status_code == 500


def test_what_nobody_foresaw_is_logged_by_its_kind_and_never_by_what_was_said(
    client: FlaskClient,
    town: Town,
    phone: Phone,
    coordinator: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    visit_at(phone, town, outcome="nobody")
    kept = kept_of("visit.record")
    _breaks_with(LookupError(WORDS), monkeypatch)
    reply = settle(client, coordinator, kept, changes={"/outcome": "not_home"})
    assert reply.status_code == 409
    assert "visit.record broke on LookupError" in caplog.text
    assert WORDS not in caplog.text

"""An incident goes from a volunteer to who calls back; the phone hears that they did, no more."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from outreach.access.intents import CannotApply
from outreach.audit.differences import Effect
from outreach.audit.models import TrailEntry
from outreach.clock import new_id
from outreach.conversations.models import Debrief
from outreach.db import db
from outreach.incidents.models import Incident
from outreach.incidents.schemas import KINDS, RaiseBody
from outreach.sync.models import Quarantined
from tests.conversations.phone import Phone
from tests.factories.phone import Phone as SyncingPhone
from tests.factories.town import Town, build_town, headers_for

FACTS = "Een man kwam dreigend de trap af. Wij gingen weg."


def _said(id_: str, town: Town | None = None, **other: Any) -> dict[str, Any]:
    said = {
        "incident_id": id_,
        "round_id": town.round.id if town else None,
        "kind": "aggression",
        "date": "2026-03-04",
        "day_part": "evening",
        "facts": FACTS,
        "hurt": False,
        "call_now": False,
    }
    return said | other


@pytest.fixture
def phone(town: Town) -> Phone:
    return Phone(town, town.person("volunteer"), town.stops[0])


@pytest.fixture
def syncing(client: FlaskClient, town: Town) -> SyncingPhone:
    made = SyncingPhone(client, town.person("volunteer"), kinds=["call_back", "voucher"])
    made.sync()
    return made


def _raise(phone: Phone, *, id_: str = "", **other: Any) -> str:
    id_ = id_ or new_id()
    phone.last_effect = phone.says(
        "incident.raise", dossier_id=id_, **_said(id_, phone.town, **other)
    )
    db.session.commit()
    return id_


def _listed(client: FlaskClient, town: Town, role: str) -> list[str]:
    answer = client.get("/v1/incidents", headers=headers_for(town.person(role)))
    assert answer.status_code == 200
    return [one["id"] for one in answer.get_json()["items"]]


def test_a_supervisor_of_the_district_and_the_coordinator_see_it_and_no_other_supervisor(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    id_ = _raise(phone)
    assert _listed(client, town, "coordinator") == [id_]
    assert _listed(client, town, "supervisor") == [id_]
    assert _listed(client, town, "other_supervisor") == []
    elsewhere = build_town("Elders")
    assert _listed(client, elsewhere, "coordinator") == []


def test_the_list_says_nothing_of_what_happened(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    _raise(phone)
    answer = client.get("/v1/incidents", headers=headers_for(town.person("coordinator")))
    assert "trap" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("role", ["volunteer", "wijkcoach", "admin", "privacy_officer"])
def test_nobody_else_reads_incidents(
    client: FlaskClient, town: Town, phone: Phone, role: str
) -> None:
    id_ = _raise(phone)
    headers = headers_for(town.person(role))
    assert client.get("/v1/incidents", headers=headers).status_code == 403
    assert client.get(f"/v1/incidents/{id_}", headers=headers).status_code == 403


def test_somebody_takes_it_calls_and_closes_it_in_that_order(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    path = f"/v1/incidents/{_raise(phone)}"
    headers = headers_for(town.person("coordinator"))
    closing = {"outcome": "support", "note": "Volgende week samen lopen"}
    early = client.post(f"{path}/closing", json=closing, headers=headers)
    assert (early.status_code, early.get_json()["code"]) == (409, "call-first")
    taken = client.post(f"{path}/taking", headers=headers).get_json()
    assert (taken["taken_by"], taken["called_by"]) == ("Coordinator", None)
    called = client.post(f"{path}/call", headers=headers).get_json()
    assert called["called_by"] == "Coordinator"
    assert called["called_at"]
    closed = client.post(f"{path}/closing", json=closing, headers=headers).get_json()
    assert (closed["outcome"], closed["closed_by"]) == ("support", "Coordinator")
    late = client.post(f"{path}/call", headers=headers)
    assert (late.status_code, late.get_json()["code"]) == (409, "incident-closed")
    deeds = [one.action for one in db.session.scalars(select(TrailEntry)) if one.actor_id]
    raised = ["incident.raise", "incident.take", "incident.call", "incident.close"]
    assert deeds == raised


def test_a_round_of_somebody_else_is_not_named_and_the_incident_counts(
    town: Town, phone: Phone
) -> None:
    incident = db.session.get_one(Incident, _raise(phone, round_id=new_id()))
    assert incident.round_id is None
    # They work in one district only, so its supervisors see it.
    assert incident.district_id == town.district.id


def test_told_again_in_other_words_both_are_kept_and_hurt_stays(phone: Phone) -> None:
    id_ = _raise(phone, hurt=True)
    _raise(phone, id_=id_, facts="Samira ook.", hurt=False)
    assert phone.last_effect == Effect.MERGED
    incident = db.session.get_one(Incident, id_)
    assert (incident.facts, incident.hurt) == (f"{FACTS}\n\nSamira ook.", True)


def test_somebody_elses_incident_cannot_be_added_to(town: Town, phone: Phone) -> None:
    id_ = _raise(phone)
    with pytest.raises(CannotApply, match="id-in-use"):
        _raise(Phone(town, town.person("partner_of_pair"), phone.stop), id_=id_)


def test_an_incident_is_its_own_dossier_and_no_households(phone: Phone) -> None:
    with pytest.raises(CannotApply, match="no-right"):
        phone.says(
            "incident.raise", dossier_id=phone.stop.household_id, **_said(new_id(), phone.town)
        )


def test_the_phone_hears_who_calls_and_that_they_did_and_no_word_of_it(
    client: FlaskClient, town: Town, syncing: SyncingPhone
) -> None:
    id_ = new_id()
    said = syncing.write(id_, "incident.raise", **_said(id_, town))
    syncing.sync()
    assert syncing.outcome(said) == "applied"
    waiting = {"about": "incident", "kind": "aggression", "date": "2026-03-04"}
    assert syncing.of_kind("call_back") == [waiting | {"taken_by": None, "called": None}]
    headers = headers_for(town.person("coordinator"))
    client.post(f"/v1/incidents/{id_}/taking", headers=headers)
    syncing.sync()
    assert syncing.of_kind("call_back") == [waiting | {"taken_by": "Coordinator", "called": None}]
    client.post(f"/v1/incidents/{id_}/call", headers=headers)
    syncing.sync()
    [told] = syncing.of_kind("call_back")
    assert told["called"]["by"] == "Coordinator"
    assert "trap" not in str(syncing.dossiers)


def test_an_app_that_has_no_place_for_it_does_not_get_it(
    client: FlaskClient, town: Town, syncing: SyncingPhone
) -> None:
    id_ = new_id()
    syncing.write(id_, "incident.raise", **_said(id_, town))
    syncing.sync()
    older = SyncingPhone(client, town.person("volunteer"))
    older.sync()
    assert older.of_kind("call_back") == []
    assert older.of_kind("profile")


def test_nobody_else_of_the_pair_hears_of_it(
    client: FlaskClient, town: Town, syncing: SyncingPhone
) -> None:
    id_ = new_id()
    syncing.write(id_, "incident.raise", **_said(id_, town))
    syncing.sync()
    other = SyncingPhone(client, town.person("partner_of_pair"), kinds=["call_back"])
    other.sync()
    assert other.of_kind("call_back") == []


def test_a_heavy_talk_of_no_door_waits_with_the_debriefs_and_shows_on_the_phone(
    client: FlaskClient, town: Town, syncing: SyncingPhone
) -> None:
    id_ = new_id()
    syncing.write(id_, "talk.was_heavy", debrief_id=id_, date="2026-03-04")
    syncing.sync()
    debrief = db.session.get_one(Debrief, id_)
    assert (debrief.stop_id, debrief.feeling, debrief.call_me) == (None, "heavy", True)
    headers = headers_for(town.person("coordinator"))
    [waiting] = client.get("/v1/debriefs", headers=headers).get_json()["items"]
    assert waiting["id"] == id_
    client.post(f"/v1/debriefs/{id_}/call", headers=headers)
    syncing.sync()
    [told] = syncing.of_kind("call_back")
    assert (told["about"], told["kind"], told["called"]["by"]) == ("heavy_talk", "", "Coordinator")


def test_a_debrief_after_a_talk_that_asks_for_a_call_shows_on_the_phone_too(
    town: Town, syncing: SyncingPhone
) -> None:
    for call_me in (True, False):
        body = {"debrief_id": new_id(), "feeling": "heavy", "date": "2026-03-04"}
        syncing.write(town.stops[0].id, "debrief.record", **body, call_me=call_me)
    syncing.sync()
    assert [one["about"] for one in syncing.of_kind("call_back")] == ["heavy_talk"]


def test_an_incident_that_does_not_fit_is_kept_whole_and_cannot_wait(
    syncing: SyncingPhone, town: Town
) -> None:
    id_ = new_id()
    said = syncing.write(id_, "incident.raise", **_said(id_, town, kind="spook"))
    syncing.sync()
    assert syncing.outcome(said) == "quarantined"
    kept = db.session.scalars(select(Quarantined)).one()
    assert kept.urgent
    assert kept.body["body"]["facts"] == FACTS


@settings(max_examples=40)
@given(
    kind=st.sampled_from(KINDS),
    facts=st.text(max_size=200),
    on=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)),
    hurt=st.booleans(),
)
def test_whatever_is_told_fits_unless_it_is_of_no_kind(
    kind: str, facts: str, on: date, *, hurt: bool
) -> None:
    id_ = new_id()
    said = _said(id_, kind=kind, facts=facts, date=on.isoformat(), hurt=hurt)
    body = RaiseBody().load(said)
    assert (body["kind"], body["date"], body["hurt"]) == (kind, on, hurt)

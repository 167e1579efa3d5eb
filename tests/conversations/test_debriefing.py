"""*Nabespreken*: the coordinator sees whom to call, and never which household."""

import pytest
from flask.testing import FlaskClient

from outreach.access.intents import CannotApply
from outreach.audit.differences import Effect
from outreach.audit.models import TrailEntry
from outreach.clock import new_id
from outreach.db import db
from tests.conversations.phone import Phone
from tests.factories.town import Town, build_town, headers_for


def _debrief(
    phone: Phone, *, call_me: bool = True, id_: str = "", feeling: str = "heavy"
) -> Effect:
    return phone.says(
        "debrief.record",
        dossier_id=phone.stop.id,
        debrief_id=id_ or new_id(),
        feeling=feeling,
        call_me=call_me,
        date="2026-03-04",
    )


@pytest.fixture
def phone(town: Town) -> Phone:
    return Phone(town, town.person("volunteer"), town.stops[0])


def test_the_coordinator_sees_who_wants_to_be_called_and_calls(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    _debrief(phone)
    _debrief(phone, call_me=False)
    headers = headers_for(town.person("coordinator"))
    [waiting] = client.get("/v1/debriefs", headers=headers).get_json()["items"]
    about_the_call = {"received_at", "taken_by", "called_by", "called_at"}
    assert set(waiting) == {"id", "first_name", "phone", "feeling", "date"} | about_the_call
    assert (waiting["first_name"], waiting["phone"]) == ("Volunteer", "0600000000")
    path = f"/v1/debriefs/{waiting['id']}/call"
    assert client.post(path, headers=headers).status_code == 204
    assert client.get("/v1/debriefs", headers=headers).get_json()["items"] == []
    assert client.post(path, headers=headers).status_code == 404
    deeds = [entry.action for entry in db.session.query(TrailEntry)]
    assert deeds == ["debrief.call"]


def test_another_municipality_cannot_see_or_call(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    id_ = new_id()
    _debrief(phone, id_=id_)
    headers = headers_for(build_town("Elders").person("coordinator"))
    assert client.get("/v1/debriefs", headers=headers).get_json()["items"] == []
    assert client.post(f"/v1/debriefs/{id_}/call", headers=headers).status_code == 404


@pytest.mark.parametrize("role", ["supervisor", "volunteer", "wijkcoach", "admin"])
def test_nobody_else_reads_debriefs(client: FlaskClient, town: Town, role: str) -> None:
    answer = client.get("/v1/debriefs", headers=headers_for(town.person(role)))
    assert answer.status_code == 403


def test_a_debrief_told_again_is_changed_by_the_same_volunteer_only(
    town: Town, phone: Phone
) -> None:
    id_ = new_id()
    _debrief(phone, id_=id_, call_me=False)
    assert _debrief(phone, id_=id_, call_me=True) == Effect.MERGED
    with pytest.raises(CannotApply, match="id-in-use"):
        _debrief(Phone(town, town.person("partner_of_pair"), phone.stop), id_=id_)


def test_only_the_pair_debriefs_a_stop(town: Town, phone: Phone) -> None:
    body = {"debrief_id": new_id(), "feeling": "good", "call_me": False, "date": "2026-03-04"}
    stranger = Phone(town, town.person("other_volunteer"), phone.stop)
    assert phone.may("debrief.record", dossier_id=phone.stop.id, **body)
    assert not stranger.may("debrief.record", dossier_id=phone.stop.id, **body)


def test_who_calls_says_so_and_stands_with_the_call_afterwards(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    id_ = new_id()
    _debrief(phone, id_=id_)
    headers = headers_for(town.person("coordinator"))
    assert client.post(f"/v1/debriefs/{id_}/taking", headers=headers).status_code == 204
    [waiting] = client.get("/v1/debriefs", headers=headers).get_json()["items"]
    assert (waiting["taken_by"], waiting["called_by"]) == ("Coordinator", None)
    client.post(f"/v1/debriefs/{id_}/call", headers=headers)
    [answered] = client.get("/v1/debriefs/answered", headers=headers).get_json()["items"]
    assert (answered["id"], answered["called_by"]) == (id_, "Coordinator")
    assert answered["called_at"] is not None
    assert client.post(f"/v1/debriefs/{id_}/taking", headers=headers).status_code == 404

"""Doors where nobody rings: seen by supervisor and coordinator alone, lifted, told, objected to."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from tests.campaigns.desk import Desk
from tests.factories.town import Town, build_town, headers_for


def hold(town: Town, kind: str = "unsafe", **change: Any) -> DoorHold:
    row = {
        "id": new_id(),
        "municipality_id": town.municipality.id,
        "address_id": town.addresses[0].id,
        "campaign_id": town.campaign.id if kind == "unsafe" else None,
        "kind": kind,
        "set_by": town.person("volunteer").id,
        "set_at": now(),
    }
    made = DoorHold(**(row | change))
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    return Desk(client, headers_for(town.person("supervisor")))


def listed(desk: Desk) -> list[Any]:
    status, body = desk.get("/held-doors")
    assert status == 200
    return list(body["items"])


def test_every_kind_is_listed_with_who_said_so_and_until_when(desk: Desk, town: Town) -> None:
    hold(town, "wants_no_visit")
    hold(town, ends_on=today() + timedelta(days=30))
    hold(town, "not_a_home", lifted_at=now())
    hold(town, ends_on=today() - timedelta(days=1))
    by_kind = {one["kind"]: one for one in listed(desk)}
    assert by_kind.keys() == {"wants_no_visit", "unsafe"}
    assert by_kind["unsafe"]["set_by"] == town.person("volunteer").name
    assert by_kind["unsafe"]["ends_on"] == (today() + timedelta(days=30)).isoformat()
    assert by_kind["wants_no_visit"]["ends_on"] is None


def test_a_refusal_ends_when_its_resident_moved(desk: Desk, town: Town) -> None:
    made = hold(town, "wants_no_visit")
    assert desk.post(f"/held-doors/{made.id}/lifting", {"why": "moved"})[0] == 204
    assert listed(desk) == []
    db.session.refresh(made)
    assert (made.lifted_why, made.lifted_at is not None) == ("moved", True)
    assert desk.post(f"/held-doors/{made.id}/lifting", {"why": "moved"})[0] == 404
    assert desk.post(f"/held-doors/{made.id}/lifting", {"why": "felt like it"})[0] in {400, 404}


def test_who_objects_has_the_door_decided_again(desk: Desk, town: Town) -> None:
    made = hold(town)
    decided = {"keep": True, "months": 6}
    assert desk.post(f"/door-holds/{made.id}/decision", decided)[0] == 204
    assert desk.get("/door-holds")[1]["items"] == []
    day = today().isoformat()
    told = {"informed_on": day, "objected_on": day}
    assert desk.post(f"/held-doors/{made.id}/telling", told)[0] == 204
    assert [one["id"] for one in desk.get("/door-holds")[1]["items"]] == [made.id]
    shown = listed(desk)[0]
    assert (shown["informed_on"], shown["objected_on"]) == (day, day)
    assert shown["decided_by"] == town.person("supervisor").name
    assert desk.post(f"/door-holds/{made.id}/decision", decided)[0] == 204
    assert desk.get("/door-holds")[1]["items"] == []
    assert listed(desk)[0]["objected_on"] is None


def test_a_resident_is_told_about_safety_only_and_not_in_days_to_come(
    desk: Desk, town: Town
) -> None:
    refusal, unsafe = hold(town, "wants_no_visit"), hold(town)
    tomorrow = {"informed_on": (today() + timedelta(days=1)).isoformat()}
    status, problem = desk.post(f"/held-doors/{refusal.id}/telling", {})
    assert (status, problem["code"]) == (409, "hold-not-unsafe")
    status, problem = desk.post(f"/held-doors/{unsafe.id}/telling", tomorrow)
    assert status == 400
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
        ("/informed_on", "not-yet")
    ]


def test_a_coordinator_reads_and_does_not_decide_and_others_see_nothing(
    client: FlaskClient, town: Town
) -> None:
    made = hold(town)
    coordinator = Desk(client, headers_for(town.person("coordinator")))
    assert [one["id"] for one in listed(coordinator)] == [made.id]
    assert coordinator.post(f"/held-doors/{made.id}/lifting", {"why": "mistake"})[0] == 403
    for role in ("volunteer", "wijkcoach", "admin"):
        other = Desk(client, headers_for(town.person(role)))
        assert other.get("/held-doors")[0] == 403


def test_elsewhere_is_not_seen(client: FlaskClient, town: Town) -> None:
    there = build_town("Elzenveen")
    made = hold(there)
    desk = Desk(client, headers_for(town.person("supervisor")))
    assert listed(desk) == []
    assert desk.post(f"/held-doors/{made.id}/lifting", {"why": "moved"})[0] == 404

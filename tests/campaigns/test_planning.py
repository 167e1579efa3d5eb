"""Campaigns at the desk: made, changed, published, closed; by whom, and with every fault told."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, insert, select

from outreach.audit.models import TrailEntry
from outreach.campaigns import areas
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.clock import new_id, today
from outreach.db import db
from outreach.territory.models import Address, AreaAddress
from outreach.territory.street_names import Street
from tests.campaigns.desk import Desk
from tests.factories.town import Town, build_town, headers_for


def whole(town: Town, **changes: Any) -> dict[str, Any]:
    body = {
        "name": "Najaar",
        "kind": "preventive",
        "district_id": town.district.id,
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=90)).isoformat(),
        "letter_on": None,
        "aftercare_weeks": 6,
        "guide_id": town.guide.id,
        "consent_text_id": town.consent_text.id,
        "base_location_id": town.base.id,
        "streets": [{"city": "Wilgendam", "street": "Wilgenhof"}],
    }
    return body | changes


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    return Desk(client, headers_for(town.person("supervisor")))


def test_a_campaign_takes_every_door_of_its_streets(desk: Desk, town: Town) -> None:
    status, made = desk.post("/campaigns", whole(town))
    assert (status, made["state"], made["doors"]) == (201, "draft", 6)
    assert made["streets"] == [{"city": "Wilgendam", "street": "Wilgenhof", "doors": 6}]
    assert desk.get(f"/campaigns/{made['id']}") == (200, made)
    listed = desk.get("/campaigns")[1]["items"]
    assert {name: made[name] for name in listed[-1]} in listed


def test_every_fault_is_told_at_once(desk: Desk, town: Town) -> None:
    status, problem = desk.post(
        "/campaigns",
        whole(
            town,
            name=" ",
            kind="census",
            district_id=new_id(),
            ends_on=(today() - timedelta(days=1)).isoformat(),
            letter_on=(today() + timedelta(days=1)).isoformat(),
            aftercare_weeks=53,
            guide_id=new_id(),
            consent_text_id=new_id(),
            base_location_id=new_id(),
            streets=[{"city": "Wilgendam", "street": "Nergens"}],
        ),
    )
    assert (status, problem["code"]) == (400, "invalid-input")
    assert {(fault["pointer"], fault["code"]) for fault in problem["errors"]} == {
        ("/name", "missing"),
        ("/kind", "not-a-choice"),
        ("/district_id", "unknown-district"),
        ("/ends_on", "before-start"),
        ("/letter_on", "after-start"),
        ("/aftercare_weeks", "not-in-range"),
        ("/guide_id", "unknown-guide"),
        ("/consent_text_id", "unknown-consent-text"),
        ("/base_location_id", "unknown-base"),
        ("/streets/0", "unknown-street"),
    }


def test_an_empty_form_tells_what_is_missing(desk: Desk, town: Town) -> None:
    empty: dict[str, Any] = dict.fromkeys(whole(town), "") | {
        "streets": [],
        "aftercare_weeks": None,
    }
    problem = desk.post("/campaigns", empty)[1]
    found = {fault["pointer"]: fault["code"] for fault in problem["errors"]}
    required = [name for name in whole(town) if name not in {"letter_on", "streets"}]
    assert found == dict.fromkeys((f"/{name}" for name in required), "missing") | {
        "/streets": "no-streets"
    }


def test_a_period_that_is_over_is_no_period(desk: Desk, town: Town) -> None:
    past = (today() - timedelta(days=3)).isoformat()
    problem = desk.post("/campaigns", whole(town, starts_on=past, ends_on=past))[1]
    assert [f["code"] for f in problem["errors"]] == ["in-the-past"]


def test_a_base_of_another_district_does_not_count(desk: Desk, town: Town) -> None:
    base = BaseLocation(
        id=new_id(),
        municipality_id=town.municipality.id,
        district_id=town.other_district.id,
        name="Verderop",
    )
    db.session.add(base)
    db.session.commit()
    problem = desk.post("/campaigns", whole(town, base_location_id=base.id))[1]
    assert [f["pointer"] for f in problem["errors"]] == ["/base_location_id"]


def test_a_supervisor_makes_no_campaign_in_another_district(desk: Desk, town: Town) -> None:
    problem = desk.post("/campaigns", whole(town, district_id=town.other_district.id))[1]
    faults = {fault["pointer"]: fault["code"] for fault in problem["errors"]}
    assert faults["/district_id"] == "unknown-district"


def test_only_a_draft_can_be_changed(desk: Desk, town: Town) -> None:
    made = desk.post("/campaigns", whole(town))[1]
    status, changed = desk.put(f"/campaigns/{made['id']}", whole(town, name="Winter"))
    assert (status, changed["name"], changed["doors"]) == (200, "Winter", 6)
    desk.post(f"/campaigns/{made['id']}/publication")
    status, problem = desk.put(f"/campaigns/{made['id']}", whole(town))
    assert (status, problem["code"]) == (409, "campaign-not-draft")


def test_early_signalling_can_be_drafted_and_not_published(desk: Desk, town: Town) -> None:
    made = desk.post("/campaigns", whole(town, kind="early_signal"))[1]
    status, problem = desk.post(f"/campaigns/{made['id']}/publication")
    assert (status, problem["code"]) == (409, "early-signal-not-yet")
    assert desk.get(f"/campaigns/{made['id']}")[1]["state"] == "draft"


def test_a_campaign_is_published_and_closed_once(desk: Desk, town: Town) -> None:
    made = desk.post("/campaigns", whole(town))[1]
    path = f"/campaigns/{made['id']}"
    assert desk.post(f"{path}/closing")[1]["code"] == "campaign-not-published"
    assert desk.post(f"{path}/publication")[1]["state"] == "published"
    assert desk.post(f"{path}/publication")[1]["code"] == "campaign-not-draft"
    closed = desk.post(f"{path}/closing")[1]
    assert (closed["state"], closed["ends_on"]) == ("closed", today().isoformat())
    assert desk.post(f"{path}/closing")[1]["code"] == "campaign-not-published"


def test_a_draft_that_lay_too_long_is_not_published(desk: Desk, town: Town) -> None:
    made = desk.post("/campaigns", whole(town))[1]
    db.session.get_one(Campaign, made["id"]).ends_on = today() - timedelta(days=1)
    db.session.commit()
    status, problem = desk.post(f"/campaigns/{made['id']}/publication")
    assert (status, problem["code"]) == (409, "campaign-over")


def test_what_is_done_to_a_campaign_is_in_the_trail(desk: Desk, town: Town) -> None:
    made = desk.post("/campaigns", whole(town))[1]
    desk.put(f"/campaigns/{made['id']}", whole(town))
    desk.post(f"/campaigns/{made['id']}/publication")
    desk.post(f"/campaigns/{made['id']}/closing")
    rows = select(TrailEntry.action).where(TrailEntry.object_id == made["id"])
    assert list(db.session.scalars(rows.order_by(TrailEntry.number))) == [
        "campaign.create",
        "campaign.change",
        "campaign.publish",
        "campaign.close",
        "campaign.count",
    ]


def test_another_districts_campaign_does_not_exist(client: FlaskClient, town: Town) -> None:
    stranger = Desk(client, headers_for(town.person("other_supervisor")))
    assert stranger.get("/campaigns")[1]["items"] == []
    path = f"/campaigns/{town.campaign.id}"
    answers = [
        stranger.get(path),
        stranger.put(path, whole(town)),
        stranger.post(f"{path}/publication"),
        stranger.post(f"{path}/closing"),
    ]
    assert [status for status, _ in answers] == [404] * 4


def test_another_municipalitys_campaign_does_not_exist(desk: Desk, town: Town) -> None:
    other = build_town("Oeverdam")
    assert desk.get(f"/campaigns/{other.campaign.id}")[0] == 404
    problem = desk.post("/campaigns", whole(town, guide_id=other.guide.id))[1]
    assert [f["code"] for f in problem["errors"]] == ["unknown-guide"]


def test_a_coordinator_sees_every_campaign_and_changes_none(
    client: FlaskClient, town: Town
) -> None:
    coordinator = Desk(client, headers_for(town.person("coordinator")))
    assert [c["id"] for c in coordinator.get("/campaigns")[1]["items"]] == [town.campaign.id]
    assert coordinator.post("/campaigns", whole(town))[0] == 403


def test_a_base_is_made_in_ones_own_district(desk: Desk, town: Town) -> None:
    body = {"district_id": town.district.id, "name": "Buurthuis"}
    status, made = desk.post("/base-locations", body)
    assert (status, made["opening_hours"]) == (201, "")
    assert [b["name"] for b in desk.get("/base-locations")[1]["items"]] == [
        "Buurthuis",
        "De Schakel",
    ]
    body = {"district_id": town.other_district.id, "name": " "}
    faults = desk.post("/base-locations", body)[1]["errors"]
    assert {(f["pointer"], f["code"]) for f in faults} == {
        ("/name", "missing"),
        ("/district_id", "unknown-district"),
    }


def test_twenty_thousand_doors_are_a_handful_of_statements(town: Town) -> None:
    here = town.municipality.id
    db.session.execute(
        insert(Address),
        [
            {
                "id": new_id(),
                "municipality_id": here,
                "street": f"Laan {number % 200}",
                "house_number": number,
                "house_letter": "",
                "house_suffix": "",
                "postcode": "9992AA",
                "city": "Wilgendam",
                "use": "",
                "bag_id": "",
                "entrance": "",
            }
            for number in range(20_000)
        ],
    )
    area = areas.make_area(here, "Alles")
    statements: list[str] = []

    def count(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    areas.set_streets(area, [Street("Wilgendam", f"Laan {number}") for number in range(200)])
    event.remove(db.engine, "before_cursor_execute", count)
    found = select(func.count()).where(AreaAddress.area_id == area.id)
    assert db.session.scalar(found) == 20_000
    assert len(statements) <= 40

"""A round at the desk: drafted, changed, published, followed, closed."""

from datetime import timedelta

from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.visits.phone import Phone
from tests.visits.planning import (
    STREET,
    faults,
    finish,
    make,
    numbers,
    record_and_finish,
    wanted,
)


def test_a_draft_is_reordered_and_doors_are_left_out(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    order = [stop["id"] for stop in reversed(made["stops"])][:-1]
    body = {name: wanted(town)[name] for name in ("date", "pair")}
    change = body | {"day_part": "morning", "stop_ids": order}
    status, changed = desk.put(f"/rounds/{made['id']}", change)
    assert (status, changed["day_part"]) == (200, "morning")
    assert numbers(changed) == ["10", "12", "14", "15", "13"]
    assert desk.get(f"/campaigns/{town.campaign.id}/streets")[1]["items"] == [
        {**STREET, "doors": 6, "to_do": 1}
    ]


def test_a_draft_cannot_be_moved_to_where_its_doors_do_not_fit(desk: Desk, town: Town) -> None:
    record_and_finish(town, town.stops[0], "not_home")
    made = make(desk, town)[1]
    body = {name: wanted(town)[name] for name in ("date", "pair")} | {
        "day_part": "afternoon",
        "stop_ids": [stop["id"] for stop in made["stops"]],
    }
    status, problem = desk.put(f"/rounds/{made['id']}", body)
    assert status == 400
    assert faults(problem) == {("/stop_ids/5", "door-does-not-fit")}


def test_an_order_names_each_door_of_the_round_at_most_once(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    first = made["stops"][0]["id"]
    body = {name: wanted(town)[name] for name in ("date", "pair", "day_part")}
    strange = desk.put(f"/rounds/{made['id']}", body | {"stop_ids": [first, first, new_id()]})[1]
    assert faults(strange) == {
        ("/stop_ids/1", "stop-twice"),
        ("/stop_ids/2", "unknown-stop"),
    }
    empty = desk.put(f"/rounds/{made['id']}", body | {"stop_ids": []})[1]
    assert faults(empty) == {("/stop_ids", "no-stops")}


def test_a_published_round_is_only_closed(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    path = f"/rounds/{made['id']}"
    assert desk.post(f"{path}/closing")[1]["code"] == "round-not-published"
    assert desk.post(f"{path}/publication")[1]["state"] == "published"
    assert desk.post(f"{path}/publication")[1]["code"] == "round-not-draft"
    assert desk.delete(path)[1]["code"] == "round-not-draft"
    body = {name: wanted(town)[name] for name in ("date", "pair", "day_part")}
    order = {"stop_ids": [made["stops"][0]["id"]]}
    assert desk.put(path, body | order)[1]["code"] == "round-not-draft"
    assert desk.post(f"{path}/closing")[1]["state"] == "closed"
    rows = select(TrailEntry.action).where(TrailEntry.object_id == made["id"])
    assert list(db.session.scalars(rows.order_by(TrailEntry.number))) == [
        "round.create",
        "round.publish",
        "round.close",
    ]


def test_a_draft_is_not_published_over_a_door_that_closed_since(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    db.session.add(
        DoorHold(
            id=new_id(),
            municipality_id=town.municipality.id,
            address_id=town.addresses[0].id,
            kind="unsafe",
            campaign_id=new_id(),
            set_by=town.person("volunteer").id,
            set_at=now(),
        )
    )
    db.session.commit()
    status, problem = desk.post(f"/rounds/{made['id']}/publication")
    assert (status, problem["code"]) == (409, "round-no-longer-fits")
    assert faults(problem) == {("/stops/5", "door-does-not-fit")}
    assert "Wilgenhof 10" in problem["errors"][0]["detail"]


def test_a_draft_of_a_closed_campaign_can_still_be_deleted(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    desk.post(f"/campaigns/{town.campaign.id}/closing")
    assert desk.delete(f"/rounds/{made['id']}")[0] == 204


def test_a_supervisor_sees_words_and_counts(desk: Desk, town: Town) -> None:
    phone = Phone(town.person("volunteer"))
    phone.record(town.stops[0], "conversation")
    phone.record(town.stops[1], "refused", scope="campaign")
    phone.record(town.stops[2], "not_home")
    phone.record(town.stops[3], "not_home")
    phone.record(town.stops[3], "", "not_home")
    phone.say("door.notice", town.stops[2].id, notice="dog", on=True)
    db.session.commit()
    seen = desk.get(f"/rounds/{town.round.id}")[1]
    assert [seen[name] for name in ("doors", "done", "reached", "talks")] == [6, 3, 2, 1]
    assert seen["counts"] == {"conversation": 1, "not_home": 1, "refused": 1}
    assert [stop["outcome"] for stop in seen["stops"][:4]] == [
        "conversation",
        "refused",
        "not_home",
        None,
    ]
    assert seen["stops"][1]["hold"] == "wants_no_visit"
    assert seen["stops"][2]["notices"] == ["dog"]
    listed = desk.get(f"/campaigns/{town.campaign.id}/rounds")[1]["items"]
    assert listed == [{name: seen[name] for name in listed[0]}]


def test_the_supervisor_decides_about_a_door_that_is_not_safe(desk: Desk, town: Town) -> None:
    phone = Phone(town.person("volunteer"))
    phone.record(town.stops[0], "unsafe")
    phone.record(town.stops[1], "unsafe")
    finish(town)
    waiting = desk.get("/door-holds")[1]["items"]
    assert {hold["number"] for hold in waiting} == {"10", "11"}
    by_number = {hold["number"]: hold["id"] for hold in waiting}
    open_it = desk.post(f"/door-holds/{by_number['10']}/decision", {"keep": False, "months": None})
    keep_it = desk.post(f"/door-holds/{by_number['11']}/decision", {"keep": True, "months": 3})
    assert (open_it[0], keep_it[0]) == (204, 204)
    assert desk.get("/door-holds")[1]["items"] == []
    assert desk.post(f"/door-holds/{by_number['11']}/decision", {"keep": False})[0] == 404
    assert numbers(make(desk, town)[1]) == ["13", "15", "14", "12", "10"]
    kept = db.session.get_one(DoorHold, by_number["11"])
    assert kept.ends_on == today() + timedelta(days=91)


def test_a_door_that_is_not_safe_says_whom_to_call_about_which_round(
    desk: Desk, town: Town
) -> None:
    Phone(town.person("volunteer")).record(town.stops[0], "unsafe")
    db.session.commit()
    [hold] = desk.get("/door-holds")[1]["items"]
    assert (hold["round"]["id"], hold["round"]["day_part"]) == (town.round.id, "afternoon")
    assert hold["round"]["date"] == town.round.date.isoformat()
    assert hold["round"]["pair"] == [
        {"id": one.id, "first_name": one.first_name, "name": one.name, "phone": one.phone}
        for one in (town.person("partner_of_pair"), town.person("volunteer"))
    ]


def test_no_door_stays_closed_for_more_than_a_year_at_a_time(desk: Desk, town: Town) -> None:
    Phone(town.person("volunteer")).record(town.stops[0], "unsafe")
    db.session.commit()
    path = f"/door-holds/{town.stops[0].attempt_id}/decision"
    assert desk.post(path, {"keep": True, "months": 13})[0] == 400
    assert desk.post(path, {"keep": True, "months": None})[0] == 204
    kept = db.session.get_one(DoorHold, town.stops[0].attempt_id)
    assert kept.ends_on == today() + timedelta(days=365)

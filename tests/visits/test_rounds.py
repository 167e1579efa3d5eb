"""Rounds at the desk: which doors, for whom, in what order, and what became of them."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.models import Account, AccountDistrict
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment, PairExclusion, Round, Stop
from tests.campaigns.desk import Desk
from tests.factories.town import Town, build_town, headers_for
from tests.visits.phone import Phone

TOMORROW = today() + timedelta(days=1)
STREET = {"city": "Wilgendam", "street": "Wilgenhof"}


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    return Desk(client, headers_for(town.person("supervisor")))


def wanted(town: Town, **changes: Any) -> dict[str, Any]:
    body = {
        "date": TOMORROW.isoformat(),
        "day_part": "evening",
        "pair": [town.person("volunteer").id, town.person("mentor").id],
        "streets": [STREET],
        "most_doors": 50,
    }
    return body | changes


def finish(town: Town) -> None:
    """Close the round the town came with, so that its doors are free."""
    town.round.state, town.round.closed_at = "closed", now()
    db.session.commit()


def make(desk: Desk, town: Town, **changes: Any) -> tuple[int, Any]:
    return desk.post(f"/campaigns/{town.campaign.id}/rounds", wanted(town, **changes))


def numbers(round_: dict[str, Any]) -> list[str]:
    return [stop["number"] for stop in round_["stops"]]


def faults(problem: dict[str, Any]) -> set[tuple[str, str]]:
    return {(fault["pointer"], fault["code"]) for fault in problem["errors"]}


def record_and_finish(town: Town, stop: Stop, outcome: str, **details: str) -> None:
    """The pair of the town's round records one door (in the afternoon), then it is closed."""
    Phone(town.person("volunteer")).record(stop, outcome, **details)
    finish(town)


def test_a_round_takes_the_doors_in_walking_order(desk: Desk, town: Town) -> None:
    finish(town)
    status, made = make(desk, town)
    assert (status, made["state"], made["doors"]) == (201, "draft", 6)
    assert numbers(made) == ["11", "13", "15", "14", "12", "10"]
    assert [p["first_name"] for p in made["pair"]] == ["Mentor", "Volunteer"]
    assert desk.get(f"/rounds/{made['id']}") == (200, made)


def test_a_door_in_an_open_round_is_in_no_other(desk: Desk, town: Town) -> None:
    status, problem = make(desk, town)
    assert status == 400
    assert faults(problem) == {("/streets", "no-doors-left")}


def test_a_round_is_no_longer_than_asked(desk: Desk, town: Town) -> None:
    finish(town)
    first = make(desk, town, most_doors=2)[1]
    other_pair = [town.person("partner_of_pair").id, town.person("mentor").id]
    second = make(desk, town, day_part="morning", pair=other_pair)[1]
    assert (numbers(first), numbers(second)) == (["11", "13"], ["15", "14", "12", "10"])


@pytest.mark.parametrize(
    ("outcome", "details"),
    [
        ("conversation", {}),
        ("conversation_without_notes", {}),
        ("refused", {"scope": "campaign"}),
        ("refused", {"scope": "always"}),
        ("not_a_home", {}),
        ("unsafe", {}),
        ("empty", {}),
        ("spoke_briefly", {}),
    ],
)
def test_some_doors_do_not_come_back(
    desk: Desk, town: Town, outcome: str, details: dict[str, str]
) -> None:
    record_and_finish(town, town.stops[0], outcome, **details)
    assert "10" not in numbers(make(desk, town)[1])


@pytest.mark.parametrize("outcome", ["no_access", "someone_else", "leaflet"])
def test_other_doors_do_come_back(desk: Desk, town: Town, outcome: str) -> None:
    record_and_finish(town, town.stops[0], outcome)
    assert "10" in numbers(make(desk, town)[1])


def test_who_was_not_home_comes_back_at_another_day_part(desk: Desk, town: Town) -> None:
    record_and_finish(town, town.stops[0], "not_home")
    afternoon = make(desk, town, day_part="afternoon")[1]
    assert numbers(afternoon) == ["11", "13", "15", "14", "12"]
    assert numbers(make(desk, town, day_part="evening")[1]) == ["10"]


def someone_else(town: Town) -> Account:
    """One more volunteer of the district."""
    extra = Account(
        id=new_id(),
        municipality_id=town.municipality.id,
        email="extra@example.org",
        name="Extra Voorbeeld",
        first_name="Extra",
        role="volunteer",
        created_at=now(),
    )
    db.session.add(extra)
    db.session.flush()
    db.session.add(
        AccountDistrict(
            id=new_id(),
            municipality_id=town.municipality.id,
            account_id=extra.id,
            district_id=town.district.id,
        )
    )
    db.session.commit()
    return extra


def test_a_promise_goes_into_the_round_of_its_moment_first(desk: Desk, town: Town) -> None:
    promise = {"date": TOMORROW.isoformat(), "day_part": "evening"}
    record_and_finish(town, town.stops[0], "later", **promise)
    assert "10" not in numbers(make(desk, town, day_part="afternoon", most_doors=2)[1])
    made = make(desk, town, most_doors=1)[1]
    assert numbers(made) == ["10"]
    assert db.session.query(Appointment).one().stop_id == made["stops"][0]["id"]


def test_a_promise_waits_again_when_its_draft_is_deleted(desk: Desk, town: Town) -> None:
    promise = {"date": TOMORROW.isoformat(), "day_part": "evening"}
    record_and_finish(town, town.stops[0], "later", **promise)
    made = make(desk, town, most_doors=1)[1]
    wishes = f"/campaigns/{town.campaign.id}/wishes"
    assert desk.get(wishes)[1]["items"] == []
    assert desk.delete(f"/rounds/{made['id']}")[0] == 204
    assert desk.get(wishes)[1]["items"] == [
        {"street": "Wilgenhof", "number": "10", "language": None, "later": promise}
    ]
    assert desk.get(f"/rounds/{made['id']}")[0] == 404


def test_a_promise_waits_again_when_nobody_rang_before_the_round_closed(
    desk: Desk, town: Town
) -> None:
    promise = {"date": TOMORROW.isoformat(), "day_part": "evening"}
    record_and_finish(town, town.stops[0], "later", **promise)
    made = make(desk, town, most_doors=1)[1]
    desk.post(f"/rounds/{made['id']}/publication")
    stop = db.session.get_one(Stop, made["stops"][0]["id"])
    pair = Phone(town.person("mentor"))
    assert pair.read(stop)["appointment"] == promise
    assert pair.read(stop)["earlier"] == [
        {"date": today().isoformat(), "day_part": "afternoon", "outcome": "later"}
    ]
    db.session.commit()
    desk.post(f"/rounds/{made['id']}/closing")
    assert desk.get(f"/campaigns/{town.campaign.id}/wishes")[1]["items"][0]["later"] == promise


def test_a_new_moment_frees_the_promise_from_the_round_that_had_it(desk: Desk, town: Town) -> None:
    promise = {"date": TOMORROW.isoformat(), "day_part": "evening"}
    phone = Phone(town.person("volunteer"))
    phone.record(town.stops[0], "later", **promise)
    db.session.query(Appointment).one().stop_id = town.stops[1].id
    phone.record(town.stops[0], "later", "later", date="2026-12-31", day_part="evening")
    assert db.session.query(Appointment).one().stop_id is None


def test_a_language_wish_waits_until_the_door_is_planned_again(desk: Desk, town: Town) -> None:
    Phone(town.person("volunteer")).record(town.stops[0], "other_language", language="ti")
    db.session.commit()
    wishes = f"/campaigns/{town.campaign.id}/wishes"
    expected = {"street": "Wilgenhof", "number": "10", "language": "ti", "later": None}
    assert desk.get(wishes)[1]["items"] == [expected]
    finish(town)
    make(desk, town)
    assert desk.get(wishes)[1]["items"] == []


def test_a_pair_does_not_get_doors_of_people_one_of_them_knows(desk: Desk, town: Town) -> None:
    phone = Phone(town.person("volunteer"))
    assert phone.say("door.leave", town.stops[0].id) == "applied"
    assert phone.say("door.leave", town.stops[0].id) == "merged"
    assert phone.read(town.stops[0])["left"] is True
    finish(town)
    assert "10" not in numbers(make(desk, town, most_doors=9)[1])
    assert {row.account_id for row in db.session.query(PairExclusion)} == {
        town.person("volunteer").id,
        town.person("partner_of_pair").id,
    }


def test_a_door_that_left_its_pair_is_free_for_another_one(desk: Desk, town: Town) -> None:
    Phone(town.person("volunteer")).say("door.leave", town.stops[0].id)
    db.session.commit()
    pair = [someone_else(town).id, town.person("mentor").id]
    assert numbers(make(desk, town, pair=pair)[1]) == ["10"]


def test_every_fault_of_a_round_is_told_at_once(desk: Desk, town: Town) -> None:
    status, problem = make(
        desk,
        town,
        date=(town.campaign.ends_on + timedelta(days=1)).isoformat(),
        day_part="night",
        pair=[town.person("other_volunteer").id, town.person("supervisor").id],
        streets=[{"city": "Wilgendam", "street": "Nergens"}],
        most_doors=0,
    )
    assert status == 400
    assert faults(problem) == {
        ("/date", "outside-campaign"),
        ("/day_part", "not-a-choice"),
        ("/pair/0", "unknown-volunteer"),
        ("/pair/1", "unknown-volunteer"),
        ("/streets/0", "unknown-street"),
        ("/most_doors", "not-in-range"),
    }


def test_an_empty_round_tells_what_is_missing(desk: Desk, town: Town) -> None:
    empty = {"date": "", "day_part": "", "pair": [], "streets": [], "most_doors": None}
    assert faults(make(desk, town, **empty)[1]) == {
        ("/date", "missing"),
        ("/day_part", "missing"),
        ("/pair", "two-people"),
        ("/streets", "no-streets"),
        ("/most_doors", "missing"),
    }


def test_a_pair_is_two_people_who_are_both_free(desk: Desk, town: Town) -> None:
    finish(town)
    me = town.person("volunteer").id
    assert ("/pair/1", "same-person") in faults(make(desk, town, pair=[me, me])[1])
    today_too = {"date": today().isoformat(), "day_part": "afternoon"}
    assert faults(make(desk, town, **today_too)[1]) == {("/pair/0", "already-booked")}


def test_who_left_walks_no_round(desk: Desk, town: Town) -> None:
    finish(town)
    town.person("mentor").active = False
    db.session.commit()
    assert faults(make(desk, town)[1]) == {("/pair/1", "unknown-volunteer")}
    listed = desk.get(f"/campaigns/{town.campaign.id}/volunteers")[1]["items"]
    assert [p["first_name"] for p in listed] == ["Partner Of Pair", "Volunteer"]


def test_yesterday_cannot_be_planned(desk: Desk, town: Town) -> None:
    past = (today() - timedelta(days=1)).isoformat()
    assert faults(make(desk, town, date=past)[1]) == {("/date", "in-the-past")}


def test_a_draft_campaign_has_no_rounds(desk: Desk, town: Town) -> None:
    town.campaign.state = "draft"
    db.session.commit()
    status, problem = make(desk, town)
    assert (status, problem["code"]) == (409, "campaign-not-published")


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


def test_no_door_stays_closed_for_more_than_a_year_at_a_time(desk: Desk, town: Town) -> None:
    Phone(town.person("volunteer")).record(town.stops[0], "unsafe")
    db.session.commit()
    path = f"/door-holds/{town.stops[0].attempt_id}/decision"
    assert desk.post(path, {"keep": True, "months": 13})[0] == 400
    assert desk.post(path, {"keep": True, "months": None})[0] == 204
    kept = db.session.get_one(DoorHold, town.stops[0].attempt_id)
    assert kept.ends_on == today() + timedelta(days=365)


def attempts_on(town: Town) -> list[tuple[str, str, Any]]:
    campaign, round_, hold = town.campaign.id, town.round.id, town.stops[0].attempt_id
    body = {name: wanted(town)[name] for name in ("date", "pair", "day_part")}
    return [
        ("get", f"/campaigns/{campaign}/volunteers", None),
        ("get", f"/campaigns/{campaign}/streets", None),
        ("get", f"/campaigns/{campaign}/wishes", None),
        ("get", f"/campaigns/{campaign}/rounds", None),
        ("post", f"/campaigns/{campaign}/rounds", wanted(town)),
        ("get", f"/rounds/{round_}", None),
        ("put", f"/rounds/{round_}", body | {"stop_ids": [town.stops[0].id]}),
        ("delete", f"/rounds/{round_}", None),
        ("post", f"/rounds/{round_}/publication", None),
        ("post", f"/rounds/{round_}/closing", None),
        ("post", f"/door-holds/{hold}/decision", {"keep": True}),
    ]


@pytest.mark.parametrize("who", ["other district", "other municipality"])
def test_elsewhere_nothing_of_this_town_exists(client: FlaskClient, town: Town, who: str) -> None:
    Phone(town.person("volunteer")).record(town.stops[0], "unsafe")
    db.session.commit()
    elsewhere = build_town("Oeverdam")
    stranger = (
        town.person("other_supervisor")
        if who == "other district"
        else elsewhere.person("supervisor")
    )
    desk = Desk(client, headers_for(stranger))
    for method, path, body in attempts_on(town):
        call = getattr(desk, method)
        status = (call(path, body) if body is not None else call(path))[0]
        assert status == 404, path
    assert desk.get("/door-holds")[1]["items"] == []
    assert db.session.get_one(Round, town.round.id).state == "published"


@pytest.mark.parametrize("role", ["volunteer", "wijkcoach", "admin", "privacy_officer"])
def test_rounds_are_for_supervisors_and_coordinators(
    client: FlaskClient, town: Town, role: str
) -> None:
    desk = Desk(client, headers_for(town.person(role)))
    assert desk.get(f"/rounds/{town.round.id}")[0] == 403
    coordinator = Desk(client, headers_for(town.person("coordinator")))
    assert coordinator.get(f"/rounds/{town.round.id}")[0] == 200
    assert coordinator.post(f"/rounds/{town.round.id}/closing")[0] == 403

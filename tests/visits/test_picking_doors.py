"""Which doors a new round takes, and which promises it keeps."""

from typing import Any

import pytest

from outreach.access.intents import CannotApply
from outreach.clock import today
from outreach.db import db
from outreach.visits.models import Appointment, Stop
from outreach.volunteers.models import AvoidedAddress
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.factories.volunteers import avoids_address
from tests.visits.phone import Phone
from tests.visits.planning import (
    faults,
    finish,
    make,
    numbers,
    record_and_finish,
    someone_else,
    tomorrow,
    wanted,
)


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
    desk: Desk, town: Town, outcome: str, details: dict[str, Any]
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


def test_the_preview_counts_the_doors_that_the_draft_takes(desk: Desk, town: Town) -> None:
    record_and_finish(town, town.stops[0], "not_home")
    for day_part, fits in (("afternoon", 5), ("evening", 6)):
        asked = wanted(town, day_part=day_part)
        seen = desk.post(f"/campaigns/{town.campaign.id}/round-preview", asked)
        assert seen == (200, {"to_do": 6, "fits": fits})
    drafted = make(desk, town, day_part="afternoon")[1]
    assert drafted["doors"] == 5


def test_the_preview_leaves_out_doors_where_one_of_the_pair_does_not_go(
    desk: Desk, town: Town
) -> None:
    finish(town)
    avoids_address(town.person("mentor"), town.addresses[0].id)
    db.session.commit()
    path = f"/campaigns/{town.campaign.id}/round-preview"
    assert desk.post(path, wanted(town)) == (200, {"to_do": 6, "fits": 5})
    nobody_yet = wanted(town, pair=[], date=None, day_part=None, most_doors=None)
    assert desk.post(path, nobody_yet) == (200, {"to_do": 6, "fits": 6})


def test_a_promise_goes_into_the_round_of_its_moment_first(desk: Desk, town: Town) -> None:
    promise: dict[str, Any] = {"date": tomorrow(), "day_part": "evening"}
    record_and_finish(town, town.stops[0], "later", **promise)
    assert "10" not in numbers(make(desk, town, day_part="afternoon", most_doors=2)[1])
    made = make(desk, town, most_doors=1)[1]
    assert numbers(made) == ["10"]
    assert db.session.query(Appointment).one().stop_id == made["stops"][0]["id"]


def test_a_promise_waits_again_when_its_draft_is_deleted(desk: Desk, town: Town) -> None:
    promise: dict[str, Any] = {"date": tomorrow(), "day_part": "evening"}
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
    promise: dict[str, Any] = {"date": tomorrow(), "day_part": "evening"}
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
    promise: dict[str, Any] = {"date": tomorrow(), "day_part": "evening"}
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
    assert phone.say("door.leave", town.stops[0].id, on=True) == "applied"
    assert phone.say("door.leave", town.stops[0].id, on=True) == "merged"
    assert phone.read(town.stops[0])["left"] is True
    finish(town)
    assert "10" not in numbers(make(desk, town, most_doors=9)[1])
    assert {row.account_id for row in db.session.query(AvoidedAddress)} == {
        town.person("volunteer").id,
        town.person("partner_of_pair").id,
    }


def test_a_pair_takes_it_back_and_keeps_the_door(desk: Desk, town: Town) -> None:
    phone = Phone(town.person("volunteer"))
    phone.say("door.leave", town.stops[0].id, on=True)
    assert phone.say("door.leave", town.stops[0].id, on=False) == "applied"
    assert phone.say("door.leave", town.stops[0].id, on=False) == "merged"
    assert phone.read(town.stops[0])["left"] is False
    assert db.session.query(AvoidedAddress).all() == []
    finish(town)
    assert "10" in numbers(make(desk, town, most_doors=9)[1])


def test_a_door_that_left_its_pair_is_free_for_another_one(desk: Desk, town: Town) -> None:
    Phone(town.person("volunteer")).say("door.leave", town.stops[0].id, on=True)
    db.session.commit()
    pair = [someone_else(town).id, town.person("mentor").id]
    assert numbers(make(desk, town, pair=pair)[1]) == ["10"]


def test_a_door_that_others_have_by_now_is_not_taken_back(desk: Desk, town: Town) -> None:
    phone = Phone(town.person("volunteer"))
    phone.say("door.leave", town.stops[0].id, on=True)
    db.session.commit()
    make(desk, town, pair=[someone_else(town).id, town.person("mentor").id])
    with pytest.raises(CannotApply, match="no-right"):
        phone.say("door.leave", town.stops[0].id, on=False)
    assert phone.read(town.stops[0])["left"] is True

"""To the phones: what no longer fits is left out, and changes afterwards lose no work."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from outreach.clock import today
from outreach.db import db
from outreach.visits.dossiers import round_dossiers
from outreach.visits.models import Round, Stop
from outreach.volunteers.models import VolunteerProfile
from tests.campaigns.desk import Desk
from tests.dispatch.district import (
    District,
    act,
    codes,
    done,
    doors_of,
    left_out,
    moves,
    plan,
    publish,
    published_rounds,
    read,
    round_of,
    searched,
    stops_of,
    tomorrow,
)
from tests.factories.town import make_walk
from tests.factories.volunteers import avoids_address
from tests.visits.phone import Phone


def test_rounds_come_on_the_phones_in_the_order_of_the_plan(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    assert board["state"] == "published"
    for one in board["rounds"]:
        assert [stop.address_id for stop in stops_of(one["round_id"])] == doors_of(one)
        assert not one["differs"]
    phone = Phone(district.walkers["ann"])
    round_id = round_of(board, district, "ann")["round_id"]
    dossier = round_dossiers(phone.actor, [round_id])[round_id]
    assert len(dossier["stops"]) == round_of(board, district, "ann")["doors"]
    assert "changed" not in dossier


def test_one_round_is_published_alone(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    board = publish(desk, board, round_of(board, district, "ann")["id"])
    assert len(published_rounds(district.town)) == 1
    assert round_of(board, district, "cid")["round_id"] is None


def test_a_door_that_another_round_has_by_now_is_left_out(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    door = district.town.addresses[0]
    town = district.town
    make_walk(town.campaign, [door], [town.person("volunteer"), town.person("mentor")], tomorrow())
    db.session.commit()
    board = publish(desk, read(desk, board))
    assert left_out(board) == {door.id: "no-longer-to-do"}
    assert _open_stops_at(door.id) == 1


def test_what_changed_outside_the_plan_is_named_when_it_is_published(
    desk: Desk, district: District
) -> None:
    board = plan(desk, district)
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id == district.id("ann"))
    db.session.scalars(rows).one().certificate_seen = False
    taken = doors_of(round_of(board, district, "cid"))[0]
    avoids_address(district.walkers["cid"], taken)
    db.session.commit()
    shown = read(desk, board)
    assert [one["rule"] for one in round_of(shown, district, "ann")["broken"]] == ["no-certificate"]
    status, problem = act(desk, shown, "publication", round_ids=[])
    assert (status, problem["code"]) == (409, "round-no-longer-fits")
    own, theirs = (round_of(board, district, name)["id"] for name in ("ann", "cid"))
    assert (f"/rounds/{own}", "no-certificate") in codes(problem)
    assert (f"/rounds/{theirs}", "does-not-go") in codes(problem)
    assert published_rounds(district.town) == []


def test_a_change_after_publishing_is_told_on_the_phones(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    full = max(board["rounds"], key=lambda one: one["doors"])
    other = next(one for one in board["rounds"] if one is not full)
    door = doors_of(full)[0]
    to = {"act": "move", "address_id": door, "round_id": other["id"], "leg": 0, "position": 0}
    board = done(moves(desk, board, to))
    assert all(one["differs"] for one in board["rounds"])
    assert door in {stop.address_id for stop in stops_of(full["round_id"])}
    board = publish(desk, board)
    assert not any(one["differs"] for one in board["rounds"])
    assert stops_of(other["round_id"])[0].address_id == door
    went, came = (db.session.get_one(Round, one["round_id"]) for one in (full, other))
    assert ((went.went, went.came), (came.went, came.came)) == ((1, 0), (0, 1))
    assert _open_stops_at(door) == 1
    walker = next(one for one in district.walkers.values() if one.id == other["pair"][0]["id"])
    dossier = round_dossiers(Phone(walker).actor, [came.id])[came.id]
    assert (dossier["changed"]["gone"], dossier["changed"]["added"]) == (0, 1)


def test_what_was_rung_stays_and_late_work_at_a_taken_door_arrives(
    desk: Desk, district: District
) -> None:
    board = publish(desk, plan(desk, district))
    one = max(board["rounds"], key=lambda found: found["doors"])
    walker = next(who for who in district.walkers.values() if who.id == one["pair"][0]["id"])
    phone = Phone(walker)
    first, second = stops_of(one["round_id"])[:2]
    phone.record(first, "conversation", on=tomorrow())
    db.session.commit()
    board = read(desk, board)
    assert first.address_id not in left_out(board)
    out = {"act": "leave", "address_id": second.address_id}
    board = publish(desk, done(moves(desk, board, out)))
    assert first.id in {stop.id for stop in stops_of(one["round_id"])}
    assert phone.may("visit.record", second.id, **_not_home())
    phone.record(second, "not_home", on=tomorrow())
    db.session.commit()
    dossier = round_dossiers(phone.actor, [one["round_id"]])[one["round_id"]]
    assert {first.id, second.id} <= {stop["id"] for stop in dossier["stops"]}


def test_a_door_that_comes_back_keeps_its_ids(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    one = max(board["rounds"], key=lambda found: found["doors"])
    stop = stops_of(one["round_id"])[0]
    board = publish(desk, done(moves(desk, board, {"act": "leave", "address_id": stop.address_id})))
    assert stop.id not in {other.id for other in stops_of(one["round_id"])}
    board = publish(desk, done(act(desk, board, "undo")))
    assert stop.id in {other.id for other in stops_of(one["round_id"])}
    per_door = Counter(other.address_id for other in stops_of(one["round_id"]))
    assert set(per_door.values()) == {1}


def test_the_same_plan_published_twice_has_nothing_to_publish(
    desk: Desk, district: District
) -> None:
    board = publish(desk, plan(desk, district))
    status, problem = act(desk, board, "publication", round_ids=[])
    assert (status, problem["code"]) == (409, "nothing-to-publish")


def test_rounds_of_a_discarded_plan_stay_on_the_phones(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    assert desk.delete(f"/round-plans/{board['id']}")[0] == 204
    assert len(published_rounds(district.town)) == 2


def test_searching_again_leaves_published_rounds_alone(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    mine = round_of(board, district, "ann")
    board = publish(desk, board, mine["id"])
    again = searched(desk, done(act(desk, board, "solve-again", seconds=1)))
    assert doors_of(round_of(again, district, "ann")) == doors_of(mine)
    assert again["state"] == "published"


def test_nobody_rings_before_the_waiting_days_unless_the_desk_says_why(
    desk: Desk, district: District
) -> None:
    campaign = district.town.campaign
    campaign.letter_on = today() - timedelta(days=2)
    db.session.commit()
    path = f"/campaigns/{campaign.id}/round-plans"
    status, problem = desk.post(path, district.asked())
    assert status == 400
    assert codes(problem) == {("/letter_reason", "letter-waits")}
    board = publish(desk, plan(desk, district, letter_reason="De wijkagent gaat mee."))
    rounds = published_rounds(district.town)
    assert len(rounds) == len([one for one in board["rounds"] if one["doors"]])
    assert all(one.before_letter for one in rounds)


def _not_home() -> dict[str, object]:
    return {
        "outcome": "not_home",
        "from": "",
        "details": {},
        "date": tomorrow().isoformat(),
        "day_part": "afternoon",
    }


def _open_stops_at(address_id: str) -> int:
    rows = (
        select(Stop)
        .join(Round, Round.id == Stop.round_id)
        .where(Stop.address_id == address_id, Stop.taken_at.is_(None), Round.state == "published")
    )
    return len(db.session.scalars(rows).all())

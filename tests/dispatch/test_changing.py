"""Changes by hand: figures follow, rules are named, and two supervisors lose nothing."""

from sqlalchemy import select

from outreach.clock import today
from outreach.db import db
from outreach.dispatch import steps
from outreach.volunteers.models import VolunteerProfile
from tests.campaigns.desk import Desk
from tests.dispatch.district import (
    Board,
    District,
    act,
    codes,
    done,
    doors_of,
    left_out,
    moves,
    plan,
    read,
    round_of,
    searched,
    tomorrow,
)
from tests.factories.town import make_walk
from tests.factories.volunteers import avoids_address, avoids_street


def _to(board: Board, door: str, round_id: str, position: int = 0) -> dict[str, object]:
    return {
        "act": "move",
        "address_id": door,
        "round_id": round_id,
        "leg": 0,
        "position": position,
    }


def test_a_door_goes_to_another_round_and_the_figures_follow(
    desk: Desk, district: District
) -> None:
    board = plan(desk, district)
    full = max(board["rounds"], key=lambda one: one["doors"])
    other = next(one for one in board["rounds"] if one is not full)
    door = doors_of(full)[-1]
    after = done(moves(desk, board, _to(board, door, other["id"])))
    assert door in doors_of(next(one for one in after["rounds"] if one["id"] == other["id"]))
    assert after["version"] != board["version"]
    assert after["changed_by"]["first_name"] == "Supervisor"
    assert after["totals"]["doors"] == 16
    assert after["totals"]["metres"] != board["totals"]["metres"]


def test_a_change_is_undone_and_made_again(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    door = doors_of(max(board["rounds"], key=lambda one: one["doors"]))[0]
    after = done(moves(desk, board, {"act": "leave", "address_id": door}))
    assert left_out(after) == {door: "fits-now"}
    back = done(act(desk, after, "undo"))
    assert back["rounds"] == board["rounds"]
    assert back["can_redo"]
    forth = done(act(desk, back, "redo"))
    assert left_out(forth) == {door: "fits-now"}
    assert not forth["can_redo"]


def test_before_the_first_step_there_is_nothing_to_undo(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    empty = done(act(desk, board, "undo"))
    assert empty["totals"]["doors"] == 0
    status, problem = act(desk, empty, "undo")
    assert (status, problem["code"]) == (409, "nothing-to-undo")


def test_only_so_many_steps_are_kept(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    door = doors_of(max(board["rounds"], key=lambda one: one["doors"]))[0]
    for _ in range(steps.MOST_STEPS // 2 + 2):
        board = done(moves(desk, board, {"act": "lock", "address_id": door}))
        board = done(moves(desk, board, {"act": "unlock", "address_id": door}))
    undone = 0
    while board["can_undo"]:
        board = done(act(desk, board, "undo"))
        undone += 1
    assert undone == steps.MOST_STEPS - 1


def test_a_change_that_breaks_a_rule_is_refused_and_the_rule_named(
    desk: Desk, district: District
) -> None:
    avoids_street(district.walkers["ann"], "Elzenpad")
    db.session.commit()
    board = plan(desk, district)
    elzenpad = [
        visit["address_id"]
        for leg in round_of(board, district, "cid")["legs"]
        for visit in leg["visits"]
        if visit["street"] == "Elzenpad"
    ]
    target = round_of(board, district, "ann")["id"]
    status, problem = moves(desk, board, _to(board, elzenpad[0], target))
    assert (status, problem["code"]) == (409, "breaks-a-rule")
    assert codes(problem) == {("/moves/0", "own-street")}
    assert problem["errors"][0]["detail"].startswith("Ann gaat niet naar deze straat (Elzenpad")
    assert read(desk, board) == board


def test_why_somebody_does_not_go_to_a_door_is_not_told(desk: Desk, district: District) -> None:
    door = district.town.addresses[0].id
    avoids_address(district.walkers["ann"], door, "door")
    db.session.commit()
    board = plan(desk, district)
    target = round_of(board, district, "ann")["id"]
    problem = moves(desk, board, _to(board, door, target))[1]
    assert codes(problem) == {("/moves/0", "does-not-go")}
    assert problem["errors"][0]["detail"] == "Ann gaat niet naar Wilgenhof 10."


def test_all_changes_are_made_or_none(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    first, second = doors_of(max(board["rounds"], key=lambda one: one["doors"]))[:2]
    status, problem = moves(
        desk,
        board,
        {"act": "leave", "address_id": first},
        {"act": "lock", "address_id": second},
        {"act": "leave", "address_id": second},
    )
    assert (status, problem["code"]) == (409, "door-is-locked")
    assert read(desk, board) == board


def test_the_second_supervisor_sees_the_first_and_loses_nothing(
    desk: Desk, other_desk: Desk, district: District
) -> None:
    board = plan(desk, district)
    first, second = doors_of(max(board["rounds"], key=lambda one: one["doors"]))[:2]
    done(moves(desk, board, {"act": "leave", "address_id": first}))
    status, problem = moves(other_desk, board, {"act": "leave", "address_id": second})
    assert (status, problem["code"]) == (409, "plan-changed")
    now_there = read(other_desk, board)
    assert now_there["changed_by"]["first_name"] == "Supervisor"
    after = done(moves(other_desk, now_there, {"act": "leave", "address_id": second}))
    assert set(left_out(after)) == {first, second}


def test_people_change_rounds(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    one, other = round_of(board, district, "ann"), round_of(board, district, "cid")
    after = done(
        moves(
            desk,
            board,
            {
                "act": "swap",
                "round_id": one["id"],
                "account_id": district.id("ann"),
                "other_round_id": other["id"],
                "other_account_id": district.id("cid"),
            },
        )
    )
    assert {who["first_name"] for who in round_of(after, district, "cid")["pair"]} == {"Cid", "Bob"}


def test_another_pair_goes(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    one = round_of(board, district, "ann")
    pair = [district.id("eve"), district.id("fay")]
    after = done(moves(desk, board, {"act": "pair", "round_id": one["id"], "pair": pair}))
    assert round_of(after, district, "eve")["id"] == one["id"]
    assert doors_of(round_of(after, district, "eve")) == doors_of(one)


def test_a_pair_without_a_certificate_is_refused(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    one = round_of(board, district, "ann")
    _takes_away_certificate(district)
    pair = [district.id("eve"), district.id("fay")]
    problem = moves(desk, board, {"act": "pair", "round_id": one["id"], "pair": pair})[1]
    assert codes(problem) == {("/moves/0", "no-certificate")}


def test_who_walks_elsewhere_then_is_refused(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    walk, _ = make_walk(
        district.town.campaign, [], [district.walkers["eve"], district.walkers["fay"]], tomorrow()
    )
    db.session.commit()
    assert walk.date > today()
    one = round_of(board, district, "ann")
    pair = [district.id("eve"), district.id("bob")]
    problem = moves(desk, board, {"act": "pair", "round_id": one["id"], "pair": pair})[1]
    assert codes(problem) == {("/moves/0", "already-booked")}


def test_a_round_is_walked_the_other_way(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    one = max(board["rounds"], key=lambda found: found["doors"])
    after = done(moves(desk, board, {"act": "reverse", "round_id": one["id"]}))
    (found,) = [other for other in after["rounds"] if other["id"] == one["id"]]
    for leg, before in zip(found["legs"], one["legs"], strict=True):
        assert [v["address_id"] for v in leg["visits"]] == [
            v["address_id"] for v in reversed(before["visits"])
        ]


def test_a_locked_door_stays_when_the_rest_is_searched_anew(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    full = max(board["rounds"], key=lambda one: one["doors"])
    other = next(one for one in board["rounds"] if one is not full)
    door = doors_of(full)[0]
    board = done(
        moves(desk, board, _to(board, door, other["id"]), {"act": "lock", "address_id": door})
    )
    again = searched(desk, done(act(desk, board, "solve-again", seconds=1)))
    assert door in doors_of(next(one for one in again["rounds"] if one["id"] == other["id"]))
    assert again["totals"]["doors"] == 16


def _takes_away_certificate(district: District) -> None:
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id == district.id("eve"))
    profile = db.session.scalars(rows).one()
    profile.certificate_seen = False
    db.session.commit()

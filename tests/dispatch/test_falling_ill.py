"""Somebody falls ill at noon: what was done stays, the rest of the day is planned anew."""

from datetime import datetime, time
from typing import Any

from outreach.clock import AMSTERDAM, replay
from outreach.db import db
from outreach.visits.dossiers import round_dossiers
from outreach.visits.models import Round
from tests.campaigns.desk import Desk
from tests.dispatch.district import (
    Board,
    District,
    codes,
    doors_of,
    left_out,
    plan,
    publish,
    read,
    round_of,
    stops_of,
    tomorrow,
)
from tests.factories.town import headers_for
from tests.factories.volunteers import avoids_street
from tests.visits.phone import Phone


def test_a_preview_changes_nothing(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    status, shown = _ill(desk, board, district, "ann", dry_run=True)
    assert status == 200
    assert shown["dry_run"]
    assert len(shown["doors"]) == round_of(board, district, "ann")["doors"]
    assert read(desk, board) == board


def test_the_doors_go_to_the_other_pair_and_the_round_is_closed(
    desk: Desk, district: District
) -> None:
    board = publish(desk, plan(desk, district))
    mine, other = round_of(board, district, "ann"), round_of(board, district, "cid")
    done_stop = stops_of(mine["round_id"])[0]
    Phone(district.walkers["ann"]).record(done_stop, "conversation", on=tomorrow())
    db.session.commit()
    status, shown = _ill(desk, board, district, "ann")
    assert status == 200
    assert shown["kept"] == 1
    moved = {one["address_id"] for one in shown["doors"] if one["to"] == other["round_id"]}
    assert moved == {one["address_id"] for one in shown["doors"]}
    assert {stop.address_id for stop in stops_of(other["round_id"])} >= moved
    assert db.session.get_one(Round, mine["round_id"]).state == "closed"
    dossier = round_dossiers(Phone(district.walkers["cid"]).actor, [other["round_id"]])
    assert dossier[other["round_id"]]["changed"]["added"] == len(moved)
    own = round_dossiers(Phone(district.walkers["ann"]).actor, [mine["round_id"]])
    assert [stop["id"] for stop in own[mine["round_id"]]["stops"]] == [done_stop.id]


def test_the_plan_follows(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    _ill(desk, board, district, "ann")
    after = read(desk, board)
    assert not any(one["differs"] for one in after["rounds"])
    assert len(doors_of(round_of(after, district, "cid"))) == 16
    assert left_out(after) == {}


def test_what_nobody_has_time_for_is_to_do_again(desk: Desk, district: District) -> None:
    minutes = {"first": 20, "again": 20, "later": 30, "aftercare": 45}
    board = publish(desk, plan(desk, district, minutes=minutes))
    shown = _ill(desk, board, district, "ann")[1]
    stays = [one for one in shown["doors"] if one["to"] is None]
    assert {one["reason"] for one in stays} == {"not-enough-time"}
    after = read(desk, board)
    assert {one["address_id"] for one in stays} <= set(left_out(after))


def test_alone_a_pair_leaves_all_its_doors_to_do(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district, district.shift("ann", "bob")))
    shown = _ill(desk, board, district, "bob")[1]
    assert {one["to"] for one in shown["doors"]} == {None}
    assert {one["reason"] for one in shown["doors"]} == {"no-shifts"}
    after = read(desk, board)
    assert len(left_out(after)) == 16


def test_another_goes_instead(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    mine = round_of(board, district, "ann")
    status, shown = _ill(desk, board, district, "ann", instead=district.id("eve"))
    assert status == 200
    assert shown["doors"] == []
    assert not shown["rounds"][0]["closes"]
    after = read(desk, board)
    assert {who["first_name"] for who in round_of(after, district, "eve")["pair"]} == {"Eve", "Bob"}
    assert doors_of(round_of(after, district, "eve")) == doors_of(mine)
    dossier = round_dossiers(Phone(district.walkers["eve"]).actor, [mine["round_id"]])
    assert dossier[mine["round_id"]]["changed"]["gone"] == 0
    assert round_dossiers(Phone(district.walkers["ann"]).actor, [mine["round_id"]]) == {}


def test_doors_to_which_the_other_does_not_go_move(desk: Desk, district: District) -> None:
    avoids_street(district.walkers["eve"], "Elzenpad")
    db.session.commit()
    board = publish(desk, plan(desk, district))
    mine = round_of(board, district, "ann")
    elzenpad = {
        visit["address_id"]
        for leg in mine["legs"]
        for visit in leg["visits"]
        if visit["street"] == "Elzenpad"
    }
    shown = _ill(desk, board, district, "ann", instead=district.id("eve"))[1]
    assert {one["address_id"] for one in shown["doors"]} == elzenpad
    other = round_of(board, district, "cid")["round_id"]
    assert all(one["to"] == other for one in shown["doors"])


def test_who_may_not_go_does_not_go_instead(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    problem = _ill(desk, board, district, "ann", instead=district.id("cid"))[1]
    assert codes(problem) == {("/instead", "already-booked")}
    problem = _ill(desk, board, district, "eve", round_of_="ann")[1]
    assert codes(problem) == {("/account_id", "not-in-this-pair")}


def test_what_was_shown_is_what_happens_or_nothing_does(desk: Desk, district: District) -> None:
    board = publish(desk, plan(desk, district))
    shown = _ill(desk, board, district, "ann", dry_run=True)[1]
    stop = stops_of(round_of(board, district, "ann")["round_id"])[0]
    Phone(district.walkers["ann"]).record(stop, "not_home", on=tomorrow())
    db.session.commit()
    status, problem = _ill(desk, board, district, "ann", version=shown["version"])
    assert (status, problem["code"]) == (409, "plan-changed")


def test_late_in_the_afternoon_there_is_no_time_left(desk: Desk, district: District) -> None:
    board = plan(
        desk,
        district,
        district.shift("ann", "bob", on=tomorrow()),
        district.shift("cid", "dee", on=tomorrow()),
    )
    board = publish(desk, board)
    replay(8, datetime.combine(tomorrow(), time(16, 29), AMSTERDAM))
    fresh = Desk(desk.client, headers_for(district.town.person("supervisor")))
    shown = _ill(fresh, board, district, "ann", dry_run=True)[1]
    assert {one["to"] for one in shown["doors"]} == {None}


def _ill(
    desk: Desk, board: Board, district: District, name: str, *, round_of_: str = "", **body: Any
) -> tuple[int, Any]:
    round_id = round_of(board, district, round_of_ or name)["round_id"]
    said = {"account_id": district.id(name)} | body
    return desk.post(f"/rounds/{round_id}/falls-ill", said)

"""A plan is searched for, and the desk sees who goes where, when, and what did not fit."""

from sqlalchemy import select

from outreach.clock import today
from outreach.db import db
from outreach.visits.models import Appointment, ContactAttempt
from outreach.volunteers.models import VolunteerProfile
from tests.campaigns.desk import Desk
from tests.dispatch.district import District, doors_of, left_out, plan, read, round_of, tomorrow
from tests.factories.volunteers import avoids_street


def test_every_door_is_in_one_place(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    placed = [door for one in board["rounds"] for door in doors_of(one)]
    assert sorted([*placed, *left_out(board)]) == sorted(district.address_ids)
    assert len(placed) == 16
    assert board["state"] == "proposed"
    assert board["totals"]["doors"] == 16


def test_a_round_tells_its_pair_times_and_figures(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    one = round_of(board, district, "ann")
    assert {who["first_name"] for who in one["pair"]} == {"Ann", "Bob"}
    assert (one["begins"], one["ends"], one["round_id"]) == ("13:00", "16:30", None)
    assert one["metres"] > 0
    first = one["legs"][0]["visits"][0]
    assert first["street"] in {"Wilgenhof", "Elzenpad"}
    assert first["kind"] == "first"
    assert "13:00" <= first["rings"] < first["leaves"]


def test_nobody_goes_to_a_street_they_avoid(desk: Desk, district: District) -> None:
    avoids_street(district.walkers["ann"], "Elzenpad")
    avoids_street(district.walkers["cid"], "Elzenpad")
    db.session.commit()
    board = plan(desk, district)
    assert set(left_out(board).values()) == {"nobody-may-go"}
    assert {one["street"] for one in board["left_out"]} == {"Elzenpad"}


def test_the_next_try_is_at_another_day_part(desk: Desk, district: District) -> None:
    town = district.town
    _not_home(district)
    board = plan(desk, district)
    assert left_out(board) == {town.addresses[0].id: "day-parts-tried"}


def test_a_language_wish_is_met_where_somebody_speaks_it(desk: Desk, district: District) -> None:
    door = district.town.addresses[0].id
    _not_home(district, outcome="other_language", details={"language": "tr"})
    assert left_out(plan(desk, district)) == {door: "nobody-speaks"}
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id == district.id("dee"))
    db.session.scalars(rows).one().languages = ["tr"]
    db.session.commit()
    board = plan(desk, district)
    assert door in doors_of(round_of(board, district, "dee"))


def test_who_said_later_is_visited_then(desk: Desk, district: District) -> None:
    town = district.town
    db.session.add(
        Appointment(
            id=town.stops[1].attempt_id,
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            address_id=town.addresses[1].id,
            kind="later",
            date=tomorrow(),
            day_part="evening",
        )
    )
    db.session.commit()
    board = plan(
        desk,
        district,
        district.shift("ann", "bob"),
        district.shift("cid", "dee", day_part="evening"),
    )
    evening = round_of(board, district, "cid")
    (visit,) = [
        one
        for leg in evening["legs"]
        for one in leg["visits"]
        if one["address_id"] == town.addresses[1].id
    ]
    assert visit["window"] == {"date": tomorrow().isoformat(), "day_part": "evening"}
    assert visit["kind"] == "later"


def test_a_board_that_did_not_change_is_not_sent_again(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    path = f"/v1/round-plans/{board['id']}"
    first = desk.client.get(path, headers=desk.headers)
    again = desk.client.get(path, headers=desk.headers | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_plans_are_listed_newest_first(desk: Desk, district: District) -> None:
    first, second = plan(desk, district), plan(desk, district)
    status, listed = desk.get(f"/campaigns/{district.town.campaign.id}/round-plans")
    assert status == 200
    assert [one["id"] for one in listed["items"]] == [second["id"], first["id"]]
    assert listed["items"][0]["doors"] == 16


def test_what_was_discarded_is_gone(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    assert desk.delete(f"/round-plans/{board['id']}")[0] == 204
    assert desk.get(f"/round-plans/{board['id']}")[0] == 404


def test_a_door_that_was_held_meanwhile_is_no_longer_to_do(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    _not_home(district, outcome="refused")
    assert left_out(read(desk, board)) == {district.town.addresses[0].id: "no-longer-to-do"}


def _not_home(
    district: District, outcome: str = "not_home", details: dict[str, str] | None = None
) -> None:
    town = district.town
    stop = town.stops[0]
    db.session.add(
        ContactAttempt(
            id=stop.attempt_id,
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            address_id=stop.address_id,
            stop_id=stop.id,
            reached=False,
            date=today(),
            day_part="afternoon",
            outcome=outcome,
            details=details or {},
            recorded_by=town.person("volunteer").id,
            made_at=town.campaign.created_at,
            received_at=town.campaign.created_at,
        )
    )
    db.session.commit()

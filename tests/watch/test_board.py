"""The board: what a line says, when it is another, and what stays off it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.clock import today
from outreach.db import db
from outreach.privacy.retention import tidy
from outreach.visits.models import ContactAttempt, RoundMember, Stop
from outreach.watch.models import RoundWatch, WatchAlert
from tests.factories.phone import Phone
from tests.factories.statements import statements
from tests.factories.town import Town, make_account, make_walk
from tests.watch.watching import Desk, at, look, rings, says


def _opened(desk: Desk, town: Town) -> list[dict[str, object]]:
    address = f"/v1/watch/rounds/{town.round.id}"
    answer = desk.client.get(address, headers=desk.headers).get_json()
    doors: list[dict[str, object]] = answer["doors"]
    assert answer["times_kept"] == any(door["at"] for door in doors)
    return doors


def test_a_line_says_who_walks_how_far_they_are_and_when_they_were_heard(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    for door, outcome in enumerate(("not_home", "conversation", "later")):
        details = {"date": "2026-03-10", "day_part": "evening"} if outcome == "later" else {}
        phone.write(
            staff.stops[door].id,
            "visit.record",
            outcome=outcome,
            from_="",
            details=details,
            date=today().isoformat(),
            day_part="afternoon",
        )
    phone.sync()
    line = desk.line()
    assert (line["doors"], line["done"], line["reached"], line["talks"]) == (6, 3, 2, 1)
    assert (line["campaign"], line["base"]) == ("Voorjaar", "De Schakel")
    assert {one["name"] for one in line["pair"]} == {
        staff.person("volunteer").name,
        staff.person("partner_of_pair").name,
    }
    assert line["last_contact_at"].startswith("2026-03-03T13:30")


def test_who_has_the_board_hears_nothing_until_it_is_another(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    assert desk.polls() is not None
    assert desk.polls() is None
    rings(phone, staff)
    phone.sync()
    assert desk.polls()["rounds"][0]["done"] == 1
    assert desk.polls() is None


def _another_pair(town: Town) -> None:
    member = town.members()[0]
    member.account_id = town.person("mentor").id


def _another_number(town: Town) -> None:
    town.person("volunteer").phone = "0611111111"


def _a_door_less(town: Town) -> None:
    db.session.delete(db.session.get_one(Stop, town.stops[-1].id))


def _one_more_tomorrow(town: Town) -> None:
    pair = [town.person("mentor"), town.person("other_volunteer")]
    make_walk(town.campaign, [], pair, today() + timedelta(days=1))


@pytest.mark.parametrize(
    "happens", [_another_pair, _another_number, _a_door_less, _one_more_tomorrow]
)
def test_what_the_desk_changes_shows_as_well(staff: Town, desk: Desk, happens: object) -> None:
    before = desk.polls()
    happens(staff)  # type: ignore[operator]
    db.session.commit()
    after = desk.polls()
    assert after is not None
    assert after != before


@pytest.mark.parametrize("kind", ["round.extend", "round.finish", "help.call"])
def test_whatever_a_pair_says_shows(staff: Town, phone: Phone, desk: Desk, kind: str) -> None:
    says(phone, staff, "round.start", until="18:00")
    desk.polls()
    bodies = {
        "round.extend": {"until": "18:30"},
        "help.call": {"call_id": "00000000-0000-4000-8000-000000000001"},
    }
    says(phone, staff, kind, **bodies.get(kind, {}))
    assert desk.polls() is not None
    assert desk.polls() is None


def test_who_is_overdue_shows_and_who_took_it_and_that_it_is_over(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    says(phone, staff, "round.start", until="18:00")
    look("18:30")
    (alert,) = desk.polls()["alerts"]
    desk.takes(alert["id"])
    assert desk.polls()["alerts"][0]["taken_by"] != ""
    desk.closes(alert["id"], "home")
    assert desk.polls()["alerts"] == []


def test_each_watches_over_their_own_districts(staff: Town, client: FlaskClient) -> None:
    seen = {
        who: len(Desk(client, staff.person(who)).board()["rounds"])
        for who in ("supervisor", "coordinator", "other_supervisor")
    }
    assert seen == {"supervisor": 1, "coordinator": 1, "other_supervisor": 0}


def test_drafts_and_other_days_are_not_on_it_and_tomorrow_is_counted(
    staff: Town, desk: Desk
) -> None:
    pair = [staff.person("mentor"), staff.person("other_volunteer")]
    make_walk(staff.campaign, [], pair, today() - timedelta(days=1))
    draft, _ = make_walk(staff.campaign, [], pair)
    draft.state = "draft"
    make_walk(staff.campaign, [], pair, today() + timedelta(days=1))
    db.session.commit()
    board = desk.board()
    assert [line["id"] for line in board["rounds"]] == [staff.round.id]
    assert board["tomorrow"] == 1


def test_an_update_takes_as_many_statements_with_forty_rounds_as_with_one(
    staff: Town, client: FlaskClient
) -> None:
    desk = Desk(client, staff.person("supervisor"))
    phone = Phone(client, staff.person("volunteer"))
    phone.sync()

    def after_a_door(door: int) -> int:
        desk.polls()
        rings(phone, staff, door)
        phone.sync()
        with statements() as said:
            assert desk.polls() is not None
        return len(said)

    alone = after_a_door(0)
    here = staff.municipality.id
    for number in range(39):
        pair: list[Account] = [
            make_account(here, f"{who}{number}", Role.VOLUNTEER, staff.district, staff.team)
            for who in "ab"
        ]
        make_walk(staff.campaign, [], pair)
    db.session.commit()
    assert after_a_door(1) == alone


def test_a_round_that_is_opened_shows_when_each_door_was_for_seven_days(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    rings(phone, staff)
    phone.sync()
    first, second, *_ = _opened(desk, staff)
    assert first["number"] == "10"
    assert str(first["at"]).startswith("2026-03-03T13:30")
    assert (second["outcome"], second["at"]) == (None, None)
    at("23:00", 6)
    assert _opened(desk, staff)[0]["at"] is not None
    at("00:10", 1)
    assert _opened(desk, staff)[0]["at"] is None


def test_a_weeks_later_no_table_knows_at_what_time_a_door_was(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until="18:00")
    rings(phone, staff)
    phone.sync()
    look("18:30")
    at("14:29", 7)
    tidy(staff.municipality.id)
    assert db.session.scalars(select(ContactAttempt.made_at)).one().hour == 13
    at("14:31")
    tidy(staff.municipality.id)
    tidy(staff.municipality.id)
    made, received = db.session.execute(
        select(ContactAttempt.made_at, ContactAttempt.received_at)
    ).one()
    assert made == received
    assert made.isoformat() == "2026-03-03T23:59:59+00:00"
    assert db.session.scalars(select(RoundWatch.id)).all() == []
    assert len(db.session.scalars(select(WatchAlert.id)).all()) == 1
    assert db.session.scalars(select(ContactAttempt.outcome)).all() == ["not_home"]


def test_after_a_month_nobody_knows_who_was_called_about(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until="18:00")
    look("18:30")
    at("18:31", 31)
    tidy(staff.municipality.id)
    assert db.session.scalars(select(WatchAlert.id)).all() == []
    assert len(db.session.scalars(select(RoundMember.id)).all()) == 2

"""What a plan is asked for is checked whole; a search is stopped, broken off, and begun anew."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.dispatch.models import RoundPlan, RoundPlanStep
from outreach.jobs import running
from outreach.jobs.models import Job
from outreach.planning.work import KIND
from outreach.privacy import doors
from outreach.territory.models import DoorHold
from tests.campaigns.desk import Desk
from tests.dispatch.district import (
    District,
    act,
    codes,
    done,
    doors_of,
    left_out,
    plan,
    read,
    round_of,
    searched,
    tomorrow,
)
from tests.factories.town import Town, build_town, headers_for


def _start(desk: Desk, district: District, **body: object) -> tuple[int, Any]:
    path = f"/campaigns/{district.town.campaign.id}/round-plans"
    return desk.post(path, district.asked(**body))


def test_all_faults_come_at_once(desk: Desk, district: District) -> None:
    shift = district.shift("ann", "ann")
    shift["day_part"] = "night"
    status, problem = _start(
        desk,
        district,
        first_day=(today() - timedelta(days=1)).isoformat(),
        shifts=[shift, {"date": None, "day_part": None, "pair": [new_id(), district.id("bob")]}],
        times={"afternoon": {"begins": "17:00", "ends": "13:00", "pause": None}},
        minutes={"first": 0},
        seconds=100_000,
    )
    assert status == 400
    assert codes(problem) == {
        ("/first_day", "in-the-past"),
        ("/shifts/0/day_part", "not-a-choice"),
        ("/shifts/0/pair/1", "same-person"),
        ("/shifts/1/date", "missing"),
        ("/shifts/1/day_part", "missing"),
        ("/shifts/1/pair/0", "unknown-volunteer"),
        ("/times/afternoon/ends", "ends-before-it-begins"),
        ("/minutes/first", "not-in-range"),
        ("/seconds", "not-in-range"),
    }


def test_without_pairs_nothing_is_planned(desk: Desk, district: District) -> None:
    assert codes(_start(desk, district, shifts=[])[1]) == {("/shifts", "no-pairs")}


def test_somebody_is_in_one_pair_at_a_time(desk: Desk, district: District) -> None:
    shifts = [district.shift("ann", "bob"), district.shift("cid", "ann")]
    problem = _start(desk, district, shifts=shifts)[1]
    assert codes(problem) == {("/shifts/1/pair/1", "two-shifts-at-once")}


def test_a_draft_campaign_plans_nothing(desk: Desk, district: District) -> None:
    district.town.campaign.state = "draft"
    db.session.commit()
    status, problem = _start(desk, district)
    assert (status, problem["code"]) == (409, "campaign-not-published")


def test_when_no_door_is_left_the_rules_are_counted(desk: Desk, district: District) -> None:
    town = district.town
    db.session.add_all(
        DoorHold(
            id=new_id(),
            municipality_id=town.municipality.id,
            address_id=address_id,
            kind="wants_no_visit",
            set_by=town.person("volunteer").id,
            set_at=now(),
        )
        for address_id in district.address_ids
    )
    db.session.commit()
    status, problem = _start(desk, district)
    assert (status, problem["code"]) == (409, "no-doors-to-plan")
    assert "16 deuren" in problem["detail"]
    assert "bij 16 mag niemand aanbellen" in problem["detail"]


def test_the_desk_is_shown_who_can_walk_and_pairs_are_proposed(
    desk: Desk, district: District
) -> None:
    path = f"/campaigns/{district.town.campaign.id}/round-plan-proposal"
    status, shown = desk.post(path, {})
    assert status == 200
    assert shown["to_do"] == 16
    slot = next(one for one in shown["slots"] if one["day_part"] == "afternoon")
    assert set(slot["available"]) == {account.id for account in district.walkers.values()}
    assert len(slot["pairs"]) == 3
    assert shown["base"]["certain"] is False
    assert shown["letter"]["waits"] is False


def test_a_search_is_stopped_and_keeps_the_best(desk: Desk, district: District) -> None:
    status, board = _start(desk, district, seconds=300)
    assert (status, board["state"]) == (201, "searching")
    done(desk.post(f"/round-plans/{board['id']}/stop"))
    found = searched(desk, board)
    assert found["state"] == "proposed"
    placed = [door for one in found["rounds"] for door in doors_of(one)]
    assert sorted([*placed, *left_out(found)]) == sorted(district.address_ids)


def test_while_it_searches_nothing_is_changed(desk: Desk, district: District) -> None:
    board = _start(desk, district, seconds=300)[1]
    door = next(iter(district.address_ids))
    moves = [{"act": "leave", "address_id": door}]
    status, problem = act(desk, board, "moves", moves=moves)
    assert (status, problem["code"]) == (409, "plan-is-searching")
    assert desk.delete(f"/round-plans/{board['id']}")[0] == 204
    running.runner().wait_until_idle()
    db.session.rollback()
    assert db.session.scalars(select(RoundPlan)).all() == []
    assert db.session.scalars(select(RoundPlanStep)).all() == []


def test_a_search_that_failed_leaves_the_plan_as_it_was(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    row = db.session.get_one(RoundPlan, board["id"])
    job = Job(
        id=new_id(),
        municipality_id=row.municipality_id,
        kind=KIND,
        state="failed",
        result={"plan_id": row.id, "problem": {"code": "routing-failed"}},
        started_by=row.made_by,
        started_at=now(),
        ended_at=now(),
    )
    db.session.add(job)
    row.state, row.job_id = "searching", job.id
    db.session.commit()
    after = read(desk, board)
    assert (after["state"], after["search"]["problem"]) == ("proposed", "routing-failed")
    assert after["rounds"] == board["rounds"]
    door = doors_of(max(after["rounds"], key=lambda one: one["doors"]))[0]
    done(act(desk, after, "moves", moves=[{"act": "leave", "address_id": door}]))


def test_a_search_whose_server_died_is_begun_anew(desk: Desk, district: District) -> None:
    assert running.runner().kinds[KIND].resumes


def test_nobody_elsewhere_sees_a_plan(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    elsewhere: Town = build_town("Elzendam")
    stranger = Desk(desk.client, headers_for(elsewhere.person("supervisor")))
    neighbour = Desk(desk.client, headers_for(district.town.person("other_supervisor")))
    for other in (stranger, neighbour):
        assert other.get(f"/round-plans/{board['id']}")[0] == 404
        assert other.delete(f"/round-plans/{board['id']}")[0] == 404
        assert act(other, board, "undo")[0] == 404


def test_why_nobody_waited_for_the_letter_stands_in_the_trail(
    desk: Desk, district: District
) -> None:
    district.town.campaign.letter_on = None
    db.session.commit()
    assert codes(_start(desk, district)[1]) == {("/letter_reason", "letter-not-sent")}
    plan(desk, district, letter_reason=" De wijkagent gaat mee. ")
    rows = select(TrailEntry.reason).where(TrailEntry.action == "round_plan.before_letter")
    assert db.session.scalars(rows).all() == ["De wijkagent gaat mee."]


def test_plans_go_thirty_days_after_the_campaign(desk: Desk, district: District) -> None:
    board = plan(desk, district)
    campaign = district.town.campaign
    campaign.ends_on = today() - timedelta(days=30)
    db.session.commit()
    here = campaign.municipality_id
    assert doors.forget_plans(here, now() - doors.PLANS_KEPT) == 0
    campaign.ends_on = today() - timedelta(days=31)
    db.session.commit()
    assert doors.forget_plans(here, now() - doors.PLANS_KEPT) == 1
    db.session.commit()
    assert desk.get(f"/round-plans/{board['id']}")[0] == 404
    assert db.session.scalars(select(RoundPlanStep)).all() == []


def test_a_shift_lies_within_the_days_of_the_plan(desk: Desk, district: District) -> None:
    far = tomorrow() + timedelta(days=5)
    problem = _start(desk, district, shifts=[district.shift("ann", "bob", on=far)])[1]
    assert codes(problem) == {("/shifts/0/date", "outside-period")}


def test_the_times_that_were_asked_for_are_kept_to(desk: Desk, district: District) -> None:
    times = {"afternoon": {"begins": "14:00", "ends": "15:00", "pause": None}}
    board = plan(desk, district, times=times)
    one = round_of(board, district, "ann")
    assert (one["begins"], one["ends"], one["pause"]) == ("14:00", "15:00", None)
    assert {len(found["legs"]) for found in board["rounds"]} == {1}
    assert all(leg["back_at"] <= "15:00" for found in board["rounds"] for leg in found["legs"])

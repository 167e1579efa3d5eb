"""Who comes back to a plan is planned with who is expected, as long as there is a plan."""

from datetime import date, timedelta

from sqlalchemy import select

from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.plans.models import Aftercare, Plan
from outreach.territory.models import Household
from outreach.visits.models import Appointment, ContactAttempt
from tests.campaigns.desk import Desk
from tests.dispatch.district import (
    District,
    act,
    done,
    doors_of,
    left_out,
    moves,
    plan,
    publish,
    read,
    round_of,
    stops_of,
    tomorrow,
)
from tests.visits.phone import Phone


def _comes_back(district: District, name: str, due_on: date, day_part: str = "") -> Aftercare:
    """A talk was held at the first door, and somebody promised to come back."""
    town = district.town
    stop, here = town.stops[0], town.municipality.id
    db.session.add(
        ContactAttempt(
            id=stop.attempt_id,
            municipality_id=here,
            campaign_id=town.campaign.id,
            address_id=stop.address_id,
            stop_id=stop.id,
            reached=True,
            date=today() - timedelta(days=7),
            day_part="afternoon",
            outcome="conversation",
            recorded_by=district.id(name),
            made_at=now(),
            received_at=now(),
        )
    )
    household = Household(
        id=stop.household_id, municipality_id=here, address_id=stop.address_id, created_at=now()
    )
    db.session.add(household)
    db.session.flush()
    own = {"municipality_id": here, "household_id": household.id}
    db.session.add(
        Plan(
            id=stop.plan_id,
            conversation_id=stop.conversation_id,
            made_at=now(),
            received_at=now(),
            **own,
        )
    )
    db.session.flush()
    aftercare = Aftercare(
        id=new_id(),
        plan_id=stop.plan_id,
        campaign_id=town.campaign.id,
        account_id=district.id(name),
        due_on=due_on,
        day_part=day_part,
        kind="visit",
        received_at=now(),
        **own,
    )
    db.session.add(aftercare)
    db.session.commit()
    return aftercare


def test_who_is_expected_comes(desk: Desk, district: District) -> None:
    _comes_back(district, "dee", tomorrow())
    door = district.town.addresses[0].id
    board = plan(desk, district)
    (visit,) = [
        visit
        for leg in round_of(board, district, "dee")["legs"]
        for visit in leg["visits"]
        if visit["address_id"] == door
    ]
    assert visit["kind"] == "aftercare"
    assert visit["expects"]["first_name"] == "Dee"
    assert visit["window"] == {"date": tomorrow().isoformat(), "day_part": ""}


def test_when_who_is_expected_does_not_walk_nobody_comes(desk: Desk, district: District) -> None:
    _comes_back(district, "fay", tomorrow())
    assert left_out(plan(desk, district)) == {district.town.addresses[0].id: "not-who-is-expected"}


def test_on_the_phone_it_is_an_appointment_and_later_it_is_free_again(
    desk: Desk, district: District
) -> None:
    _comes_back(district, "dee", tomorrow())
    door = district.town.addresses[0].id
    board = publish(desk, plan(desk, district))
    one = round_of(board, district, "dee")
    stop = next(stop for stop in stops_of(one["round_id"]) if stop.address_id == door)
    shown = Phone(district.walkers["dee"]).read(stop)
    assert shown["appointment"] == {"date": tomorrow().isoformat(), "day_part": "afternoon"}
    board = publish(desk, done(moves(desk, board, {"act": "leave", "address_id": door})))
    assert db.session.scalars(select(Appointment)).all() == []
    assert left_out(board) == {door: "fits-now"}


def test_what_the_household_threw_away_is_in_no_plan(desk: Desk, district: District) -> None:
    aftercare = _comes_back(district, "dee", tomorrow())
    board = plan(desk, district)
    assert district.town.addresses[0].id in doors_of(round_of(board, district, "dee"))
    db.session.delete(aftercare)
    db.session.commit()
    after = read(desk, board)
    assert left_out(after) == {district.town.addresses[0].id: "no-longer-to-do"}
    assert "aftercare" not in str(after["rounds"]) + str(after["left_out"])


def test_who_is_expected_is_not_swapped_away(desk: Desk, district: District) -> None:
    _comes_back(district, "dee", tomorrow())
    board = plan(desk, district)
    one = round_of(board, district, "dee")
    pair = [district.id("cid"), district.id("eve")]
    status, problem = act(
        desk, board, "moves", moves=[{"act": "pair", "round_id": one["id"], "pair": pair}]
    )
    assert (status, problem["errors"][0]["code"]) == (409, "expected")
    assert problem["errors"][0]["detail"] == "Bij Wilgenhof 10 is afgesproken dat Dee komt."


def test_what_comes_after_the_plan_waits(desk: Desk, district: District) -> None:
    _comes_back(district, "dee", tomorrow() + timedelta(days=9))
    board = plan(desk, district)
    everywhere = [door for one in board["rounds"] for door in doors_of(one)]
    assert district.town.addresses[0].id not in [*everywhere, *left_out(board)]

"""In random districts every plan that is published obeys every rule, read back from the tables."""

from collections import Counter
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.clock import DayPart, new_id, now, today
from outreach.db import db
from outreach.dispatch import boards, publishing, searching, states
from outreach.dispatch.gathering import gather
from outreach.dispatch.layouts import written
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.settings import settled
from outreach.planning.making import make_plan
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment, ContactAttempt, Round, RoundMember, Stop
from outreach.visits.rounds import RoundNoLongerFits
from outreach.volunteers.avoiding import avoided_addresses
from outreach.volunteers.clearance import cleared
from outreach.volunteers.mentoring import lacking_a_mentor
from tests.dispatch.district import District, build_district, tomorrow
from tests.factories.town import Town, build_town
from tests.factories.volunteers import avoids_address, avoids_street
from tests.planning.districts import QUICK

PARTS = [part.value for part in DayPart]
NAMES = ("ann", "bob", "cid", "dee", "eve", "fay")
OUTCOMES = ("not_home", "not_home", "refused", "conversation", "no_access")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_what_is_published_obeys_every_rule(app: Flask, data: st.DataObject) -> None:
    db.session.rollback()
    district = _random_district(data)
    plan = _searched(_plan(district, data))
    actor = actor_of(district.town.person("supervisor"))
    _outside_changes(district, data)
    before = gather(plan).draft()
    try:
        publishing.publish(actor, plan, {"version": plan.version, "round_ids": []})
    except (RoundNoLongerFits, publishing.NothingToPublish):
        db.session.rollback()
        gathered = gather(db.session.get_one(RoundPlan, plan.id))
        assert before.broken or not any(
            boards.differs(gathered, one) and one.address_ids for one in before.plan.rounds
        )
        return
    db.session.commit()
    _obeys(district.town)
    _everything_in_one_place(district, boards.board(actor, plan, "nl"))


def _random_district(data: st.DataObject) -> District:
    """A town of its own: another municipality for each example."""
    district = build_district(build_town(f"Dorp {new_id()}"))
    town = district.town
    doors = district.doors
    for name in NAMES:
        if data.draw(st.integers(0, 5)) == 0:
            avoids_street(
                district.walkers[name], data.draw(st.sampled_from(("Elzenpad", "Wilgenhof")))
            )
        if data.draw(st.integers(0, 3)) == 0:
            avoids_address(district.walkers[name], data.draw(st.sampled_from(doors)))
    for stop in town.stops:
        outcome = data.draw(st.sampled_from(("", "", *OUTCOMES)))
        if outcome:
            _rung(town, stop, outcome, data.draw(st.sampled_from(PARTS)))
    for address_id in data.draw(st.sets(st.sampled_from(doors), max_size=2)):
        part = data.draw(st.sampled_from(PARTS))
        _promised(town, address_id, part, data.draw(st.integers(0, 3)))
    for address_id in data.draw(st.sets(st.sampled_from(doors), max_size=2)):
        _held(town, address_id)
    db.session.commit()
    return district


def _plan(district: District, data: st.DataObject) -> RoundPlan:
    town = district.town
    shifts = [
        {
            "id": new_id(),
            "on": on.isoformat(),
            "day_part": part,
            "pair": [district.id(n) for n in two],
        }
        for on in (tomorrow(), tomorrow() + timedelta(days=1))
        for part in data.draw(st.sets(st.sampled_from(PARTS), max_size=2))
        for two in (("ann", "bob"), ("cid", "dee"))
    ]
    plan = RoundPlan(
        id=new_id(),
        municipality_id=town.municipality.id,
        campaign_id=town.campaign.id,
        first_day=tomorrow(),
        last_day=tomorrow() + timedelta(days=1),
        state="proposed",
        settings=settled({})
        | {
            "base": {"name": "", "lat": 52.4, "lon": 5.2, "certain": True},
            "before_letter": False,
        },
        content={
            "shifts": shifts,
            "orders": {},
            "locks": {},
            "doors": sorted(district.address_ids),
        },
        rounds={},
        version=new_id(),
        step=0,
        made_by=town.person("supervisor").id,
        made_at=now(),
    )
    db.session.add(plan)
    db.session.commit()
    return plan


def _searched(plan: RoundPlan) -> RoundPlan:
    """As the job does it, but for so many iterations instead of seconds."""
    gathered = gather(plan)
    draft = make_plan(gathered.problem, QUICK)
    assert draft.broken == []
    layout = searching.beside(gathered.layout, draft)
    plan.content = written(layout)
    plan.state = states.PROPOSED
    db.session.commit()
    return plan


def _outside_changes(district: District, data: st.DataObject) -> None:
    """While the plan lies on the desk somebody holds a door, or another round takes one."""
    doors = district.doors
    if data.draw(st.booleans()):
        _held(district.town, data.draw(st.sampled_from(doors)))
    if data.draw(st.integers(0, 3)) == 0:
        avoids_address(district.walkers["ann"], data.draw(st.sampled_from(doors)), "door")
    db.session.commit()


def _obeys(town: Town) -> None:
    rows = select(Round).where(Round.campaign_id == town.campaign.id, Round.state == "published")
    rounds = db.session.scalars(rows).all()
    visited = Counter[str]()
    for one in rounds:
        members = select(RoundMember.account_id).where(RoundMember.round_id == one.id)
        pair = db.session.scalars(members).all()
        assert len(pair) == 2
        assert cleared(pair, one.date) == set(pair)
        assert lacking_a_mentor(pair) == set()
        stops = select(Stop.address_id).where(Stop.round_id == one.id)
        doors = set(db.session.scalars(stops))
        visited.update(doors)
        assert not doors & set(db.session.scalars(avoided_addresses(pair)))
        held = select(DoorHold.address_id).where(DoorHold.address_id.in_(doors))
        assert db.session.scalars(held).all() == []
        _rung_before(one, doors)
        _promises_kept(one, doors)
    assert all(count == 1 for count in visited.values())


def _rung_before(one: Round, doors: set[str]) -> None:
    rows = select(ContactAttempt).where(ContactAttempt.address_id.in_(doors))
    for attempt in db.session.scalars(rows):
        assert attempt.outcome in {"not_home", "no_access"}
        is_promised = select(Appointment.id).where(Appointment.address_id == attempt.address_id)
        if attempt.outcome == "not_home" and db.session.scalars(is_promised).first() is None:
            assert attempt.day_part != one.day_part


def _promises_kept(one: Round, doors: set[str]) -> None:
    rows = select(Appointment).where(Appointment.address_id.in_(doors), Appointment.date >= today())
    for promise in db.session.scalars(rows):
        assert (promise.date, promise.day_part) == (one.date, one.day_part)


def _everything_in_one_place(district: District, board: dict[str, Any]) -> None:
    placed = [
        visit["address_id"]
        for one in board["rounds"]
        for leg in one["legs"]
        for visit in leg["visits"]
    ]
    left = [one["address_id"] for one in board["left_out"]]
    assert sorted([*placed, *left]) == sorted(district.address_ids)


def _rung(town: Town, stop: Stop, outcome: str, part: str) -> None:
    db.session.add(
        ContactAttempt(
            id=stop.attempt_id,
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            address_id=stop.address_id,
            stop_id=stop.id,
            reached=outcome != "not_home",
            date=today(),
            day_part=part,
            outcome=outcome,
            details={},
            recorded_by=town.person("volunteer").id,
            made_at=now(),
            received_at=now(),
        )
    )


def _promised(town: Town, address_id: str, part: str, days: int) -> None:
    db.session.add(
        Appointment(
            id=new_id(),
            municipality_id=town.municipality.id,
            campaign_id=town.campaign.id,
            address_id=address_id,
            kind="later",
            date=today() + timedelta(days=days),
            day_part=part,
        )
    )


def _held(town: Town, address_id: str) -> None:
    db.session.add(
        DoorHold(
            id=new_id(),
            municipality_id=town.municipality.id,
            address_id=address_id,
            kind="wants_no_visit",
            set_by=town.person("volunteer").id,
            set_at=now(),
        )
    )

"""Coming back to a plan: when, by whom, what came of it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from outreach.access.actor import actor_of
from outreach.access.intents import CannotApply
from outreach.audit.differences import Effect
from outreach.clock import new_id, today
from outreach.db import db
from outreach.plans.dossiers import plan_parts
from outreach.plans.models import Aftercare
from outreach.plans.scope import phone_households
from tests.factories.phone import Phone
from tests.factories.talks import PHONE_NUMBER, Talk, make_talk
from tests.factories.town import Town, build_town


def _record(talk: Talk, aftercare_id: str, outcome: str, *, close: bool = False) -> Effect:
    return talk.says(
        "aftercare.record",
        aftercare_id=aftercare_id,
        outcome=outcome,
        more_help=False,
        close=close,
    )


def _households(town: Town, person: str) -> list[str]:
    return list(db.session.scalars(phone_households(actor_of(town.person(person)))))


def test_who_plans_to_come_back_is_the_one_who_comes_back(town: Town) -> None:
    talk = make_talk(town)
    aftercare_id = talk.aftercare(days=42, kind="call")
    assert plan_parts([talk.id])[talk.id]["aftercares"] == [
        {
            "id": aftercare_id,
            "due_on": (today() + timedelta(days=42)).isoformat(),
            "day_part": "morning",
            "kind": "call",
            "account_id": talk.recorder.id,
            "outcome": "",
            "more_help": False,
            "closed": False,
        }
    ]


def test_aftercare_belongs_to_the_campaign_of_the_talk(town: Town) -> None:
    talk = make_talk(town)
    aftercare = db.session.get_one(Aftercare, talk.aftercare())
    assert aftercare.campaign_id == town.campaign.id


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_before_the_talk_or_years_ahead_waits_for_a_person(town: Town, days: int) -> None:
    with pytest.raises(CannotApply, match="day-out-of-reach"):
        make_talk(town).aftercare(days=days)


@pytest.mark.parametrize("days", [0, 366])
def test_any_day_from_the_talk_to_a_year_ahead_is_fine(town: Town, days: int) -> None:
    assert make_talk(town).aftercare(days=days)


def test_aftercare_planned_anew_moves_and_keeps_its_person(town: Town) -> None:
    talk = make_talk(town)
    aftercare_id = talk.aftercare(days=42)
    later = (today() + timedelta(days=50)).isoformat()
    talk.says(
        "aftercare.plan",
        speaker=town.person("partner_of_pair"),
        aftercare_id=aftercare_id,
        plan_id=talk.plan_id,
        due_on=later,
        day_part="",
        kind="visit",
    )
    (aftercare,) = plan_parts([talk.id])[talk.id]["aftercares"]
    assert (aftercare["due_on"], aftercare["account_id"]) == (later, talk.recorder.id)


def test_what_came_of_it_is_kept_and_closing_is_a_word_of_its_own(town: Town) -> None:
    talk = make_talk(town)
    aftercare_id = talk.aftercare()
    _record(talk, aftercare_id, "no_answer")
    (aftercare,) = plan_parts([talk.id])[talk.id]["aftercares"]
    assert (aftercare["outcome"], aftercare["closed"]) == ("no_answer", False)
    _record(talk, aftercare_id, "spoken", close=True)
    (aftercare,) = plan_parts([talk.id])[talk.id]["aftercares"]
    assert (aftercare["outcome"], aftercare["closed"]) == ("spoken", True)


def test_who_moved_leaves_this_door_and_a_slip_of_the_finger_brings_them_back(town: Town) -> None:
    talk = make_talk(town)
    aftercare_id = talk.aftercare()
    _record(talk, aftercare_id, "moved")
    assert talk.household.address_id is None
    _record(talk, aftercare_id, "no_answer")
    assert talk.household.address_id == talk.stop.address_id


@pytest.mark.parametrize("outcome", ["someone_else", "no_answer", "wrong_number"])
def test_who_was_not_found_stays_open_at_their_door_with_the_word_for_it(
    town: Town, client: FlaskClient, outcome: str
) -> None:
    talk = make_talk(town)
    talk.agrees("contact")
    talk.tells_contact()
    aftercare_id = talk.aftercare(kind="call")
    phone = Phone(client, town.person("volunteer"))
    said = {"aftercare_id": aftercare_id, "outcome": outcome, "more_help": False, "close": False}
    recorded = phone.write(talk.id, "aftercare.record", **said)
    phone.sync()
    assert phone.outcome(recorded) == "applied"
    row = db.session.get_one(Aftercare, aftercare_id, populate_existing=True)
    assert (row.outcome, row.closed_at) == (outcome, None)
    household = phone.body(talk.id)
    assert [(a["outcome"], a["closed"]) for a in household["aftercares"]] == [(outcome, False)]
    assert household["address"] is not None
    assert household["contact"]["value"] == PHONE_NUMBER
    closed = phone.write(talk.id, "aftercare.record", **(said | {"close": True}))
    phone.sync()
    assert phone.outcome(closed) == "applied"
    row = db.session.get_one(Aftercare, aftercare_id, populate_existing=True)
    assert row.closed_at is not None


def test_aftercare_that_nobody_planned_waits_for_a_person(town: Town) -> None:
    talk = make_talk(town)
    with pytest.raises(CannotApply, match="unknown-aftercare"):
        _record(talk, new_id(), "spoken")


def test_households_to_go_back_to_come_nearest_due_first_and_once(town: Town) -> None:
    late, soon, closed = (make_talk(town, place) for place in range(3))
    late.aftercare(days=60)
    soon.aftercare(days=70)
    soon.aftercare(days=5)
    _record(closed, closed.aftercare(days=1), "spoken", close=True)
    assert _households(town, "volunteer") == [soon.id, late.id]
    assert _households(town, "other_volunteer") == []


def test_a_household_overdue_stays_until_it_is_closed(town: Town) -> None:
    talk = make_talk(town)
    aftercare = db.session.get_one(Aftercare, talk.aftercare(days=1))
    aftercare.due_on = today() - timedelta(days=30)
    db.session.commit()
    assert _households(town, "volunteer") == [talk.id]


def test_who_comes_back_may_write_in_the_plan_until_it_is_closed(town: Town) -> None:
    talk = make_talk(town)
    other = town.person("other_volunteer")
    goal = {"goal_id": new_id()}
    assert not talk.may("goal.remove", other, **goal)
    aftercare_id = talk.aftercare(other)
    assert talk.may("goal.remove", other, **goal)
    _record(talk, aftercare_id, "spoken", close=True)
    assert not talk.may("goal.remove", other, **goal)


def test_the_recorder_may_write_and_another_municipality_may_not(town: Town) -> None:
    talk = make_talk(town)
    elsewhere = build_town("Oeverstad")
    goal = {"goal_id": new_id()}
    assert talk.may("goal.remove", town.person("volunteer"), **goal)
    assert not talk.may("goal.remove", elsewhere.person("volunteer"), **goal)

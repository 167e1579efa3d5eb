"""Coming back to a plan: when, by whom, what came of it."""

from datetime import timedelta
from typing import Any

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
from outreach.plans.settling import settle
from tests.factories.phone import Phone
from tests.factories.talks import PHONE_NUMBER, Talk, make_talk
from tests.factories.town import Town, build_town

UNDONE = {"outcome": "", "more_help": False, "close": False}


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
    result = {"outcome": outcome, "more_help": False, "close": False}
    said = {"aftercare_id": aftercare_id, **result}
    recorded = phone.write(talk.id, "aftercare.record", from_=UNDONE, **said)
    phone.sync()
    assert phone.outcome(recorded) == "applied"
    row = db.session.get_one(Aftercare, aftercare_id, populate_existing=True)
    assert (row.outcome, row.closed_at) == (outcome, None)
    household = phone.body(talk.id)
    assert [(a["outcome"], a["closed"]) for a in household["aftercares"]] == [(outcome, False)]
    assert household["address"] is not None
    assert household["contact"]["value"] == PHONE_NUMBER
    said["close"] = True
    closed = phone.write(talk.id, "aftercare.record", from_=result, **said)
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


def _says(talk: Talk, person: str, outcome: str, **more: Any) -> Effect:
    """What somebody says who has not heard that the other came back too."""
    said = {"outcome": outcome, "more_help": False, "close": False} | more
    id_ = db.session.scalars(db.select(Aftercare.id)).one()
    speaker = talk.town.person(person)
    return talk.says("aftercare.record", speaker=speaker, aftercare_id=id_, from_=UNDONE, **said)


def _result(talk: Talk) -> tuple[str, bool, bool]:
    (aftercare,) = plan_parts([talk.id])[talk.id]["aftercares"]
    return aftercare["outcome"], aftercare["more_help"], aftercare["closed"]


def test_what_two_people_say_of_coming_back_is_one_question(town: Town) -> None:
    talk = make_talk(town)
    talk.aftercare(town.person("other_volunteer"))
    assert _says(talk, "other_volunteer", "spoken", more_help=True, close=True) == Effect.APPLIED
    assert _says(talk, "volunteer", "no_answer") == Effect.CONFLICTED
    assert _result(talk) == ("no_answer", False, False)
    (difference,) = talk.differences()
    assert (difference.object_kind, difference.field) == ("aftercare", "result")
    assert difference.other["value"] == {"outcome": "spoken", "more_help": True, "close": True}
    settle(difference, "other", actor_of(talk.recorder))
    assert _result(talk) == ("spoken", True, True)


def test_the_same_word_of_two_people_is_no_question(town: Town) -> None:
    talk = make_talk(town)
    talk.aftercare()
    assert _says(talk, "volunteer", "spoken", close=True) == Effect.APPLIED
    assert _says(talk, "other_volunteer", "spoken", close=True) == Effect.MERGED
    assert talk.differences() == []


def test_who_corrects_to_what_the_other_said_settles_it(town: Town) -> None:
    talk = make_talk(town)
    aftercare_id = talk.aftercare()
    _says(talk, "volunteer", "no_answer")
    _says(talk, "other_volunteer", "spoken")
    _record(talk, aftercare_id, "no_answer")
    assert talk.differences() == []
    assert _result(talk) == ("no_answer", False, False)


def test_settling_on_who_moved_takes_the_dossier_off_its_door(town: Town) -> None:
    talk = make_talk(town)
    talk.aftercare()
    _says(talk, "volunteer", "moved", close=True)
    _says(talk, "other_volunteer", "no_answer")
    assert talk.household.address_id == talk.stop.address_id
    settle(talk.differences()[0], "other", actor_of(talk.recorder))
    assert talk.household.address_id is None


def test_two_days_to_come_back_are_both_kept(town: Town) -> None:
    talk = make_talk(town)
    aftercare_id = talk.aftercare(days=42)
    was = {
        "due_on": (today() + timedelta(days=42)).isoformat(),
        "day_part": "morning",
        "kind": "visit",
    }
    for days, effect in ((50, Effect.APPLIED), (60, Effect.CONFLICTED)):
        on = (today() + timedelta(days=days)).isoformat()
        said: dict[str, Any] = {"aftercare_id": aftercare_id, "plan_id": talk.plan_id, **was}
        said["due_on"] = on
        assert talk.says("aftercare.plan", from_=was, **said) == effect
    (difference,) = talk.differences()
    assert (difference.object_kind, difference.field) == ("aftercare", "agreed")
    settle(difference, "other", actor_of(talk.recorder))
    (aftercare,) = plan_parts([talk.id])[talk.id]["aftercares"]
    assert aftercare["due_on"] == (today() + timedelta(days=50)).isoformat()


def test_who_closed_it_keeps_it_while_somebody_says_another_thing(
    town: Town, client: FlaskClient
) -> None:
    talk = make_talk(town)
    other = Phone(client, town.person("other_volunteer"))
    talk.aftercare(other.account)
    _says(talk, "volunteer", "no_answer", close=True)
    _says(talk, "other_volunteer", "spoken", close=True)
    other.sync()
    (difference,) = other.body(talk.id)["differences"]
    assert difference["shown"]["outcome"] == "spoken"
    other.write(talk.id, "difference.settle", difference_id=difference["id"], keep="shown")
    other.sync()
    assert talk.id not in other.dossiers


def test_who_only_comes_back_decides_nothing_about_the_talk(
    town: Town, client: FlaskClient
) -> None:
    talk = make_talk(town)
    other = Phone(client, town.person("other_volunteer"))
    talk.aftercare(other.account)
    for answer, by in (("goes_well", "volunteer"), ("help_wanted", "partner_of_pair")):
        about = {"conversation_id": talk.conversation.id, "domain": "money_and_schemes"}
        speaker = town.person(by)
        talk.says("domain.assess", speaker=speaker, answer=answer, from_=None, **about)
    (difference,) = talk.differences()
    other.sync()
    assert other.body(talk.id)["differences"] == []
    settles = {"difference_id": difference.id, "keep": "other"}
    said = other.write(talk.id, "difference.settle", **settles)
    other.sync()
    assert other.outcomes[said] == {"id": said, "outcome": "quarantined", "code": "no-right"}

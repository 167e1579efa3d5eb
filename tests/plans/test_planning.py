"""Making a plan together, on two phones at once, and only while they let us write."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from outreach.access.actor import actor_of
from outreach.access.intents import AlreadyErased, CannotApply
from outreach.audit.differences import Effect
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.plans.dossiers import plan_parts
from outreach.plans.models import Plan, Step
from outreach.plans.schemas import GoalSetBody
from outreach.plans.settling import settle
from tests.factories.phone import Phone
from tests.factories.statements import statements
from tests.factories.talks import Talk, five, make_talk, step_fields
from tests.factories.town import Town

GOAL = "Overzicht over de post"
GOAL_BEFORE = {"position": 0, "domain": "", "text": GOAL}


def _plan(talk: Talk) -> dict[str, Any]:
    plan: dict[str, Any] | None = plan_parts([talk.id])[talk.id]["plan"]
    assert plan is not None
    return plan


def test_the_first_goal_makes_the_plan_under_its_reserved_id(town: Town) -> None:
    talk = make_talk(town)
    assert plan_parts([talk.id]) == {talk.id: {"plan": None, "aftercares": []}}
    goal_id = talk.goal(domain="money_and_schemes")
    assert _plan(talk) == {
        "id": talk.stop.plan_id,
        "print_wanted": False,
        "bring_by": None,
        "bring_on": None,
        "goals": [
            {
                "id": goal_id,
                "position": 0,
                "domain": "money_and_schemes",
                "text": GOAL,
                "steps": [],
            }
        ],
    }


def test_goals_and_steps_come_by_position_then_id(town: Town) -> None:
    talk = make_talk(town)
    first, second = new_id(), new_id()
    talk.says("goal.set", **talk.goal_body(second, "Later", position=2))
    talk.says("goal.set", **talk.goal_body(first, "Eerst", position=1))
    steps = sorted(talk.step(first, f"Stap {n}") for n in range(3))
    goals = _plan(talk)["goals"]
    assert [goal["id"] for goal in goals] == [first, second]
    assert [step["id"] for step in goals[0]["steps"]] == steps


def test_emoji_and_right_to_left_text_pass_unharmed_and_a_bsn_is_masked(town: Town) -> None:
    talk = make_talk(town)
    talk.goal("👍🏽 مرحبا “quotes” \n BSN 111222333")
    assert _plan(talk)["goals"][0]["text"] == "👍🏽 مرحبا “quotes” \n BSN *********"


def test_a_text_of_more_than_twenty_thousand_signs_does_not_fit(town: Town) -> None:
    talk = make_talk(town)
    body = talk.goal_body(new_id(), "x" * 20_001)
    body["from"] = body.pop("from_")
    with pytest.raises(ValidationError) as caught:
        GoalSetBody().load(body)
    assert caught.value.messages == {"text": ["too-long"]}


def test_a_change_from_what_stands_is_applied_and_leaves_no_difference(town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    body = talk.goal_body(goal_id, "Post op orde", from_=GOAL_BEFORE)
    assert talk.says("goal.set", **body) == Effect.APPLIED
    assert _plan(talk)["goals"][0]["text"] == "Post op orde"
    assert talk.differences() == []


def test_two_changes_of_one_goal_are_both_kept_until_somebody_settles_it(town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    talk.says("goal.set", **talk.goal_body(goal_id, "Van de een", from_=GOAL_BEFORE))
    second = talk.goal_body(goal_id, "Van de ander", from_=GOAL_BEFORE)
    assert talk.says("goal.set", **second) == Effect.CONFLICTED
    (difference,) = talk.differences()
    assert (difference.object_kind, difference.field) == ("goal", "text")
    assert _plan(talk)["goals"][0]["text"] == "Van de ander"
    settle(difference, "shown", actor_of(talk.recorder))
    assert _plan(talk)["goals"][0]["text"] == "Van de ander"
    settle(difference, "other", actor_of(talk.recorder))
    assert _plan(talk)["goals"][0]["text"] == "Van de een"


def test_a_goal_that_two_people_put_under_other_subjects_is_kept_under_both(town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    for domain, effect in (
        ("money_and_schemes", Effect.APPLIED),
        ("social_contacts", Effect.CONFLICTED),
    ):
        body = talk.goal_body(goal_id, GOAL, domain=domain, from_=GOAL_BEFORE)
        assert talk.says("goal.set", **body) == effect
    (difference,) = talk.differences()
    assert (difference.object_kind, difference.field) == ("goal", "domain")
    settle(difference, "other", actor_of(talk.recorder))
    assert _plan(talk)["goals"][0]["domain"] == "money_and_schemes"


def test_another_text_and_another_place_of_one_goal_do_not_conflict(town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    text = talk.goal_body(goal_id, "Post op orde", from_=GOAL_BEFORE)
    place = talk.goal_body(goal_id, GOAL, position=3, from_=GOAL_BEFORE)
    assert [talk.says("goal.set", **text), talk.says("goal.set", **place)] == [Effect.APPLIED] * 2
    (goal,) = _plan(talk)["goals"]
    assert (goal["text"], goal["position"]) == ("Post op orde", 3)


def test_a_correction_shows_in_what_still_differs_and_ends_what_agrees(town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    for text in ("Van de een", "Van de ander", "Van een derde"):
        talk.says("goal.set", **talk.goal_body(goal_id, text, from_=GOAL_BEFORE))
    before = GOAL_BEFORE | {"text": "Van een derde"}
    talk.says("goal.set", **talk.goal_body(goal_id, "Van de ander", from_=before))
    (difference,) = talk.differences()
    assert difference.other["value"] == "Van de een"
    assert difference.shown["value"] == "Van de ander"


def test_what_is_settled_shows_in_what_still_differs(client: FlaskClient, town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    for text in ("Van de een", "Van de ander", "Van een derde"):
        talk.says("goal.set", **talk.goal_body(goal_id, text, from_=GOAL_BEFORE))
    phone = Phone(client, talk.recorder)
    phone.sync()
    found = {d["other"]: d for d in phone.body(talk.id)["differences"]}
    assert {d["shown"] for d in found.values()} == {"Van een derde"}
    settled = {"difference_id": found["Van de een"]["id"], "keep": "other"}
    phone.write(talk.id, "difference.settle", **settled)
    phone.sync()
    (left,) = phone.body(talk.id)["differences"]
    assert (left["shown"], left["other"]) == ("Van de een", "Van de ander")


def test_a_goal_that_one_of_two_put_under_health_goes_with_that_consent(town: Town) -> None:
    talk = make_talk(town)
    talk.agrees("health")
    goal_id = talk.goal()
    for domain in ("health_and_care", "social_contacts"):
        body = talk.goal_body(goal_id, GOAL, domain=domain, from_=GOAL_BEFORE)
        talk.says("goal.set", **body)
    talk.says("consent.withdraw", consent_id=talk.consents["health"].id)
    assert _plan(talk)["goals"] == []
    assert talk.differences() == []


def test_two_wishes_for_paper_are_one_question(town: Town) -> None:
    talk = make_talk(town)
    talk.goal()
    none = {"wanted": False, "bring_on": None, "bring_by": None}
    for by, effect in (("volunteer", Effect.APPLIED), ("partner_of_pair", Effect.CONFLICTED)):
        said: dict[str, Any] = {"plan_id": talk.plan_id, "wanted": True, "bring_on": None}
        said["bring_by"] = town.person(by).id
        assert talk.says("plan.print", from_=none, **said) == effect
    (difference,) = talk.differences()
    assert (difference.object_kind, difference.field) == ("plan", "print")
    settle(difference, "other", actor_of(talk.recorder))
    assert _plan(talk)["bring_by"] == town.person("volunteer").id


def test_two_phones_that_change_different_fields_of_a_step_do_not_conflict(town: Town) -> None:
    talk = make_talk(town)
    step_id = talk.step(goal_id := talk.goal(), "Bellen")
    ids: dict[str, Any] = {"step_id": step_id, "goal_id": goal_id}
    sooner = step_fields("Bellen", by="maandag", from_=five("Bellen"))
    together = step_fields("Bellen", who="volunteer", from_=five("Bellen"))
    assert talk.says("step.set", **ids, **sooner) == Effect.APPLIED
    assert talk.says("step.set", **ids, **together) == Effect.APPLIED
    (step,) = _plan(talk)["goals"][0]["steps"]
    assert (step["by"], step["who"]) == ("maandag", "volunteer")


def test_the_same_change_by_two_phones_merges(town: Town) -> None:
    talk = make_talk(town)
    step_id = talk.step(goal_id := talk.goal(), "Bellen")
    again = step_fields("Schrijven", from_=five("Bellen"))
    talk.says("step.set", step_id=step_id, goal_id=goal_id, **again)
    again = step_fields("Schrijven", from_=five("Bellen"))
    effect = talk.says("step.set", step_id=step_id, goal_id=goal_id, **again)
    assert effect == Effect.MERGED
    assert talk.differences() == []


def test_a_step_that_one_phone_removed_comes_back_when_another_changed_it(town: Town) -> None:
    talk = make_talk(town)
    step_id = talk.step(goal_id := talk.goal(), "Bellen")
    assert talk.says("step.remove", step_id=step_id) == Effect.APPLIED
    assert talk.says("step.remove", step_id=step_id) == Effect.MERGED
    changed = step_fields("Toch bellen", from_=five("Bellen"))
    effect = talk.says("step.set", step_id=step_id, goal_id=goal_id, **changed)
    assert effect == Effect.MERGED
    assert _plan(talk)["goals"][0]["steps"][0]["text"] == "Toch bellen"


def test_a_removed_goal_takes_its_steps_and_their_differences_along(town: Town) -> None:
    talk = make_talk(town)
    step_id = talk.step(goal_id := talk.goal())
    talk.says("step.set_status", step_id=step_id, status="done", from_="open")
    talk.says("step.set_status", step_id=step_id, status="partly", from_="open")
    assert len(talk.differences()) == 1
    talk.says("goal.remove", goal_id=goal_id)
    assert talk.differences() == []
    assert _plan(talk)["goals"] == []
    assert db.session.get(Step, step_id) is None


def test_the_status_of_a_step_that_is_gone_is_erased(town: Town) -> None:
    talk = make_talk(town)
    talk.goal()
    with pytest.raises(AlreadyErased):
        talk.says("step.set_status", step_id=new_id(), status="done", from_="open")


def test_a_step_under_a_goal_nobody_knows_waits_for_a_person(town: Town) -> None:
    talk = make_talk(town)
    with pytest.raises(CannotApply, match="unknown-goal"):
        talk.step(new_id())


@pytest.mark.parametrize("kind", ["goal", "step", "plan", "aftercare"])
def test_an_id_of_another_dossier_changes_nothing_there(town: Town, kind: str) -> None:
    theirs, ours = make_talk(town, 0), make_talk(town, 1)
    goal_id = theirs.goal()
    step_id, aftercare_id = theirs.step(goal_id), theirs.aftercare()
    own_goal = ours.goal()
    attempts = {
        "goal": ("goal.set", ours.goal_body(goal_id, "Van ons")),
        "step": ("step.set", {"step_id": step_id, "goal_id": own_goal, **step_fields("Van ons")}),
        "plan": ("goal.set", ours.goal_body(new_id(), "Van ons", plan_id=theirs.plan_id)),
        "aftercare": (
            "aftercare.record",
            {
                "aftercare_id": aftercare_id,
                "outcome": "moved",
                "more_help": True,
                "close": True,
                "from_": None,
            },
        ),
    }
    said, body = attempts[kind]
    before = plan_parts([theirs.id])
    with pytest.raises(CannotApply, match="id-in-use"):
        ours.says(said, **body)
    assert plan_parts([theirs.id]) == before


def test_a_second_plan_beside_the_reserved_one_waits_for_a_person(town: Town) -> None:
    talk = make_talk(town)
    talk.goal()
    with pytest.raises(CannotApply, match="another-plan"):
        talk.says("goal.set", **talk.goal_body(new_id(), "Erbij", plan_id=new_id()))


def test_reading_plans_takes_as_many_queries_for_one_as_for_many(town: Town) -> None:
    talks = [make_talk(town, place) for place in range(3)]
    for talk in talks:
        talk.step(talk.goal())
        talk.aftercare()
    db.session.expunge_all()
    assert _queries([talks[0].id]) == _queries([talk.id for talk in talks])


def _queries(ids: list[str]) -> int:
    db.session.connection()  # so that no BEGIN is counted
    with statements() as said:
        plan_parts(ids)
    return len(said)


@given(st.text(st.characters(), max_size=300))
def test_any_text_loads_to_something_a_database_can_keep(text: str) -> None:
    said = GoalSetBody().load(
        {
            "goal_id": new_id(),
            "plan_id": new_id(),
            "conversation_id": new_id(),
            "position": 0,
            "domain": "",
            "text": text,
            "from": None,
        }
    )["text"]
    assert "\0" not in said
    assert said.encode().decode() == said


def test_the_household_asks_for_paper_before_there_is_a_goal(town: Town) -> None:
    talk = make_talk(town)
    talk.says(
        "plan.print",
        plan_id=talk.plan_id,
        wanted=True,
        bring_on=today().isoformat(),
        bring_by=talk.recorder.id,
    )
    plan = _plan(talk)
    assert (plan["print_wanted"], plan["bring_on"]) == (True, today().isoformat())
    assert plan["bring_by"] == talk.recorder.id


def test_paper_that_is_asked_for_anew_is_to_be_printed_anew(town: Town) -> None:
    talk = make_talk(town)
    talk.goal()
    plan = db.session.get_one(Plan, talk.plan_id)
    plan.printed_at = now()
    talk.says("plan.print", plan_id=talk.plan_id, wanted=True, bring_on=None, bring_by=None)
    assert plan.printed_at is None


def test_paper_brought_by_nobody_we_know_waits_for_a_person(town: Town) -> None:
    talk = make_talk(town)
    with pytest.raises(CannotApply, match="unknown-account"):
        talk.says("plan.print", plan_id=talk.plan_id, wanted=True, bring_on=None, bring_by=new_id())

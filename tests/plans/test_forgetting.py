"""Plans go with the consent to note, and with everything else that is thrown away."""

from typing import Any

import pytest

from outreach.access.intents import AlreadyErased, CannotApply
from outreach.clock import new_id
from outreach.conversations.agreement import HEALTH
from outreach.db import db
from outreach.plans.dossiers import plan_parts
from outreach.plans.forgetting import discard
from outreach.plans.models import Aftercare, Goal, Plan, Step
from tests.factories.talks import make_talk, step_fields
from tests.factories.town import Town

GOAL = "Overzicht over de post"
KNEE = "De knie laten nakijken"


def test_without_consent_to_note_nothing_of_a_plan_is_stored(town: Town) -> None:
    talk = make_talk(town, noted=False)
    with pytest.raises(AlreadyErased):
        talk.goal()
    assert db.session.scalars(db.select(Plan)).all() == []


def test_after_consent_to_note_was_withdrawn_plan_content_is_erased(town: Town) -> None:
    talk = make_talk(town)
    step_id = talk.step(goal_id := talk.goal())
    talk.aftercare()
    talk.says("step.set_status", step_id=step_id, status="done", from_="partly")
    talk.says("consent.withdraw", consent_id=talk.consents["note"].id)
    for kind in (Plan, Goal, Step, Aftercare):
        assert db.session.scalars(db.select(kind)).all() == []
    assert talk.differences() == []
    for said, body in (
        ("goal.set", talk.goal_body(goal_id, "Toch")),
        ("step.set_status", {"step_id": step_id, "status": "done", "from_": "open"}),
        ("aftercare.record", _outcome(new_id(), "spoken")),
    ):
        with pytest.raises(AlreadyErased):
            talk.says(said, **body)


def test_throwing_a_household_away_leaves_the_others(town: Town) -> None:
    gone, stays = make_talk(town, 0), make_talk(town, 1)
    for talk in (gone, stays):
        talk.step(talk.goal())
        talk.aftercare()
    discard(gone.id)
    db.session.commit()
    assert plan_parts([gone.id]) == {gone.id: {"plan": None, "aftercares": []}}
    assert len(plan_parts([stays.id])[stays.id]["aftercares"]) == 1
    assert len(db.session.scalars(db.select(Step)).all()) == 1


def test_a_goal_about_health_waits_for_a_yes_of_its_own(town: Town) -> None:
    talk = make_talk(town)
    with pytest.raises(CannotApply, match="no-consent-to-health"):
        talk.goal(KNEE, domain=HEALTH)
    talk.agrees("health", given=False)
    for said, body in (
        ("goal.set", talk.goal_body(new_id(), KNEE, domain=HEALTH)),
        ("step.set", step_fields(KNEE) | {"step_id": new_id(), "goal_id": new_id()}),
    ):
        with pytest.raises(AlreadyErased):
            talk.says(said, **body)
    assert db.session.scalars(db.select(Plan)).all() == []


def test_a_goal_does_not_become_about_health_without_a_yes(town: Town) -> None:
    talk = make_talk(town)
    goal_id = talk.goal()
    with pytest.raises(CannotApply, match="no-consent-to-health"):
        talk.says("goal.set", **talk.goal_body(goal_id, KNEE, domain=HEALTH, from_=None))


def test_words_about_health_do_not_come_back_under_another_subject(town: Town) -> None:
    talk = make_talk(town)
    talk.agrees("health")
    goal_id = talk.goal(KNEE, domain=HEALTH)
    talk.says("consent.withdraw", consent_id=talk.consents["health"].id)
    was = {"position": 0, "domain": HEALTH, "text": KNEE}
    moved = talk.goal_body(goal_id, KNEE, domain="money_and_schemes", from_=was)
    with pytest.raises(AlreadyErased):
        talk.says("goal.set", **moved)
    assert plan_parts([talk.id])[talk.id]["plan"]["goals"] == []


def test_who_takes_health_back_takes_its_goals_and_steps_along(town: Town) -> None:
    talk = make_talk(town)
    health = talk.agrees("health")
    step_id = talk.step(goal_id := talk.goal(KNEE, domain=HEALTH), KNEE)
    talk.says("step.set_status", step_id=step_id, status="done", from_="partly")
    talk.step(other := talk.goal(GOAL))
    talk.says("consent.withdraw", consent_id=health.id)
    assert [goal.id for goal in db.session.scalars(db.select(Goal))] == [other]
    assert [step.goal_id for step in db.session.scalars(db.select(Step))] == [other]
    assert talk.differences() == []
    for said, body in (
        ("goal.set", talk.goal_body(goal_id, KNEE, domain=HEALTH)),
        ("step.set", step_fields(KNEE) | {"step_id": step_id, "goal_id": goal_id}),
        ("step.set_status", {"step_id": step_id, "status": "done", "from_": "open"}),
    ):
        with pytest.raises(AlreadyErased):
            talk.says(said, **body)


def test_while_health_is_disputed_its_goals_are_out_of_sight(town: Town) -> None:
    talk = make_talk(town)
    health = talk.agrees("health")
    talk.step(goal_id := talk.goal(KNEE, domain=HEALTH), KNEE)
    other = talk.goal(GOAL)
    health.given = False
    db.session.commit()
    plan = plan_parts([talk.id])[talk.id]["plan"]
    assert plan is not None
    assert [goal["id"] for goal in plan["goals"]] == [other]
    with pytest.raises(AlreadyErased):
        talk.says("step.set", goal_id=goal_id, step_id=new_id(), **step_fields(KNEE))


def test_a_disputed_plan_is_out_of_sight(town: Town) -> None:
    talk = make_talk(town)
    talk.goal()
    talk.conversation.noted = False
    db.session.commit()
    assert plan_parts([talk.id])[talk.id]["plan"] is None


def _outcome(aftercare_id: str, outcome: str, *, close: bool = False) -> dict[str, Any]:
    return {
        "aftercare_id": aftercare_id,
        "outcome": outcome,
        "more_help": False,
        "close": close,
    }

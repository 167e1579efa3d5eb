"""Plans on paper: fetched at the desk, large, without names, in the household's language."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.documents.words import day_in_words
from outreach.plans.models import Plan
from tests.factories.talks import CALLED_NAME, Talk, make_talk
from tests.factories.town import Town, build_town, headers_for


def _wanted(town: Town, place: int = 0, *, bring_on: str | None = None) -> Talk:
    talk = make_talk(town, place)
    talk.says(
        "plan.print",
        plan_id=talk.plan_id,
        wanted=True,
        bring_on=bring_on,
        bring_by=talk.recorder.id,
    )
    return talk


def _list(client: FlaskClient, town: Town, person: str = "coordinator") -> Any:
    return client.get("/v1/plan-prints", headers=headers_for(town.person(person))).get_json()


def _pdf(client: FlaskClient, town: Town, talk: Talk, person: str = "coordinator") -> Any:
    headers = headers_for(town.person(person))
    return client.post(f"/v1/plan-prints/{talk.plan_id}/pdf", headers=headers)


def _text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_list_says_which_door_who_brings_it_and_when(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town, bring_on=today().isoformat())
    make_talk(town, 1).goal()
    assert _list(client, town) == {
        "items": [
            {
                "plan_id": talk.plan_id,
                "street": "Wilgenhof",
                "number": "10",
                "bring_on": today().isoformat(),
                "bring_by": "Volunteer",
                "printed_at": None,
            }
        ],
        "next": "",
    }


def test_the_paper_holds_every_step_with_who_and_when(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.tells_contact()
    goal_id = talk.goal("Overzicht over de post")
    talk.step(goal_id, "Elke dag de post openen", by="vanaf maandag")
    talk.step(goal_id, "Samen bellen", who="someone", who_name="buurvrouw Truus")
    talk.aftercare(days=42)
    answer = _pdf(client, town, talk)
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = _text(answer.data)
    for words in (
        "Mijn plan",
        "Voor de bewoners van Wilgenhof 10",
        "1. Overzicht over de post",
        "Elke dag de post openen",
        "Dat doe ik",
        "vanaf maandag",
        "Samen bellen",
        "Dat doet iemand anders",
        day_in_words(today() + timedelta(days=42), "nl"),
        "Dat is in de ochtend.",
        "036-5550100",
    ):
        assert words in text
    for name in ("Truus", CALLED_NAME, talk.recorder.name, talk.recorder.first_name):
        assert name not in text


def test_the_paper_is_in_the_language_in_which_they_agreed(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.goal("Open the post")
    talk.consents["note"].language = "en"
    db.session.commit()
    text = _text(_pdf(client, town, talk).data)
    assert "My plan" in text
    assert "There is no new appointment yet." in text


def test_a_printed_plan_is_marked_and_written_to_the_trail(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.goal()
    _pdf(client, town, talk)
    assert _list(client, town)["items"][0]["printed_at"] is not None
    (entry,) = db.session.scalars(db.select(TrailEntry).filter_by(action="plan.print"))
    assert (entry.object_id, entry.actor_id) == (talk.plan_id, town.person("coordinator").id)


def test_two_weeks_after_it_was_printed_a_plan_leaves_the_list(
    client: FlaskClient, town: Town
) -> None:
    talk = _wanted(town)
    db.session.get_one(Plan, talk.plan_id).printed_at = now() - timedelta(days=15)
    db.session.commit()
    assert _list(client, town)["items"] == []


def test_a_plan_without_goals_is_not_printed(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    answer = _pdf(client, town, talk)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "nothing-to-print")
    assert _list(client, town)["items"][0]["printed_at"] is None


def test_a_plan_nobody_wants_on_paper_cannot_be_fetched(client: FlaskClient, town: Town) -> None:
    talk = make_talk(town)
    talk.goal()
    assert _pdf(client, town, talk).status_code == 404


def test_a_plan_leaves_the_list_with_the_consent_to_note(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.goal()
    talk.says("consent.withdraw", consent_id=talk.consents["note"].id)
    assert _list(client, town)["items"] == []
    assert _pdf(client, town, talk).status_code == 404


def test_a_plan_in_dispute_is_not_printed(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.goal()
    talk.conversation.noted = False  # the other of the pair heard a no
    db.session.commit()
    assert _list(client, town)["items"] == []
    assert _pdf(client, town, talk).status_code == 404


def test_a_household_that_moved_has_no_door_on_its_paper(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.goal()
    talk.household.address_id = None
    db.session.commit()
    assert _list(client, town)["items"][0]["street"] == ""
    assert "Wilgenhof" not in _text(_pdf(client, town, talk).data)


@pytest.mark.parametrize("person", ["volunteer", "supervisor", "wijkcoach", "admin"])
def test_only_a_coordinator_prints(client: FlaskClient, town: Town, person: str) -> None:
    talk = _wanted(town)
    assert _pdf(client, town, talk, person).status_code == 403


def test_another_municipality_sees_no_plan_of_ours(client: FlaskClient, town: Town) -> None:
    talk = _wanted(town)
    talk.goal()
    elsewhere = build_town("Oeverstad")
    assert _list(client, elsewhere)["items"] == []
    assert _pdf(client, elsewhere, talk).status_code == 404
    unknown = client.post(
        f"/v1/plan-prints/{new_id()}/pdf", headers=headers_for(town.person("coordinator"))
    )
    assert unknown.status_code == 404

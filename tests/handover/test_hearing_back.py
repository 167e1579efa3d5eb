"""What the volunteer hears of a hand-over, and for how long it stays on the phone."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from outreach.access.actor import actor_of
from outreach.access.models import Account
from outreach.clock import now
from outreach.db import db
from outreach.handover.dossiers import handover_parts
from outreach.handover.models import HandoverEvent
from outreach.handover.scope import phone_households
from outreach.sync.holdings import holdings_of
from tests.factories.talks import CALLED_NAME, Talk
from tests.handover.desk import Desk


def _part(talk: Talk, person: str = "volunteer") -> Any:
    actor = actor_of(talk.town.person(person))
    return handover_parts(actor, [talk.id])[talk.id]


def _households(talk: Talk) -> list[str]:
    return list(db.session.scalars(phone_households(actor_of(talk.recorder))))


def _household(talk: Talk, person: Account) -> Any:
    (found,) = (d.body for d in holdings_of(actor_of(person)) if d.id == talk.id)
    return found


def _closed(client: FlaskClient, talk: Talk) -> None:
    id_ = talk.offer()
    desk = Desk(client, talk.town)
    desk.opens(id_)
    for deed in ("acceptance", "closing"):
        assert desk.does(deed, id_).status_code == 200


def test_only_the_author_hears_of_it(talk: Talk) -> None:
    talk.offer()
    assert _part(talk, "partner_of_pair") == []


def test_a_question_comes_to_the_phone_and_its_answer_offers_it_again(
    client: FlaskClient, talk: Talk
) -> None:
    id_ = talk.offer()
    desk = Desk(client, talk.town)
    desk.opens(id_)
    desk.does("question", id_)
    answer = _part(talk)[0]["answer"]
    assert (answer["state"], answer["by"]) == ("returned", "Wijkcoach")
    assert answer["words"] == "Wanneer kunnen we bellen?"
    talk.says("handover.answer", handover_id=id_, words="Na zessen.")
    (part,) = _part(talk)
    assert (part["state"], part["answer"]) == ("offered", None)
    assert desk.opens(id_)["events"][-2]["words"] == "Na zessen."


def test_without_consent_to_feedback_the_volunteer_hears_only_that_it_closed(
    client: FlaskClient, talk: Talk
) -> None:
    _closed(client, talk)
    answer = _part(talk)[0]["answer"]
    del answer["at"]
    assert answer == {"state": "closed", "by": "", "reason": "", "words": "", "feedback": ""}


def test_with_consent_to_feedback_the_volunteer_hears_how_it_went(
    client: FlaskClient, talk: Talk
) -> None:
    consent = talk.agrees("feedback")
    _closed(client, talk)
    answer = _part(talk)[0]["answer"]
    assert (answer["reason"], answer["feedback"]) == ("helped", "Het loopt.")
    consent.withdrawn_at = now()
    db.session.commit()
    assert _part(talk)[0]["answer"]["feedback"] == ""


def test_the_words_of_a_refusal_are_always_for_the_volunteer(
    client: FlaskClient, talk: Talk
) -> None:
    id_ = talk.offer()
    desk = Desk(client, talk.town)
    desk.opens(id_)
    desk.does("refusal", id_)
    answer = _part(talk)[0]["answer"]
    assert (answer["reason"], answer["words"]) == ("not_our_task", "Dit hoort bij een ander.")


def test_a_household_stays_on_the_phone_until_two_weeks_after_the_last_answer(
    client: FlaskClient, talk: Talk
) -> None:
    assert _households(talk) == []
    id_ = talk.offer()
    assert _households(talk) == [talk.id]
    desk = Desk(client, talk.town)
    desk.opens(id_)
    desk.does("refusal", id_)
    assert _households(talk) == [talk.id]
    for event in db.session.scalars(db.select(HandoverEvent)):
        event.at = now() - timedelta(days=15)
    db.session.commit()
    assert _households(talk) == []


def test_a_household_whose_hand_over_was_withdrawn_needs_nobody(talk: Talk) -> None:
    talk.says("handover.withdraw", handover_id=talk.offer())
    assert _households(talk) == []


def test_who_only_offered_gets_neither_plan_nor_how_to_reach_them(talk: Talk) -> None:
    talk.agrees("contact")
    talk.tells_contact()
    talk.goal()
    partner = talk.town.person("partner_of_pair")
    talk.says("handover.offer", speaker=partner, **talk.offer_body())
    body = _household(talk, partner)
    assert [body[name] for name in ("contact", "plan", "aftercares")] == [None, None, []]
    assert body["address"] is not None
    assert len(body["handovers"]) == 1
    assert _household(talk, talk.recorder)["plan"] is not None


def test_who_came_back_and_offered_keeps_what_the_coach_may_ask_about(talk: Talk) -> None:
    talk.agrees("contact")
    talk.tells_contact()
    talk.goal()
    other = talk.town.person("other_volunteer")
    aftercare = talk.aftercare(speaker=other)
    talk.says("handover.offer", speaker=other, **talk.offer_body())
    talk.says(
        "aftercare.record",
        speaker=other,
        aftercare_id=aftercare,
        outcome="spoken",
        more_help=False,
        close=True,
    )
    body = _household(talk, other)
    assert body["contact"]["called_name"] == CALLED_NAME
    assert body["plan"] is not None

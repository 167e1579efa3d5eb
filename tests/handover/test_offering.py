"""The volunteer's side: what may be offered, answered and taken back, and what they hear."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from marshmallow import ValidationError

from outreach.access.actor import actor_of
from outreach.access.intents import AlreadyErased, CannotApply
from outreach.audit.differences import Effect
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now
from outreach.db import db
from outreach.handover.dossiers import handover_parts
from outreach.handover.forgetting import discard
from outreach.handover.models import Handover, HandoverEvent
from outreach.handover.settling import settle
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, build_town
from tests.handover.desk import Desk


def _part(talk: Talk, person: str = "volunteer") -> Any:
    actor = actor_of(talk.town.person(person))
    return handover_parts(actor, [talk.id])[talk.id]


def test_an_offer_comes_back_to_the_phone_as_it_was_made(talk: Talk) -> None:
    domains = ["money_and_schemes", "health_and_care", "money_and_schemes"]
    id_ = talk.offer(
        domains=domains, urgency="crisis", called_at="2026-02-03T15:30:00+01:00", why="Help 👍"
    )
    assert _part(talk) == [
        {
            "id": id_,
            "team_id": talk.town.team.id,
            "state": "offered",
            "urgency": "crisis",
            "why": "Help 👍",
            "domains": ["health_and_care", "money_and_schemes"],
            "company_wanted": True,
            "called_at": "2026-02-03T14:30:00Z",
            "answer": None,
        }
    ]


def test_a_bsn_in_the_reason_is_masked(talk: Talk) -> None:
    talk.offer(why="BSN 111222333 van mijn man")
    assert _part(talk)[0]["why"] == "BSN ********* van mijn man"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("why", "x" * 2_001),
        ("domains", ["money_and_schemes", "bank_balance"]),
        ("urgency", "yesterday"),
        ("team_id", "not-an-id"),
        ("company_wanted", "yes"),
        ("called_at", "2026-02-03T15:30:00"),
    ],
)
def test_an_offer_that_does_not_fit_is_refused(talk: Talk, field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        talk.offer(**{field: value})
    assert list(caught.value.messages) == [field]


def test_consent_for_one_team_shares_with_no_other(talk: Talk) -> None:
    with pytest.raises(CannotApply, match="no-consent-to-share"):
        talk.offer(team_id=talk.town.other_team.id)


def test_consent_for_another_purpose_shares_nothing(talk: Talk) -> None:
    with pytest.raises(CannotApply, match="no-consent-to-share"):
        talk.offer(consent_id=talk.consents["note"].id)


def test_consent_of_another_household_shares_nothing(talk: Talk) -> None:
    other = make_talk(talk.town, 1)
    with pytest.raises(CannotApply, match="no-consent-to-share"):
        other.says(
            "handover.offer",
            **(talk.offer_body() | {"conversation_id": other.stop.conversation_id}),
        )


@pytest.mark.parametrize("how", ["said_no", "withdrawn"])
def test_a_no_shares_nothing(talk: Talk, how: str) -> None:
    if how == "said_no":
        talk.consents["share"].given = False
    else:
        talk.consents["share"].withdrawn_at = now()
    db.session.commit()
    with pytest.raises(CannotApply, match="no-consent-to-share"):
        talk.offer()
    assert db.session.scalars(db.select(Handover)).all() == []


def test_words_need_consent_to_note_too_and_a_bare_request_does_not(town: Town) -> None:
    talk = make_talk(town, noted=False)
    talk.agrees("share", town.team)
    with pytest.raises(AlreadyErased):
        talk.offer(domains=[])
    assert talk.offer(why="", domains=[])


def test_an_offer_is_written_to_the_trail(talk: Talk) -> None:
    id_ = talk.offer()
    (entry,) = db.session.scalars(db.select(TrailEntry).filter_by(action="handover.offer"))
    assert (entry.object_id, entry.actor_id) == (id_, talk.recorder.id)


def test_of_two_offers_under_one_id_the_protective_values_show(talk: Talk) -> None:
    id_ = talk.offer(urgency="crisis", domains=["money_and_schemes"])
    wider = talk.offer_body(
        handover_id=id_, urgency="ordinary", domains=["health_and_care", "money_and_schemes"]
    )
    assert talk.says("handover.offer", **wider) == Effect.CONFLICTED
    (part,) = _part(talk)
    assert (part["urgency"], part["domains"]) == ("crisis", ["money_and_schemes"])
    differences = {d.field: d for d in talk.differences()}
    assert set(differences) == {"urgency", "domains"}
    settle(differences["domains"], "other", actor_of(talk.recorder))
    assert _part(talk)[0]["domains"] == ["health_and_care", "money_and_schemes"]


def test_a_more_urgent_or_narrower_second_offer_shows_at_once(talk: Talk) -> None:
    id_ = talk.offer(urgency="ordinary", domains=["health_and_care", "money_and_schemes"])
    body = talk.offer_body(handover_id=id_, urgency="soon", domains=["health_and_care"])
    talk.says("handover.offer", **body)
    (part,) = _part(talk)
    assert (part["urgency"], part["domains"]) == ("soon", ["health_and_care"])
    assert len(talk.differences()) == 2


def test_a_second_offer_never_goes_to_another_team_under_the_same_id(talk: Talk) -> None:
    id_ = talk.offer()
    talk.agrees("share", talk.town.other_team)
    with pytest.raises(CannotApply, match="id-in-use"):
        talk.offer(handover_id=id_)


def test_an_id_of_another_household_is_not_touched(talk: Talk) -> None:
    id_ = talk.offer()
    other = make_talk(talk.town, 1)
    attempts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("handover.withdraw", {"handover_id": id_}),
        ("handover.answer", {"handover_id": id_, "words": "Van ons"}),
    )
    for kind, body in attempts:
        with pytest.raises(CannotApply, match="id-in-use"):
            other.says(kind, **body)
    assert _part(talk)[0]["state"] == "offered"


def test_an_answer_that_nobody_asked_for_waits_for_a_person(talk: Talk) -> None:
    id_ = talk.offer()
    with pytest.raises(CannotApply, match="not-asked"):
        talk.says("handover.answer", handover_id=id_, words="Zomaar")


def test_an_answer_after_it_was_withdrawn_is_erased(talk: Talk) -> None:
    id_ = talk.offer()
    talk.says("handover.withdraw", handover_id=id_)
    with pytest.raises(AlreadyErased):
        talk.says("handover.answer", handover_id=id_, words="Te laat")


def test_taking_back_twice_changes_nothing_more(talk: Talk) -> None:
    id_ = talk.offer()
    assert talk.says("handover.withdraw", handover_id=id_) == Effect.APPLIED
    assert talk.says("handover.withdraw", handover_id=id_) == Effect.MERGED
    assert [part["state"] for part in _part(talk)] == ["withdrawn"]


def test_a_hand_over_nobody_offered_cannot_be_taken_back(talk: Talk) -> None:
    with pytest.raises(CannotApply, match="unknown-handover"):
        talk.says("handover.withdraw", handover_id=new_id())


def test_throwing_a_household_away_leaves_nothing_of_its_hand_overs(
    client: FlaskClient, talk: Talk
) -> None:
    id_ = talk.offer()
    talk.says("handover.offer", **talk.offer_body(handover_id=id_, urgency="crisis"))
    discard(talk.id)
    db.session.commit()
    for kind in (Handover, HandoverEvent):
        assert db.session.scalars(db.select(kind)).all() == []
    assert talk.differences() == []
    assert Desk(client, talk.town).get(f"/handovers/{id_}").status_code == 404


def test_consent_to_note_withdrawn_takes_the_words_and_ends_the_access(talk: Talk) -> None:
    talk.offer(why="Wat zij vertelden")
    talk.says("consent.withdraw", consent_id=talk.consents["note"].id)
    (handover,) = db.session.scalars(db.select(Handover))
    assert (handover.state, handover.why, handover.domains) == ("withdrawn", "", [])


def test_the_author_may_withdraw_after_the_household_left_their_phone(town: Town) -> None:
    talk = make_talk(town)
    talk.agrees("share", town.team)
    other = town.person("other_volunteer")
    assert not talk.may("handover.withdraw", other, handover_id=new_id())
    handover = db.session.get_one(Handover, talk.offer())
    handover.author_id = other.id
    db.session.commit()
    assert talk.may("handover.withdraw", other, handover_id=handover.id)
    elsewhere = build_town("Oeverstad").person("volunteer")
    assert not talk.may("handover.withdraw", elsewhere, handover_id=handover.id)

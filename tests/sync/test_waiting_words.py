"""What waits for a person goes with the consent it was said under, and nothing else does."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import now
from outreach.conversations.agreement import HEALTH
from outreach.db import db
from outreach.sync.models import Quarantined
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, headers_for
from tests.factories.waiting import settle
from tests.sync.saying import (
    kinds_that_wait,
    notes,
    say,
    says_words,
    says_yes,
    tells_contact,
    waiting,
)


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    """A phone that sealed its store and has the round."""
    return sealed_phone(client, town.person("volunteer"))


@pytest.fixture
def talk(town: Town) -> Talk:
    """A talk that may be noted."""
    return make_talk(town)


@pytest.mark.parametrize(
    ("purpose", "stays"),
    [
        ("note", []),
        ("health", [("contact.set", ""), ("note.add", "Over de buurt")]),
        ("contact", [("note.add", "Over de buurt"), ("note.add", "Over het hart")]),
        (
            "feedback",
            [("contact.set", ""), ("note.add", "Over de buurt"), ("note.add", "Over het hart")],
        ),
    ],
)
def test_a_yes_that_waits_is_taken_back_with_what_waits_under_it(
    phone: SealedPhone, talk: Talk, purpose: str, stays: list[tuple[str, str]]
) -> None:
    say(phone, talk, "note.sing")
    consent_id = says_yes(phone, talk, purpose)
    notes(phone, talk, "Over de buurt")
    notes(phone, talk, "Over het hart", domain=HEALTH)
    tells_contact(phone, talk)
    phone.sync()
    assert len(waiting()) == 5
    say(phone, talk, "consent.withdraw", consent_id=consent_id)
    phone.sync()
    words = [one for one in waiting() if one[0] not in {"consent.record", "note.sing"}]
    assert words == stays


def test_a_yes_to_a_team_that_waits_is_taken_back_with_what_was_meant_for_it(
    phone: SealedPhone, talk: Talk, town: Town
) -> None:
    say(phone, talk, "note.sing")
    team_id = town.team.id
    consent_id = says_yes(phone, talk, "share", team_id=team_id)
    say(phone, talk, "handover.offer", team_id=team_id, why="Het is te zwaar")
    phone.sync()
    say(phone, talk, "consent.withdraw", consent_id=consent_id)
    phone.sync()
    assert waiting() == [("consent.record", "share"), ("note.sing", "")]


def test_a_withdrawal_let_in_by_hand_leaves_what_was_said_after_a_new_yes(
    client: FlaskClient, phone: SealedPhone, talk: Talk, town: Town
) -> None:
    notes(phone, talk, "Onder het eerste ja")
    say(phone, talk, "consent.withdraw", consent_id=talk.consents["note"].id)
    notes(phone, talk, "Zonder ja")
    says_yes(phone, talk, "note")
    notes(phone, talk, "Onder het tweede ja")
    phone.hand_over()
    withdrawal = select(Quarantined).where(Quarantined.kind == "consent.withdraw")
    coordinator = headers_for(town.person("coordinator"))
    settled = settle(client, coordinator, db.session.scalars(withdrawal).one())
    assert settled.get_json()["state"] == "applied"
    db.session.expire_all()
    assert waiting() == [("consent.record", "note"), ("note.add", "Onder het tweede ja")]


@pytest.mark.parametrize("purpose", ["health", "contact", "share"])
def test_what_is_said_under_a_new_yes_that_waits_waits_with_it(
    phone: SealedPhone, talk: Talk, town: Town, purpose: str
) -> None:
    team_id = town.team.id if purpose == "share" else None
    first = says_yes(phone, talk, purpose, team_id)
    phone.sync()
    say(phone, talk, "note.sing")
    say(phone, talk, "consent.withdraw", consent_id=first)
    kind = says_words(phone, talk, purpose, town.team.id)
    phone.sync()
    assert kinds_that_wait(kind) == 0
    says_yes(phone, talk, purpose, team_id)
    says_words(phone, talk, purpose, town.team.id)
    phone.sync()
    assert kinds_that_wait(kind) == 1


@pytest.mark.parametrize("purpose", ["health", "contact", "share"])
def test_a_withdrawal_let_in_by_hand_takes_what_rests_on_it_but_not_what_came_after_a_new_yes(
    client: FlaskClient, phone: SealedPhone, talk: Talk, town: Town, purpose: str
) -> None:
    team_id = town.team.id if purpose == "share" else None
    first = says_yes(phone, talk, purpose, team_id)
    phone.sync()
    kind = says_words(phone, talk, purpose, town.team.id)
    say(phone, talk, "consent.withdraw", consent_id=first)
    says_yes(phone, talk, purpose, team_id)
    says_words(phone, talk, purpose, town.team.id)
    phone.hand_over()
    assert kinds_that_wait(kind) == 2
    withdrawal = select(Quarantined).where(Quarantined.kind == "consent.withdraw")
    coordinator = headers_for(town.person("coordinator"))
    settled = settle(client, coordinator, db.session.scalars(withdrawal).one())
    assert settled.get_json()["state"] == "applied"
    db.session.expire_all()
    assert kinds_that_wait(kind) == 1


def test_what_is_handed_over_under_a_yes_that_is_known_to_be_taken_back_is_not_kept(
    client: FlaskClient, phone: SealedPhone, talk: Talk
) -> None:
    """As after an old copy was put back: the list knows the withdrawal, the database no consent."""
    consent_id = says_yes(phone, talk, "note")
    say(phone, talk, "note.sing", text="Onder dat ja")
    other = Phone(client, phone.account)
    other.write(talk.id, "consent.withdraw", consent_id=consent_id)
    at = now() + timedelta(minutes=9)
    other.outbox[-1]["made_at"] = at.isoformat().replace("+00:00", "Z")
    other.sync()
    phone.hand_over()
    assert waiting() == []


def test_what_another_phone_of_the_pair_hands_over_stays(
    client: FlaskClient, phone: SealedPhone, talk: Talk
) -> None:
    consent_id = says_yes(phone, talk, "note")
    other = sealed_phone(client, talk.town.person("partner_of_pair"))
    say(other, talk, "note.sing", text="Wat de ander hoorde")
    other.hand_over()
    phone.hand_over()
    third = Phone(client, phone.account)
    third.write(talk.id, "consent.withdraw", consent_id=consent_id)
    at = now() + timedelta(minutes=9)
    third.outbox[-1]["made_at"] = at.isoformat().replace("+00:00", "Z")
    third.sync()
    assert waiting() == [("note.sing", "Wat de ander hoorde")]


def test_the_phone_on_which_the_words_lie_hears_it_whichever_takes_the_yes_back(
    client: FlaskClient, phone: SealedPhone, talk: Talk
) -> None:
    say(phone, talk, "note.sing")
    consent_id = says_yes(phone, talk, "contact")
    tells_contact(phone, talk)
    phone.sync()
    other = Phone(client, phone.account)
    other.write(talk.id, "consent.withdraw", consent_id=consent_id)
    other.sync()
    phone.sync()
    assert [(one["dossier_id"], one["what"]) for one in phone.erased] == [(talk.id, "contact")]

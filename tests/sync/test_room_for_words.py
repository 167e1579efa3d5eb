"""What makes room for words after a no: a yes that waits as well, and only their own."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.conversations.models import Consent
from outreach.db import db
from outreach.sync.models import Quarantined
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, headers_for
from tests.factories.waiting import settle
from tests.sync.saying import kinds_that_wait, say, says_words, says_yes

PURPOSES = ("health", "contact", "share")


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    """A phone that sealed its store and has the round."""
    return sealed_phone(client, town.person("volunteer"))


@pytest.fixture
def talk(town: Town) -> Talk:
    """A talk that may be noted."""
    return make_talk(town)


def _team(town: Town, purpose: str) -> str | None:
    return town.team.id if purpose == "share" else None


def _taken_back(phone: SealedPhone, talk: Talk, purpose: str) -> str:
    """They took their yes back, while something else of this phone waits; gives its id."""
    first = says_yes(phone, talk, purpose, _team(talk.town, purpose))
    phone.sync()
    say(phone, talk, "note.sing")
    say(phone, talk, "consent.withdraw", consent_id=first)
    phone.sync()
    return first


def _words_that_wait(phone: SealedPhone, talk: Talk, purpose: str) -> int:
    kind = says_words(phone, talk, purpose, talk.town.team.id)
    phone.sync()
    return kinds_that_wait(kind)


def _kept_yes(consent_id: str) -> Quarantined:
    rows = db.session.scalars(select(Quarantined).where(Quarantined.kind == "consent.record"))
    return next(kept for kept in rows if kept.body["body"]["consent_id"] == consent_id)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_to_something_else_makes_no_room(
    phone: SealedPhone, talk: Talk, town: Town, purpose: str
) -> None:
    _taken_back(phone, talk, purpose)
    for other in {"note", *PURPOSES} - {purpose, "share"}:
        says_yes(phone, talk, other)
    says_yes(phone, talk, "share", town.other_team.id)
    phone.sync()
    assert _words_that_wait(phone, talk, purpose) == 0


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_no_that_waits_makes_no_room(phone: SealedPhone, talk: Talk, purpose: str) -> None:
    _taken_back(phone, talk, purpose)
    says_yes(phone, talk, purpose, _team(talk.town, purpose))
    phone.outbox[-1]["body"]["given"] = False
    phone.sync()
    assert _words_that_wait(phone, talk, purpose) == 0


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_on_ones_other_phone_makes_no_room(
    client: FlaskClient, phone: SealedPhone, talk: Talk, purpose: str
) -> None:
    _taken_back(phone, talk, purpose)
    other = sealed_phone(client, phone.account)
    say(other, talk, "note.sing")
    says_yes(other, talk, purpose, _team(talk.town, purpose))
    other.sync()
    assert _words_that_wait(phone, talk, purpose) == 0


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_of_another_household_makes_no_room(
    phone: SealedPhone, talk: Talk, town: Town, purpose: str
) -> None:
    neighbours = make_talk(town, 1)
    _taken_back(phone, talk, purpose)
    say(phone, neighbours, "note.sing")
    says_yes(phone, neighbours, purpose, _team(town, purpose))
    phone.outbox[-1]["body"]["conversation_id"] = talk.conversation.id
    phone.sync()
    assert _words_that_wait(phone, talk, purpose) == 0


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_that_was_thrown_out_makes_no_room(
    client: FlaskClient, phone: SealedPhone, talk: Talk, town: Town, purpose: str
) -> None:
    _taken_back(phone, talk, purpose)
    consent_id = says_yes(phone, talk, purpose, _team(town, purpose))
    phone.sync()
    coordinator = headers_for(town.person("coordinator"))
    settle(client, coordinator, _kept_yes(consent_id), decision="discard")
    assert _words_that_wait(phone, talk, purpose) == 0


def _in_capitals(body: dict[str, Any]) -> None:
    body["consent_id"] = body["consent_id"].upper()


@pytest.mark.parametrize("change", [lambda _body: None, _in_capitals])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_that_waits_and_was_taken_back_makes_no_room(
    phone: SealedPhone, talk: Talk, purpose: str, change: Callable[[dict[str, Any]], None]
) -> None:
    _taken_back(phone, talk, purpose)
    consent_id = says_yes(phone, talk, purpose, _team(talk.town, purpose))
    change(phone.outbox[-1]["body"])
    phone.sync()
    say(phone, talk, "consent.withdraw", consent_id=consent_id)
    phone.sync()
    assert _words_that_wait(phone, talk, purpose) == 0


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_that_nobody_could_take_back_makes_no_room(
    phone: SealedPhone, talk: Talk, purpose: str
) -> None:
    _taken_back(phone, talk, purpose)
    says_yes(phone, talk, purpose, _team(talk.town, purpose))
    phone.outbox[-1]["body"]["consent_id"] = "het ja van dinsdag"
    phone.sync()
    assert _words_that_wait(phone, talk, purpose) == 0


@pytest.mark.parametrize("purpose", PURPOSES)
def test_who_takes_a_yes_back_takes_along_the_one_that_waits(
    client: FlaskClient, phone: SealedPhone, talk: Talk, town: Town, purpose: str
) -> None:
    first = says_yes(phone, talk, purpose, _team(town, purpose))
    phone.sync()
    say(phone, talk, "note.sing")
    second = says_yes(phone, talk, purpose, _team(town, purpose))
    phone.sync()
    say(phone, talk, "consent.withdraw", consent_id=first)
    phone.sync()
    coordinator = headers_for(town.person("coordinator"))
    settled = settle(client, coordinator, _kept_yes(second))
    assert settled.get_json()["state"] == "applied"
    db.session.expire_all()
    assert db.session.get_one(Consent, second).withdrawn_at is not None

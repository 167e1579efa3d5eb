"""What was let in at another door than its phone names is taken out under either name."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from outreach.clock import new_id, today
from outreach.config import MailSettings, Security
from outreach.conversations.models import Consent, Note
from outreach.db import METADATA, db
from outreach.messages.models import Message
from outreach.privacy.erasing import erase_household
from outreach.privacy.restoring import end_again
from outreach.sync.models import Quarantined
from tests.factories import waiting
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.town import Town, headers_for, make_walk

WORDS = "Drie brieven van de woningcorporatie"
REASON = {"reason": "gebeld met Anna"}


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    return sealed_phone(client, town.person("volunteer"))


class Moved:
    """A talk that its phone said of one household, let in at another."""

    def __init__(self, phone: SealedPhone, town: Town, first: str) -> None:
        self.first, self.stop = first, town.stops[1]
        self.here, self.note, self.consent = self.stop.household_id, new_id(), new_id()
        self._say(phone, town)
        self.copies = [phone.box(mutation) for mutation in phone.outbox]
        phone.sync()
        opened = select(Quarantined).where(Quarantined.kind == "conversation.open")
        kept = db.session.scalars(opened).one()
        reply = settle(phone.client, town, kept, stop_id=self.stop.id, followers=True)
        assert reply["stopped_at"] is None

    def _say(self, phone: Phone, town: Town) -> None:
        talk = {"conversation_id": new_id()}
        text = {"consent_text_id": town.consent_text.id}
        opened = {"stop_id": new_id(), "guide_id": town.guide.id, "noted": True}
        given = {"consent_id": self.consent, "purpose": "note", "given": True, "team_id": None}
        note = {"note_id": self.note, "domain": "", "position": 0, "text": WORDS}
        about = self.first
        phone.write(about, "conversation.open", **talk, **text, **opened, date=str(today()))
        how = {"language": "nl", "how": "spoken"}
        phone.write(about, "consent.record", **talk, **text, **given, **how)
        phone.write(about, "note.add", **talk, **note)


def settle(client: FlaskClient, town: Town, kept: Quarantined, **body: Any) -> dict[str, Any]:
    reply = waiting.settle(client, headers_for(town.person("coordinator")), kept, **body)
    assert reply.status_code == 200, reply.get_json()
    settled: dict[str, Any] = reply.get_json()
    return settled


@pytest.fixture(params=["no door has it", "a stop reserves it"])
def moved(request: pytest.FixtureRequest, phone: SealedPhone, town: Town) -> Moved:
    if request.param == "no door has it":
        return Moved(phone, town, new_id())
    # Somebody else's: what they say of its household waits.
    _, stops = make_walk(town.campaign, town.addresses[2:3], [town.person("other_volunteer")])
    db.session.commit()
    return Moved(phone, town, stops[0].household_id)


def _texts() -> list[str]:
    return list(db.session.scalars(select(Note.text)))


def _waiting() -> list[Quarantined]:
    db.session.expire_all()
    return list(db.session.scalars(select(Quarantined).where(Quarantined.state == "waiting")))


def test_its_author_takes_a_note_out_under_the_first_name(phone: SealedPhone, moved: Moved) -> None:
    assert _texts() == [WORDS]
    said = phone.write(moved.first, "note.remove", note_id=moved.note)
    phone.sync()
    assert phone.outcome(said) == "applied"
    assert (_texts(), _waiting()) == ([], [])
    phone.sync()
    told = {"dossier_id": moved.first, "what": "note", "id": moved.note}
    assert told in phone.erased
    assert WORDS not in str(db.session.scalars(select(Quarantined.body)).all())


def test_its_author_takes_a_yes_back_under_the_first_name(phone: SealedPhone, moved: Moved) -> None:
    said = phone.write(moved.first, "consent.withdraw", consent_id=moved.consent)
    phone.sync()
    assert phone.outcome(said) == "applied"
    assert db.session.get_one(Consent, moved.consent).withdrawn_at is not None
    assert (_texts(), _waiting()) == ([], [])
    again = phone.write(moved.first, "consent.withdraw", consent_id=moved.consent)
    phone.sync()
    assert phone.outcome(again) == "merged"


def test_nobody_else_takes_out_what_another_said(
    client: FlaskClient, town: Town, moved: Moved
) -> None:
    other = Phone(client, town.person("partner_of_pair"))
    other.sync()
    said = other.write(new_id(), "note.remove", note_id=moved.note)
    other.sync()
    assert other.outcome(said) == "quarantined"
    assert _texts() == [WORDS]


def test_what_erases_and_cannot_be_carried_out_is_urgent(
    client: FlaskClient, town: Town, phone: SealedPhone, moved: Moved
) -> None:
    phone.write(moved.first, "dossier.discard")
    phone.sync()
    [kept] = _waiting()
    assert (kept.kind, kept.urgent) == ("dossier.discard", True)
    headers = headers_for(town.person("coordinator"))
    assert client.get("/v1/quarantine/alert", headers=headers).get_json() == {"urgent": 1}


def test_who_may_open_it_hears_that_there_is_something_at_once_and_once(
    app: Flask, town: Town, phone: SealedPhone, moved: Moved, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = MailSettings("mail.wilgendam.example", 587, Security.STARTTLS, "v@wilgendam.example")
    monkeypatch.setattr(app.extensions["messages"], "mail", mail)
    coordinator = town.person("coordinator")
    coordinator.password_hash = "chosen"
    db.session.commit()
    phone.write(moved.first, "dossier.discard")
    phone.sync()
    phone.sync()
    [kept] = _waiting()
    [told] = db.session.scalars(select(Message)).all()
    assert (told.cause_id, told.account_id, told.urgent) == (kept.id, coordinator.id, True)


def test_the_question_about_the_other_door_holds_nothing_up(
    town: Town, phone: SealedPhone, moved: Moved
) -> None:
    phone.write(moved.first, "dossier.discard")
    phone.sync()
    [kept] = _waiting()
    settle(phone.client, town, kept)
    assert [one.reason for one in _waiting()] == ["moved-here"]
    said = phone.write(
        moved.here,
        "note.add",
        note_id=new_id(),
        conversation_id=moved.stop.conversation_id,
        domain="",
        position=1,
        text="Nog een brief",
    )
    phone.sync()
    assert phone.outcome(said) == "applied"


def test_the_household_erased_there_is_gone_under_the_first_name_too(
    town: Town, phone: SealedPhone, moved: Moved
) -> None:
    erase_household(town.municipality.id, moved.here)
    db.session.commit()
    phone.sync()
    told = {"dossier_id": moved.first, "what": "household", "id": moved.first}
    assert told in phone.erased
    assert db.session.query(Quarantined).count() == 0


def _put_back(moved: Moved) -> None:
    """As an older copy of the database would have it, before any of it came."""
    for name in ("note", "consent", "conversation", "quarantined", "mutation", "receipt"):
        db.session.execute(delete(METADATA.tables[name]))
    for name in ("erased_dossier", "forgotten", "to_forget"):
        db.session.execute(delete(METADATA.tables[name]))
    end_again()
    db.session.commit()


@pytest.mark.parametrize("gone", ["household", "note", "consent"])
def test_what_was_taken_out_there_does_not_come_back_with_an_old_copy(
    town: Town, phone: SealedPhone, moved: Moved, gone: str
) -> None:
    if gone == "household":
        erase_household(town.municipality.id, moved.here)
    elif gone == "note":
        phone.write(moved.here, "note.remove", note_id=moved.note)
    else:
        phone.write(moved.here, "consent.withdraw", consent_id=moved.consent)
    db.session.commit()
    phone.sync()
    assert _texts() == []
    _put_back(moved)
    reply = phone.post(copies=moved.copies, mutations=[], more=True)
    assert reply.status_code == 200, reply.get_json()
    assert _texts() == []
    assert WORDS not in str(db.session.scalars(select(Quarantined.body)).all())

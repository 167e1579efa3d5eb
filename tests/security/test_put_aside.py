"""What waits for a person opens no way around the rules."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id
from outreach.conversations.models import Consent
from outreach.db import db
from outreach.sync.models import Quarantined
from outreach.territory.models import Household
from tests.factories.phone import Phone
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, build_town, headers_for
from tests.factories.waiting import settle

MARK = "wat niemand meer mag lezen"


@pytest.fixture
def elsewhere(town: Town) -> Town:
    """Another municipality."""
    return build_town("Elders")


def _let_in(client: FlaskClient, town: Town) -> int:
    kept = db.session.scalars(
        select(Quarantined).where(Quarantined.municipality_id == town.municipality.id)
    ).one()
    settled = settle(client, headers_for(town.person("coordinator")), kept)
    status: int = settled.status_code
    return status


def _write_note(phone: Phone, talk: Talk, **more: object) -> str:
    body = {
        "note_id": new_id(),
        "conversation_id": talk.conversation.id,
        "domain": "",
        "position": 0,
        "text": MARK,
    }
    return phone.write(talk.id, "note.add", **(body | more))


def test_a_coordinator_cannot_throw_away_a_household_of_another_municipality(
    client: FlaskClient, town: Town, elsewhere: Town
) -> None:
    talk = make_talk(elsewhere)
    phone = Phone(client, town.person("volunteer"))
    phone.write(talk.id, "dossier.discard")
    phone.sync()
    assert _let_in(client, town) == 409
    db.session.expire_all()
    assert db.session.get(Household, talk.id) is not None


def test_a_coordinator_cannot_take_back_a_consent_of_another_municipality(
    client: FlaskClient, town: Town, elsewhere: Town
) -> None:
    talk = make_talk(elsewhere)
    consent_id = talk.consents["note"].id
    phone = Phone(client, town.person("volunteer"))
    phone.write(talk.id, "consent.withdraw", consent_id=consent_id)
    phone.sync()
    assert _let_in(client, town) == 409
    db.session.expire_all()
    assert db.session.get_one(Consent, consent_id).withdrawn_at is None


def test_who_has_nothing_to_do_with_a_household_cannot_hold_up_its_dossier(
    client: FlaskClient, town: Town, elsewhere: Town
) -> None:
    talk = make_talk(town)
    for stranger in (elsewhere.person("volunteer"), town.person("other_volunteer")):
        strange = Phone(client, stranger)
        strange.write(talk.id, "note.sing")
        strange.write(talk.id, "conversation.close", conversation_id=talk.conversation.id)
        strange.sync()
    phone = Phone(client, talk.recorder)
    written = _write_note(phone, talk)
    phone.sync()
    assert phone.outcome(written) == "applied"


@pytest.mark.parametrize("more", [{"position": -1}, {"of_a_newer_app": True}])
def test_words_after_consent_was_taken_back_are_not_even_put_aside(
    client: FlaskClient, town: Town, more: dict[str, object]
) -> None:
    talk = make_talk(town)
    phone = Phone(client, talk.recorder)
    phone.write(talk.id, "consent.withdraw", consent_id=talk.consents["note"].id)
    written = _write_note(phone, talk, **more)
    phone.sync()
    assert phone.outcome(written) == "erased"
    assert db.session.scalars(select(Quarantined)).all() == []


def test_words_of_a_talk_without_notes_are_not_even_put_aside(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town, noted=False)
    phone = Phone(client, talk.recorder)
    written = _write_note(phone, talk, position=-1)
    phone.sync()
    assert phone.outcome(written) == "erased"
    assert db.session.scalars(select(Quarantined)).all() == []


def test_words_that_do_not_fit_are_kept_while_consent_stands(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town)
    phone = Phone(client, talk.recorder)
    written = _write_note(phone, talk, position=-1)
    phone.sync()
    assert phone.outcome(written) == "quarantined"


def test_how_to_reach_somebody_is_not_kept_aside_after_they_took_that_back(
    client: FlaskClient, town: Town
) -> None:
    talk = make_talk(town)
    consent = talk.agrees("contact")
    phone = Phone(client, talk.recorder)
    phone.write(talk.id, "contact.set", called_name=MARK, channel="post")
    phone.sync()
    assert len(db.session.scalars(select(Quarantined)).all()) == 1
    phone.write(talk.id, "consent.withdraw", consent_id=consent.id)
    phone.write(talk.id, "contact.set", called_name=MARK, channel="post")
    phone.sync()
    assert db.session.scalars(select(Quarantined)).all() == []


def test_a_citizen_service_number_in_a_reason_does_not_reach_the_trail(
    client: FlaskClient, town: Town
) -> None:
    phone = Phone(client, town.person("volunteer"))
    phone.write(town.stops[0].id, "visit.dance")
    phone.sync()
    kept = db.session.scalars(select(Quarantined.id)).one()
    coordinator = headers_for(town.person("coordinator"))
    client.post(
        f"/v1/quarantine/{kept}/opening", headers=coordinator, json={"reason": "BSN 123456782"}
    )
    trail = client.get("/v1/trail", headers=headers_for(town.person("privacy_officer")))
    assert "quarantine.open" in trail.text
    assert "123456782" not in trail.text

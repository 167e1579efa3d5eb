"""A concern or crisis that waits reaches who may open it, once, and no word of it goes along."""

import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.roles import ROLES, Permission, Role
from outreach.clock import new_id, now
from outreach.db import db
from outreach.messages import sending
from outreach.messages.kinds import Kind
from outreach.messages.models import Message
from outreach.sync.models import Quarantined
from tests.factories.phone import Phone
from tests.factories.sealing import sealed_phone
from tests.factories.town import Town
from tests.messages.post_office import PostOffice
from tests.messages.push_service import PushService
from tests.messages.telling import later, subscribe

WORDS = "Wat Wilhelmina vertelde over haar broer"
COORDINATOR = "coordinator"


@pytest.fixture
def phone(client: FlaskClient, staff: Town) -> Phone:
    synced = Phone(client, staff.person("volunteer"))
    synced.sync()
    return synced


def _concern_at_no_known_door(phone: Phone) -> str:
    concern_id = new_id()
    body = {"concern_id": concern_id, "address_id": new_id(), "facts": WORDS}
    return phone.write(concern_id, "concern.raise", **body)


def _crisis_from_a_newer_form(phone: Phone, town: Town) -> str:
    household_id = town.stops[0].household_id
    return phone.write(household_id, "draft.handover", urgency="crisis", question=WORDS)


def _told() -> set[tuple[str, str, str]]:
    rows = select(Message.account_id, Message.channel, Message.kind)
    return {(who, channel, kind) for who, channel, kind in db.session.execute(rows)}


def test_a_concern_that_waits_reaches_who_may_open_it_by_mail_and_push_with_no_desk_open(
    staff: Town, phone: Phone, office: PostOffice, service: PushService
) -> None:
    coordinator = staff.person(COORDINATOR)
    subscribe(coordinator, service)
    said = _concern_at_no_known_door(phone)
    phone.sync()
    assert phone.outcome(said) == "quarantined"
    sending.send_due()
    assert office.recipients == [coordinator.email]
    assert len(service.pushes) == 1
    assert _told() == {
        (coordinator.id, "mail", "cannot_wait"),
        (coordinator.id, "push", "cannot_wait"),
    }


def test_a_crisis_that_waits_does_too(staff: Town, phone: Phone, office: PostOffice) -> None:
    said = _crisis_from_a_newer_form(phone, staff)
    phone.sync()
    assert phone.outcome(said) == "quarantined"
    assert db.session.scalars(select(Quarantined.urgent)).all() == [True]
    sending.send_due()
    assert office.recipients == [staff.person(COORDINATOR).email]


@pytest.mark.parametrize("calls", [True, False])
def test_so_does_a_loose_note_that_asks_for_a_call_today_and_no_other(
    client: FlaskClient, staff: Town, office: PostOffice, *, calls: bool
) -> None:
    phone = sealed_phone(client, staff.person("volunteer"))
    own, made_at = new_id(), now().isoformat()
    body = {"door": "", "words": WORDS, "when": "", "said_yes": True, "call_today": calls}
    note = {"id": own, "dossier_id": own, "kind": "draft.loose", "schema": 2, "body": body}
    phone.outbox.append(note | {"made_at": made_at})
    phone.hand_over(phone.boxes("loose"))
    assert phone.outcomes[own]["outcome"] == "quarantined"
    sending.send_due()
    assert office.recipients == [staff.person(COORDINATOR).email] * calls


def test_only_who_may_open_it_hears_of_it(
    staff: Town, phone: Phone, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = Role.COORDINATOR
    monkeypatch.setitem(ROLES, role, ROLES[role] - {Permission.CONCERN_READ})
    _concern_at_no_known_door(phone)
    phone.sync()
    sending.send_due()
    assert office.mails == []


def test_a_colleague_who_left_or_never_came_hears_nothing(
    staff: Town, phone: Phone, office: PostOffice
) -> None:
    staff.person(COORDINATOR).password_hash = ""
    db.session.commit()
    _concern_at_no_known_door(phone)
    phone.sync()
    sending.send_due()
    assert office.mails == []


def test_it_is_told_once_however_often_the_phone_comes(
    staff: Town, phone: Phone, office: PostOffice
) -> None:
    _concern_at_no_known_door(phone)
    lost = phone.request()
    phone.post()
    phone.sync()
    for _ in range(3):
        later(minutes=20)
        phone.client.post("/v1/sync", json=lost, headers=phone.headers)
        phone.sync()
        sending.send_due()
    assert len(office.mails) == 1
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_two_things_are_two_rows_and_one_mail(
    staff: Town, phone: Phone, office: PostOffice
) -> None:
    _concern_at_no_known_door(phone)
    _concern_at_no_known_door(phone)
    phone.sync()
    sending.send_due()
    assert (len(office.mails), len(db.session.scalars(select(Message)).all())) == (1, 2)


def test_what_can_wait_is_told_in_the_morning(
    staff: Town, phone: Phone, office: PostOffice
) -> None:
    phone.write(staff.stops[0].household_id, "note.sing", text=WORDS)
    phone.sync()
    assert sending.send_due() == 0
    later(hours=19)
    assert sending.send_due() == 1
    assert {kind for _, _, kind in _told()} == {Kind.WAITS}


def test_a_concern_that_was_taken_in_reaches_who_reads_concerns(
    staff: Town, phone: Phone, office: PostOffice
) -> None:
    concern_id = new_id()
    body = {"concern_id": concern_id, "address_id": staff.addresses[0].id, "facts": WORDS}
    said = phone.write(concern_id, "concern.raise", **body)
    phone.sync()
    assert phone.outcome(said) == "applied"
    sending.send_due()
    may = {role for role, holds in ROLES.items() if Permission.CONCERN_READ in holds}
    expected = sorted(p.email for p in staff.people.values() if p.role in may)
    assert sorted(office.recipients) == expected


def test_no_word_door_or_name_is_in_any_mail_push_or_log(
    staff: Town,
    phone: Phone,
    office: PostOffice,
    service: PushService,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in (COORDINATOR, "safeguarding_officer"):
        subscribe(staff.person(name), service, name)
    _concern_at_no_known_door(phone)
    _crisis_from_a_newer_form(phone, staff)
    concern_id, door = new_id(), staff.addresses[0].id
    phone.write(concern_id, "concern.raise", concern_id=concern_id, address_id=door, facts=WORDS)
    phone.write(staff.stops[1].household_id, "note.sing", text=WORDS)
    phone.sync()
    for refusal in ("451 later", "250 OK"):
        office.says_to_mail, service.answers = refusal, 503 if refusal[0] == "4" else 201
        sending.send_due()
        later(days=1)
    office.says_to_recipient, service.answers = "550 gone", 410
    _concern_at_no_known_door(phone)
    phone.sync()
    sending.send_due()
    assert len(office.mails) >= 2
    assert len(service.pushes) >= 4
    out = [raw.decode().lower() for raw in office.raw]
    out += [f"{came.path} {came.headers} {came.body!r}".lower() for came in service.pushes]
    secret = _secrets(staff)
    assert [word for word in secret for text in out if word in text] == []
    # The mail server of this test logs all it hears; ours is what is asked of.
    own = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    logged = "\n".join(own).lower()
    assert "later: 451" in logged
    hidden = secret | {p.email.lower() for p in staff.people.values()} | {service.origin}
    assert [word for word in hidden if word in logged] == []


def _secrets(town: Town) -> set[str]:
    """All that must not be told: words, doors, kinds, names, ids of things and of places."""
    rows: list[Any] = list(db.session.scalars(select(Quarantined)))
    found = {word.lower() for word in WORDS.split() if len(word) > 4}
    found |= {"wilgenhof", "9991sa", "crisis", "zorg", "concern", "handover", "draft"}
    found |= {id_ for row in rows for id_ in (row.id, row.dossier_id, row.author_id)}
    found |= {stop.household_id for stop in town.stops}
    found |= {person.id for person in town.people.values()}
    found |= {"voorbeeld", town.municipality.id, town.municipality.name.lower() + " "}
    return found

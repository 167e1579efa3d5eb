"""A database that was put back to an older day gets again what phones had brought since."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from outreach.access import devices
from outreach.access.actor import actor_of
from outreach.access.models import Device, Session
from outreach.audit import endings
from outreach.clock import new_id, now
from outreach.conversations import forgetting
from outreach.conversations.models import Conversation, Forgotten, Note
from outreach.db import db
from outreach.privacy import restoring
from outreach.privacy.erasing import erase_household
from outreach.sync.models import ErasedDossier, IssuedDossier, Mutation, Quarantined, Receipt
from tests.contract.scenarios import talk_and_plan
from tests.factories.phone import holdings_hash
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.town import Town, headers_for

SAID = "De post ligt in de la"
KEEPS_NOTHING = "0b000000-0000-8000-8000-00000000000b"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    """A phone that sealed itself and holds its round."""
    return sealed_phone(client, town.person("volunteer"))


def _copies(phone: SealedPhone) -> list[dict[str, str]]:
    return [phone.box(mutation) for mutation in phone.outbox]


def _put_back(town: Town) -> None:
    """Before the talk: as an older copy of the database would have it."""
    stop = town.stops[0]
    reserved = {
        name: getattr(stop, name) for name in ("household_id", "conversation_id", "plan_id")
    }
    erase_household(town.municipality.id, stop.household_id)
    for name, id_ in reserved.items():
        setattr(stop, name, id_)
    for kind in (Mutation, Receipt, ErasedDossier, IssuedDossier, Quarantined):
        db.session.execute(delete(kind))
    db.session.commit()


def _again(phone: SealedPhone, copies: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    reply = phone.post(copies=copies, mutations=[], more=True, **more)
    assert reply.status_code == 200, reply.get_json()
    answer: dict[str, Any] = reply.get_json()
    return answer


def _talk(phone: SealedPhone, town: Town) -> list[dict[str, str]]:
    """A talk with a note, sent; gives what the phone keeps of it for the server."""
    stop, ids = town.stops[0], dict[str, str]()
    talk_and_plan(phone, town, ids)
    phone.write(
        stop.household_id,
        "note.add",
        note_id=new_id(),
        conversation_id=stop.conversation_id,
        domain="home_and_surroundings",
        position=5,
        text=SAID,
    )
    copies = _copies(phone)
    phone.sync()
    return copies


def test_what_is_unknown_is_asked_for_before_anything_is_applied(
    phone: SealedPhone, town: Town
) -> None:
    db.session.execute(delete(Receipt))
    db.session.commit()
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    answer = phone.post().get_json()
    assert (answer["need_holdings"], answer["outcomes"], answer["drops"]) == (True, [], [])
    assert answer["ids"] == [phone.outbox[0]["id"]]
    assert db.session.query(Mutation).count() == 0


def test_copies_make_the_talk_again_each_thing_once(phone: SealedPhone, town: Town) -> None:
    copies = _talk(phone, town)
    notes = db.session.query(Note).count()
    _put_back(town)
    assert db.session.query(Note).count() == 0
    first = _again(phone, copies)
    assert {line["outcome"] for line in first["outcomes"]} == {"applied"}
    assert first["ids"] == [copy["id"] for copy in copies]
    assert (first["drops"], first["need_holdings"]) == ([], False)
    second = _again(phone, copies)
    assert {line["outcome"] for line in second["outcomes"]} == {"already_applied"}
    texts = [note.text for note in db.session.scalars(select(Note))]
    assert (SAID in texts, len(texts)) == (True, notes)
    assert db.session.query(Conversation).count() == 1


def test_what_never_was_lost_keeps_its_outcome(phone: SealedPhone, town: Town) -> None:
    copies = _talk(phone, town)
    notes = db.session.query(Note).count()
    answer = _again(phone, copies)
    assert {line["outcome"] for line in answer["outcomes"]} == {"already_applied"}
    assert db.session.query(Note).count() == notes


def test_a_household_that_was_erased_does_not_come_back_with_a_copy(
    phone: SealedPhone, town: Town
) -> None:
    copies = _talk(phone, town)
    household_id = town.stops[0].household_id
    erase_household(town.municipality.id, household_id)
    db.session.execute(delete(Mutation))
    db.session.commit()
    answer = _again(phone, copies)
    about_them = [line for line in answer["outcomes"] if line["code"] == "dossier-erased"]
    assert about_them
    assert db.session.query(Note).count() == 0
    assert SAID not in str(db.session.scalars(select(Quarantined.body)).all())


@pytest.mark.parametrize("again", ["as a copy", "as if it never came"])
def test_what_waits_under_a_consent_that_was_taken_back_does_not_come_back(
    phone: SealedPhone, town: Town, again: str
) -> None:
    stop, ids = town.stops[0], dict[str, str]()
    talk_and_plan(phone, town, ids)
    phone.write(stop.household_id, "note.sing", text=SAID)
    phone.write(stop.household_id, "consent.withdraw", consent_id=ids["note_consent"])
    copies, said = _copies(phone), list(phone.outbox)
    phone.sync()
    assert db.session.query(Quarantined).count() == 0
    _put_back(town)
    db.session.add(
        Forgotten(
            id=ids["note_consent"],
            municipality_id=town.municipality.id,
            dossier_id=stop.household_id,
            kind=forgetting.CONSENT,
            at=now(),
        )
    )
    db.session.commit()
    if again == "as a copy":
        _again(phone, copies)
    else:
        phone.outbox = said
        phone.sync()
    assert SAID not in str(db.session.scalars(select(Quarantined.body)).all())


def test_a_box_that_nobody_opens_waits_for_its_key(phone: SealedPhone, town: Town) -> None:
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    (copy,) = _copies(phone)
    stranger = SealedPhone(phone.client, phone.account, escrow_key=phone.escrow_key)
    stranger.outbox = phone.outbox
    (foreign,) = _copies(stranger)
    assert _again(phone, [foreign])["outcomes"][0]["code"] == "cannot-open"
    assert _again(phone, [copy])["outcomes"][0]["outcome"] == "applied"


def test_drops_come_only_after_the_phone_told_what_it_holds(phone: SealedPhone, town: Town) -> None:
    copies = _talk(phone, town)
    versions = {id_: dossier["version"] for id_, dossier in phone.dossiers.items()}
    _put_back(town)
    assert _again(phone, copies)["drops"] == []
    told = phone.post(
        holdings=versions, holdings_hash=holdings_hash(versions), mutations=[]
    ).get_json()
    assert told["receipt"] is not None


def test_a_lost_phone_that_the_older_copy_never_knew_reads_nothing_and_hands_over(
    phone: SealedPhone, town: Town
) -> None:
    device = db.session.get_one(Device, phone.device_id)
    devices.revoke(actor_of(town.person("coordinator")), device)
    for kind in (Session, Receipt, IssuedDossier, Device):
        db.session.execute(delete(kind))
    restoring.end_again()
    db.session.commit()
    phone.headers = headers_for(phone.account)
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    assert phone.post().get_json()["code"] == "device-revoked"
    assert phone.hand_over(phone.boxes("revoked")).get_json()["outcomes"][0]["outcome"] == (
        "quarantined"
    )


@pytest.mark.parametrize("known", [False, True])
def test_a_phone_sealed_since_the_copy_can_be_reported_lost_before_it_comes_back(
    phone: SealedPhone, town: Town, known: bool
) -> None:
    for kind in (Session, Receipt, IssuedDossier):
        db.session.execute(delete(kind))
    device = db.session.get_one(Device, phone.device_id)
    if known:
        device.signing_key, device.sealed = None, False
    else:
        db.session.delete(device)
    restoring.end_again()
    again = db.session.get_one(Device, phone.device_id)
    assert (again.account_id, again.sealed, again.revoked_at) == (phone.account.id, True, None)
    devices.revoke(actor_of(town.person("coordinator")), again)
    db.session.commit()
    phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)
    handed = phone.hand_over(phone.boxes("revoked")).get_json()
    assert handed["outcomes"][0]["outcome"] == "quarantined"


def test_a_browser_that_keeps_nothing_leaves_no_line(client: FlaskClient, town: Town) -> None:
    phone, browser = (
        SealedPhone(client, town.person("volunteer"), id_) for id_ in (new_id(), KEEPS_NOTHING)
    )
    for one in (phone, browser):
        assert one.seal().status_code == 201
    sealed = [one.id for one in endings.read_all() if one.kind == endings.Kind.DEVICE_SEALED]
    assert sealed == [phone.device_id]

"""Phones enrol with a key, are seen by who guards them, and get nothing once they are revoked."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient

from outreach.access.models import Device
from outreach.clock import now
from outreach.db import db
from outreach.sync import escrow
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone
from tests.factories.town import Town, headers_for


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    return SealedPhone(client, town.person("volunteer"))


def _spki(curve: ec.EllipticCurve) -> str:
    key = ec.generate_private_key(curve).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(spki).decode()


def test_a_phone_that_seals_gets_the_key_to_seal_to(phone: SealedPhone, town: Town) -> None:
    reply = phone.seal()
    key = escrow.current_key(town.municipality.id)
    assert reply.status_code == 201
    assert reply.get_json() == {"device_id": phone.device_id, "escrow_key": escrow.shown(key)}
    assert db.session.get_one(Device, phone.device_id).sealed


def test_a_phone_that_synced_before_is_completed(phone: SealedPhone) -> None:
    phone.sync()
    assert not db.session.get_one(Device, phone.device_id).sealed
    phone.seal()
    db.session.expire_all()
    assert db.session.get_one(Device, phone.device_id).sealed


def test_saying_it_twice_changes_nothing(phone: SealedPhone) -> None:
    first, again = phone.seal(), phone.seal()
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())


def test_another_key_for_a_known_device_is_refused(phone: SealedPhone) -> None:
    phone.seal()
    reply = phone.seal(signing_key=_spki(ec.SECP256R1()))
    assert (reply.status_code, reply.get_json()["code"]) == (409, "device-key-differs")


def test_a_device_of_another_is_refused(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.seal()
    other = SealedPhone(client, town.person("partner_of_pair"), phone.device_id)
    assert other.seal().get_json()["code"] == "device-of-another"


def test_a_revoked_device_cannot_enrol_again(phone: SealedPhone) -> None:
    phone.seal()
    db.session.get_one(Device, phone.device_id).revoked_at = now()
    db.session.commit()
    assert phone.seal().get_json()["code"] == "device-revoked"


@pytest.mark.parametrize("key", ["", "AAAA", "not base64", _spki(ec.SECP384R1())])
def test_what_is_no_key_of_ours_is_an_input_error(phone: SealedPhone, key: str) -> None:
    reply = phone.seal(signing_key=key)
    assert reply.status_code == 400
    assert reply.get_json()["errors"][0]["pointer"] == "/signing_key"
    assert db.session.query(Device).count() == 0


def test_a_new_key_reaches_phones_with_their_next_answer(phone: SealedPhone, town: Town) -> None:
    phone.seal()
    phone.sync()
    assert phone.of_kind("profile")[0]["escrow_key"] == phone.escrow_key
    new = escrow.rotate(town.municipality.id)
    db.session.commit()
    phone.sync()
    assert phone.of_kind("profile")[0]["escrow_key"] == escrow.shown(new)
    assert new.id != phone.escrow_key["id"]


def test_who_holds_a_revoked_phone_cannot_go_on_as_another_device(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.sync()
    db.session.get_one(Device, phone.device_id).revoked_at = now()
    db.session.commit()
    thief = Phone(client, phone.account)
    thief.headers = phone.headers
    assert thief.post().get_json()["code"] == "device-revoked"
    thief.headers = headers_for(phone.account)
    thief.sync()
    assert thief.of_kind("round")

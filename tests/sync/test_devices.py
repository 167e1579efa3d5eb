"""Phones enrol with a key, are seen by who guards them, and get nothing once they are revoked."""

import json
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from outreach.access.models import Account, Device
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now
from outreach.db import db
from outreach.privacy.erasing import erase_household
from outreach.sync import escrow
from outreach.sync.models import Receipt
from outreach.web import paging
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone
from tests.factories.talks import CALLED_NAME, PHONE_NUMBER, make_talk
from tests.factories.town import Town, build_town, headers_for

MARK = "De post ligt in de la"
# Of UUID version 8.
KEEPS_NOTHING = "0b000000-0000-8000-8000-00000000000b"


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
    device = db.session.get_one(Device, phone.device_id)
    said = f"voordeur removal 1\n{phone.device_id}\n{device.removal_code}"
    assert reply.get_json() == {
        "device_id": phone.device_id,
        "escrow_key": escrow.shown(key),
        "removal_check": sha256(said.encode()).hexdigest(),
    }
    assert device.sealed


def test_a_phone_that_synced_before_is_completed(phone: SealedPhone) -> None:
    phone.sync()
    assert not db.session.get_one(Device, phone.device_id).sealed
    phone.seal()
    db.session.expire_all()
    assert db.session.get_one(Device, phone.device_id).sealed


def test_saying_it_twice_changes_nothing(phone: SealedPhone) -> None:
    first, again = phone.seal(), phone.seal()
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())


def test_a_coordinator_gets_the_code_that_empties_a_phone_and_it_is_noted(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.seal()
    path = f"/v1/devices/{phone.device_id}/removal-code"
    coordinator = headers_for(town.person("coordinator"))
    first = client.post(path, headers=coordinator)
    code = first.get_json()["code"]
    assert (first.status_code, len(code), code.isdigit()) == (200, 8, True)
    phone.seal()
    assert client.post(path, headers=coordinator).get_json() == {"code": code}
    noted = select(TrailEntry).where(TrailEntry.action == "device.empty")
    entries = db.session.scalars(noted).all()
    assert [entry.object_id for entry in entries] == [phone.device_id] * 2
    assert code not in json.dumps([[entry.reason, entry.result] for entry in entries])


def test_a_volunteer_gets_no_code_not_even_of_their_own_phone(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.seal()
    own = headers_for(town.person("volunteer"))
    reply = client.post(f"/v1/devices/{phone.device_id}/removal-code", headers=own)
    assert reply.status_code == 403


def test_a_phone_that_never_enrolled_with_a_key_has_no_code(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.sync()
    coordinator = headers_for(town.person("coordinator"))
    reply = client.post(f"/v1/devices/{phone.device_id}/removal-code", headers=coordinator)
    assert (reply.status_code, reply.get_json()["code"]) == (409, "no-removal-code")


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


def _devices(client: FlaskClient, account: Account, where: str = "devices") -> list[dict[str, Any]]:
    reply = client.get(f"/v1/{where}", headers=headers_for(account))
    items: list[dict[str, Any]] = reply.get_json()["items"]
    return items


def _revoke(client: FlaskClient, account: Account, device_id: str, where: str = "devices") -> Any:
    return client.post(f"/v1/{where}/{device_id}/revocation", headers=headers_for(account))


def test_a_coordinator_sees_every_phone_and_who_has_two(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.seal()
    clear = Phone(client, phone.account)
    clear.sync()
    other = Phone(client, town.person("partner_of_pair"))
    other.sync()
    build_town("Elders")
    listed = {item["id"]: item for item in _devices(client, town.person("coordinator"))}
    assert set(listed) == {phone.device_id, clear.device_id, other.device_id}
    assert [listed[p.device_id]["sealed"] for p in (phone, clear, other)] == [True, False, False]
    assert listed[phone.device_id]["account"] == {
        "id": phone.account.id,
        "name": phone.account.name,
        "live_devices": 2,
    }
    assert listed[other.device_id]["account"]["live_devices"] == 1
    _revoke(client, town.person("admin"), clear.device_id)
    after = {item["id"]: item for item in _devices(client, town.person("privacy_officer"))}
    assert after[phone.device_id]["account"]["live_devices"] == 1
    assert after[clear.device_id]["revoked_at"] is not None


def test_a_browser_that_keeps_nothing_is_seen_as_that_and_counts_as_no_phone(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.seal()
    browser = SealedPhone(client, phone.account, KEEPS_NOTHING)
    browser.seal()
    browser.sync()
    listed = {item["id"]: item for item in _devices(client, town.person("coordinator"))}
    kept = {id_: item["keeps_nothing"] for id_, item in listed.items()}
    assert kept == {phone.device_id: False, browser.device_id: True}
    assert [item["account"]["live_devices"] for item in listed.values()] == [1, 1]


def test_a_browser_that_keeps_nothing_has_a_new_key_each_time(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    before = SealedPhone(client, phone.account, KEEPS_NOTHING)
    browser = SealedPhone(client, phone.account, KEEPS_NOTHING)
    assert [before.seal().status_code, browser.seal().status_code] == [201, 201]
    assert browser.hand_over().status_code == 200
    assert before.hand_over().get_json()["code"] == "device-unknown"
    other = SealedPhone(client, town.person("partner_of_pair"), KEEPS_NOTHING)
    assert other.seal().get_json()["code"] == "device-of-another"


def test_the_last_in_contact_stands_first_on_every_page(
    client: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    owner = town.person("volunteer")
    for days in (3, 1, 2):
        db.session.add(
            Device(
                id=new_id(),
                municipality_id=owner.municipality_id,
                account_id=owner.id,
                enrolled_at=now() - timedelta(days=9),
                last_contact_at=now() - timedelta(days=days),
            )
        )
    db.session.commit()
    headers = headers_for(town.person("coordinator"))
    first = client.get("/v1/devices", headers=headers).get_json()
    second = client.get(f"/v1/devices?after={first['next']}", headers=headers).get_json()
    seen = [item["last_contact_at"] for item in (*first["items"], *second["items"])]
    assert len(seen) == 3
    assert seen == sorted(seen, reverse=True)


def test_a_volunteer_sees_and_revokes_only_their_own(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.seal()
    other = Phone(client, town.person("partner_of_pair"))
    other.sync()
    mine = _devices(client, phone.account, "own-devices")
    assert [item["id"] for item in mine] == [phone.device_id]
    assert _revoke(client, phone.account, other.device_id, "own-devices").status_code == 404
    assert _revoke(client, phone.account, other.device_id).status_code == 403
    answer = _revoke(client, phone.account, phone.device_id, "own-devices")
    assert (answer.status_code, answer.get_json()["account"]["live_devices"]) == (200, 0)
    assert other.post().status_code == 200


def test_a_revoked_phone_gets_nothing_from_its_next_request_on(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.sync()
    answer = _revoke(client, town.person("coordinator"), phone.device_id).get_json()
    reply = phone.post()
    assert (reply.status_code, reply.get_json()["code"]) == (403, "device-revoked")
    assert "dossiers" not in reply.get_json()
    again = _revoke(client, town.person("admin"), phone.device_id).get_json()
    assert again["revoked_at"] == answer["revoked_at"]
    entries = db.session.scalars(select(TrailEntry).where(TrailEntry.action == "device.revoke"))
    assert [(e.actor_id, e.object_id) for e in entries] == [
        (town.person("coordinator").id, phone.device_id)
    ]
    assert db.session.get_one(Device, phone.device_id).revoked_by == town.person("coordinator").id


def _report(client: FlaskClient, town: Town, device_id: str, reason: str = "gestolen") -> Any:
    return client.post(
        f"/v1/devices/{device_id}/breach-report",
        json={"reason": reason},
        headers=headers_for(town.person("privacy_officer")),
    )


def test_a_phone_that_was_lost_around_a_restore_is_not_reported_empty(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    talk = make_talk(town)
    phone.seal()
    phone.sync()
    db.session.execute(delete(Receipt))
    db.session.commit()
    report = _report(client, town, phone.device_id).get_json()
    assert [one["id"] for one in report["households"]] == [talk.id]
    assert report["doors"] == len(town.stops)


def test_a_privacy_officer_reads_what_stood_on_a_phone_and_nothing_of_what_was_said(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    talk = make_talk(town)
    talk.tells("money_and_schemes", "help_wanted", MARK)
    talk.tells_contact()
    phone.seal()
    phone.sync()
    reply = _report(client, town, phone.device_id)
    report = reply.get_json()
    assert report["households"] == [
        {"id": talk.id, "street": "Wilgenhof", "number": "10", "role": "recorder"}
    ]
    assert (report["doors"], report["rounds"]) == (len(town.stops), 1)
    assert (report["device"]["id"], report["sealed"]) == (phone.device_id, True)
    assert report["last_contact_at"] == report["device"]["last_contact_at"]
    for said in (MARK, CALLED_NAME, PHONE_NUMBER, "help_wanted"):
        assert said not in reply.text


def test_who_does_only_the_aftercare_is_told_as_such(client: FlaskClient, town: Town) -> None:
    talk = make_talk(town)
    helper = town.person("partner_of_pair")
    talk.aftercare(helper)
    phone = Phone(client, helper)
    phone.sync()
    [told] = _report(client, town, phone.device_id).get_json()["households"]
    assert (told["id"], told["role"]) == (talk.id, "aftercare")


def test_what_an_earlier_answer_brought_counts_and_what_was_erased_is_told_without_address(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    gone, kept = make_talk(town), make_talk(town, 1)
    phone.sync()
    erase_household(town.municipality.id, gone.id)
    db.session.commit()
    phone.sync()
    told = _report(client, town, phone.device_id).get_json()["households"]
    assert [(one["id"], one["street"], one["role"]) for one in told] == [
        (kept.id, "Wilgenhof", "recorder"),
        (gone.id, None, "erased"),
    ]


def test_the_trail_says_who_looked_what_stood_on_a_phone_and_why(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    phone.sync()
    assert _report(client, town, phone.device_id, " ").status_code == 400
    _report(client, town, phone.device_id, "aangifte gedaan")
    entry = db.session.scalars(select(TrailEntry).where(TrailEntry.action == "device.breach")).one()
    assert (entry.actor_id, entry.object_id, entry.reason) == (
        town.person("privacy_officer").id,
        phone.device_id,
        "aangifte gedaan",
    )


@pytest.mark.parametrize("what", ["revocation", "breach-report"])
def test_a_device_of_another_municipality_does_not_exist(
    client: FlaskClient, phone: SealedPhone, what: str
) -> None:
    phone.seal()
    elsewhere = build_town("Elders")
    role = "coordinator" if what == "revocation" else "privacy_officer"
    reply = client.post(
        f"/v1/devices/{phone.device_id}/{what}",
        json={"reason": "nieuwsgierig"},
        headers=headers_for(elsewhere.person(role)),
    )
    assert reply.status_code == 404
    assert _devices(client, elsewhere.person("coordinator")) == []

"""Somebody with two phones: each hears of the other, and one reports the other lost."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.access.models import Device
from outreach.clock import now
from outreach.db import db
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone
from tests.factories.town import Town, build_town, headers_for

# Of UUID version 8.
KEEPS_NOTHING = "0b000000-0000-8000-8000-00000000000b"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    return SealedPhone(client, town.person("volunteer"))


def _own_devices(client: FlaskClient, phone: Phone) -> dict[str, dict[str, Any]]:
    reply = client.get("/v1/own-devices", headers=headers_for(phone.account))
    return {item["id"]: item for item in reply.get_json()["items"]}


def _revokes(client: FlaskClient, phone: Phone, device_id: str) -> Any:
    path = f"/v1/own-devices/{device_id}/revocation"
    return client.post(path, headers=headers_for(phone.account))


def _devices_in_profile(phone: Phone) -> list[str]:
    phone.sync()
    devices: list[str] = phone.of_kind("profile")[0]["devices"]
    return devices


def test_both_phones_of_one_person_hear_of_each_other_at_their_next_contact(
    client: FlaskClient, phone: SealedPhone
) -> None:
    phone.seal()
    assert _devices_in_profile(phone) == [phone.device_id]
    second = Phone(client, phone.account)
    both = sorted([phone.device_id, second.device_id])
    assert [_devices_in_profile(one) for one in (second, phone)] == [both, both]
    # Renewing a session, or enrolling once more, is no news.
    before = phone.receipt
    phone.seal()
    phone.sync()
    assert phone.receipt == before


def test_a_phone_does_not_hear_of_one_that_is_revoked_keeps_nothing_or_is_another_persons(
    client: FlaskClient, town: Town, phone: SealedPhone
) -> None:
    second = Phone(client, phone.account)
    for one in (
        phone,
        second,
        SealedPhone(client, phone.account, KEEPS_NOTHING),
        Phone(client, town.person("partner_of_pair")),
    ):
        one.sync()
    assert _devices_in_profile(phone) == sorted([phone.device_id, second.device_id])
    _revokes(client, phone, second.device_id)
    assert _devices_in_profile(phone) == [phone.device_id]


def test_a_phone_that_can_no_longer_be_read_is_not_told_of(phone: SealedPhone) -> None:
    first = SealedPhone(phone.client, phone.account)
    first.seal()
    first.sync()
    device = db.session.get_one(Device, first.device_id)
    device.synced_at = now() - timedelta(hours=72, minutes=1)
    db.session.commit()
    # The same phone, made anew under another id: the old one asked and handed over just now.
    assert first.hand_over(first.boxes("asked")).status_code == 200
    assert first.hand_over(first.boxes("lapsed")).status_code == 200
    assert _devices_in_profile(phone) == [phone.device_id]
    # It was somewhere else after all, and came back.
    both = sorted([first.device_id, phone.device_id])
    assert [_devices_in_profile(one) for one in (first, phone)] == [both, both]


def test_a_browser_that_keeps_nothing_hears_of_phones_and_not_of_itself(
    client: FlaskClient, phone: SealedPhone
) -> None:
    phone.sync()
    browser = SealedPhone(client, phone.account, KEEPS_NOTHING)
    assert _devices_in_profile(browser) == [phone.device_id]


def test_who_lost_a_phone_revokes_it_from_another_and_it_hands_over_all_the_same(
    client: FlaskClient, phone: SealedPhone
) -> None:
    phone.seal()
    phone.sync()
    second = Phone(client, phone.account)
    second.sync()
    revoked = client.post(
        f"/v1/own-devices/{phone.device_id}/revocation", headers=second.headers
    ).get_json()
    assert revoked["account"]["live_devices"] == 1
    assert phone.post().get_json()["code"] == "device-revoked"
    assert phone.hand_over().get_json()["revoked"] is True
    listed = _own_devices(client, phone)
    assert listed[phone.device_id]["revoked_at"] == revoked["revoked_at"]
    assert listed[second.device_id]["revoked_at"] is None
    assert second.post().status_code == 200


@pytest.mark.parametrize("whose", ["another's", "of another municipality", "nobody's"])
def test_a_phone_that_is_not_ones_own_does_not_exist(
    client: FlaskClient, town: Town, phone: SealedPhone, whose: str
) -> None:
    phone.sync()
    other = Phone(client, town.person("partner_of_pair"))
    elsewhere = Phone(client, build_town("Elders").person("volunteer"))
    other.sync()
    elsewhere.sync()
    ids = {
        "another's": other.device_id,
        "of another municipality": elsewhere.device_id,
        "nobody's": KEEPS_NOTHING,
    }
    assert _revokes(client, phone, ids[whose]).status_code == 404
    assert [one.post().status_code for one in (other, elsewhere)] == [200, 200]


def test_coordinators_are_there_to_call(town: Town, phone: SealedPhone) -> None:
    phone.sync()
    coordinator = town.person("coordinator")
    assert phone.of_kind("profile")[0]["coordinators"] == [
        {"first_name": coordinator.first_name, "phone": coordinator.phone}
    ]

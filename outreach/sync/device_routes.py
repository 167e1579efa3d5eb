"""Devices: sealed by their phone, seen by who guards them, revoked when they are lost."""

from typing import Any

from marshmallow import fields
from sqlalchemy import select

from outreach.access import devices
from outreach.access.actor import current_actor
from outreach.access.models import Account, Device
from outreach.access.roles import Permission
from outreach.access.scope import own_devices, visible_devices
from outreach.clock import AMSTERDAM
from outreach.conversations.fields import FreeText
from outreach.db import db
from outreach.sync import escrow
from outreach.sync.breaches import breach_report
from outreach.sync.retrying import retried
from outreach.sync.schemas import DeviceBody, SealedDeviceOut
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, Schema, page_of

routes = Routes("devices", "The phones and browsers that sync")
LONGEST_REASON = 200


class DeviceAccountOut(Schema):
    """Whose device; `live_devices` is how many of theirs keep something and are not revoked."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    live_devices = fields.Integer(required=True)


class DeviceOut(Schema):
    """A phone or browser, and when it was last in contact; `keeps_nothing`: works online only."""

    id = fields.UUID(required=True)
    account = fields.Nested(DeviceAccountOut, required=True)
    enrolled_at = fields.AwareDateTime(required=True, default_timezone=AMSTERDAM)
    last_contact_at = fields.AwareDateTime(required=True, default_timezone=AMSTERDAM)
    sealed = fields.Boolean(required=True)
    keeps_nothing = fields.Boolean(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True, default_timezone=AMSTERDAM)


class RemovalCodeOut(Schema):
    """Eight digits, to be said to whoever has the phone in hand."""

    code = fields.String(required=True)


class BreachReasonBody(Schema):
    """Why somebody asks what stood on a phone."""

    reason = FreeText(most=LONGEST_REASON, filled=True, required=True)


class HeldHouseholdOut(Schema):
    """A household that a phone held: `role` is recorder, aftercare, or erased since."""

    id = fields.UUID(required=True)
    street = fields.String(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True)
    role = fields.String(required=True)


class BreachReportOut(Schema):
    """What a phone held, without content."""

    device = fields.Nested(DeviceOut, required=True)
    sealed = fields.Boolean(required=True)
    last_contact_at = fields.AwareDateTime(required=True, default_timezone=AMSTERDAM)
    households = fields.List(fields.Nested(HeldHouseholdOut), required=True)
    doors = fields.Integer(required=True)
    rounds = fields.Integer(required=True)


DEVICE_PAGE = page_of(DeviceOut, "DevicePage")


@routes.post(
    "/devices",
    permission=Permission.SYNC,
    body=DeviceBody(),
    answer=SealedDeviceOut(),
    status=201,
)
def seal_device(body: dict[str, Any]) -> dict[str, Any]:
    """Enrol a device with the key it signs with; gives the key to which it seals."""
    return retried(lambda _last_try: _sealed(body))


def _sealed(body: dict[str, Any]) -> dict[str, Any]:
    actor = current_actor()
    device = devices.seal_device(actor, body["device_id"], body["signing_key"])
    key = escrow.current_key(actor.municipality_id)
    db.session.commit()  # here, so that a clash with another phone is tried again
    return {
        "device_id": device.id,
        "escrow_key": escrow.shown(key),
        "removal_check": devices.removal_check(device),
    }


@routes.get("/devices", permission=Permission.DEVICE_READ, query=AfterQuery(), answer=DEVICE_PAGE)
def list_devices(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Every device of the municipality, the last in contact first."""
    newest = [Device.last_contact_at, Device.id]
    rows = visible_devices(current_actor())
    found = page(rows, newest, query["after"], newest_first=True)
    return Page(_listed(found.items), found.next)


@routes.get(
    "/own-devices", permission=Permission.OWN_ACCOUNT, query=AfterQuery(), answer=DEVICE_PAGE
)
def list_own_devices(query: dict[str, str]) -> Page[dict[str, Any]]:
    """One's own devices, the last in contact first."""
    newest = [Device.last_contact_at, Device.id]
    found = page(own_devices(current_actor()), newest, query["after"], newest_first=True)
    return Page(_listed(found.items), found.next)


def _listed(found: list[Device]) -> list[dict[str, Any]]:
    owners = {device.account_id for device in found}
    live = devices.live_devices(owners)
    names = select(Account.id, Account.name).where(Account.id.in_(owners))
    accounts = {
        id_: {"id": id_, "name": name, "live_devices": len(live[id_])}
        for id_, name in db.session.execute(names)
    }
    return [
        {
            "id": device.id,
            "account": accounts[device.account_id],
            "enrolled_at": device.enrolled_at,
            "last_contact_at": device.last_contact_at,
            "sealed": device.sealed,
            "keeps_nothing": devices.keeps_nothing(device.id),
            "revoked_at": device.revoked_at,
        }
        for device in found
    ]


@routes.post(
    "/devices/<uuid:device_id>/revocation",
    permission=Permission.DEVICE_REVOKE,
    answer=DeviceOut(),
)
def revoke_device(device_id: Any) -> dict[str, Any]:
    """Report a device lost: it gets nothing from its next request on."""
    device = _device(device_id)
    return _listed([devices.revoke(current_actor(), device)])[0]


@routes.post(
    "/devices/<uuid:device_id>/removal-code",
    permission=Permission.DEVICE_REVOKE,
    answer=RemovalCodeOut(),
)
def tell_removal_code(device_id: Any) -> dict[str, str]:
    """The code with which a phone lets go of what it never sent. Who asked is noted."""
    return {"code": devices.removal_code(current_actor(), _device(device_id))}


@routes.post(
    "/own-devices/<uuid:device_id>/revocation",
    permission=Permission.OWN_ACCOUNT,
    answer=DeviceOut(),
)
def revoke_own_device(device_id: Any) -> dict[str, Any]:
    """Report a device of one's own lost."""
    actor = current_actor()
    device = first_or_404(own_devices(actor).where(Device.id == str(device_id)))
    return _listed([devices.revoke(actor, device)])[0]


@routes.post(
    "/devices/<uuid:device_id>/breach-report",
    permission=Permission.BREACH_READ,
    body=BreachReasonBody(),
    answer=BreachReportOut(),
)
def read_breach(body: dict[str, str], device_id: Any) -> dict[str, Any]:
    """Which households and doors a device held, with a reason that is logged."""
    device = _device(device_id)
    report = breach_report(current_actor(), device, body["reason"])
    return report | {"device": _listed([device])[0]}


def _device(device_id: Any) -> Device:
    return first_or_404(visible_devices(current_actor()).where(Device.id == str(device_id)))

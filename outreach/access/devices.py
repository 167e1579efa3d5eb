"""The phones and browsers that sync: enrolled, sealed with a key of their own, emptied, revoked."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from sqlalchemy import func, select

from outreach.access.actor import Actor
from outreach.access.models import Device, Session
from outreach.audit import endings, trail
from outreach.clock import now, secret
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput, NotAllowed

KEEPS_NOTHING = 8


class DeviceOfAnother(Conflict):
    """Each account has a store and a device id of its own, also on a shared phone."""

    code = "device-of-another"


class DeviceKeyDiffers(Conflict):
    """A device that keeps its key has one as long as it has its id; a new key takes a new id."""

    code = "device-key-differs"


class NoRemovalCode(Conflict):
    """This device never enrolled with a key: there is no code that it would know."""

    code = "no-removal-code"


class DeviceRevoked(NotAllowed):
    """Somebody reported this phone lost."""

    code = "device-revoked"


def keeps_nothing(device_id: str) -> bool:
    """Whether this is a browser with a store in memory only, as the version of its id says."""
    return UUID(device_id).version == KEEPS_NOTHING


def live_devices(account_ids: Iterable[str], since: datetime | None = None) -> dict[str, list[str]]:
    """Per account the ids, in order, of its devices that keep something and are not revoked.

    `since`: only those that synced from then on.
    """
    live: dict[str, list[str]] = {id_: [] for id_ in account_ids}
    rows = select(Device.account_id, Device.id).where(
        Device.account_id.in_(list(live)), Device.revoked_at.is_(None)
    )
    if since:
        rows = rows.where(func.coalesce(Device.synced_at, Device.last_contact_at) >= since)
    for owner, id_ in db.session.execute(rows.order_by(Device.id)):
        if not keeps_nothing(id_):
            live[owner].append(id_)
    return live


def device_in_contact(actor: Actor, device_id: str) -> Device:
    """The device, enrolled if it is new; raises DeviceOfAnother or DeviceRevoked."""
    device = db.session.get(Device, device_id)
    if device is None:
        device = Device(
            id=device_id,
            municipality_id=actor.municipality_id,
            account_id=actor.account_id,
            enrolled_at=now(),
            last_contact_at=now(),
        )
        db.session.add(device)
    if device.account_id != actor.account_id:
        raise DeviceOfAnother
    if device.revoked_at:
        raise DeviceRevoked
    _bind_session(actor, device_id)
    device.last_contact_at = now()
    db.session.flush()
    return device


def remember_unsent(device: Device, said: dict[str, Any]) -> None:
    """Keep what the phone says stays on it; one that does not tell, or goes on, changes nothing."""
    unsent = said["unsent"]
    if unsent is None or said["more"]:
        return
    device.unsent_count = unsent["count"]
    device.unsent_since = unsent["oldest"] if unsent["count"] else None


def _bind_session(actor: Actor, device_id: str) -> None:
    """Raises DeviceRevoked: who holds a lost phone must not go on as another device."""
    session = db.session.get(Session, actor.session_id) if actor.session_id else None
    if session is None or session.device_id == device_id:
        return
    before = db.session.get(Device, session.device_id) if session.device_id else None
    if before and before.revoked_at:
        raise DeviceRevoked
    session.device_id = device_id


def seal_device(actor: Actor, device_id: str, signing_key: bytes) -> Device:
    """Enrol a device with its signing key (P-256, SPKI DER), or complete one that synced before.

    Raises DeviceKeyDiffers, InvalidInput, and what device_in_contact raises.
    """
    own_form = _in_one_form(signing_key)
    device = device_in_contact(actor, device_id)
    # A browser that keeps nothing has a new key each time.
    if device.signing_key not in {None, own_form} and not keeps_nothing(device_id):
        raise DeviceKeyDiffers
    if device.signing_key is None and not keeps_nothing(device_id):
        endings.add([sealed(device, own_form)])
    device.signing_key, device.sealed = own_form, True
    device.removal_code = device.removal_code or _eight_digits()
    db.session.flush()
    return device


def _eight_digits() -> str:
    digest = hashlib.sha256(secret().encode()).digest()
    return f"{int.from_bytes(digest, 'big') % 10**8:08}"


def removal_check(device: Device) -> str:
    """What the phone keeps to know its code by, in hex.

    Whoever tries all codes finds it. It protects nothing from a thief, who can delete the browser's
    data anyway, but what somebody wrote from somebody in a hurry.
    """
    said = f"voordeur removal 1\n{device.id}\n{device.removal_code}"
    return hashlib.sha256(said.encode()).hexdigest()


def removal_code(actor: Actor, device: Device) -> str:
    """The eight digits that let this phone throw away what it has not sent; noted in the trail.

    Raises NoRemovalCode.
    """
    if device.removal_code is None:
        raise NoRemovalCode
    trail.note(actor.municipality_id, actor.account_id, "device.empty", "device", device.id)
    return device.removal_code


def _in_one_form(signing_key: bytes) -> bytes:
    """The same key has more than one encoding; only one is kept and compared."""
    try:
        key = load_der_public_key(signing_key)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise InvalidInput(InputError("/signing_key", "not-a-signing-key"))
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def revoke(actor: Actor, device: Device) -> Device:
    """Report a device lost: it gets nothing from now on. Done twice it is done once."""
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by = now(), actor.account_id
        trail.note(actor.municipality_id, actor.account_id, "device.revoke", "device", device.id)
        endings.add([lost(device, device.revoked_at)])
    return device


def lost(device: Device, at: datetime) -> endings.Ending:
    """The line that keeps a phone lost, also where an older copy of the database never knew it."""
    return _line(endings.Kind.DEVICE, device, at, device.signing_key)


def sealed(device: Device, signing_key: bytes) -> endings.Ending:
    """The line that keeps a phone's key: what it signs is trusted after a restore, too."""
    return _line(endings.Kind.DEVICE_SEALED, device, device.enrolled_at, signing_key)


def _line(
    kind: endings.Kind, device: Device, at: datetime, signing_key: bytes | None
) -> endings.Ending:
    return endings.Ending(
        kind,
        device.municipality_id,
        device.id,
        endings.NO_DOSSIER,
        at,
        device.account_id,
        b64encode(signing_key).decode() if signing_key else endings.NOTHING,
    )

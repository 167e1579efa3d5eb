"""The phones and browsers that sync; the first sync enrols one."""

from outreach.access.actor import Actor
from outreach.access.models import Device
from outreach.clock import now
from outreach.db import db
from outreach.errors import Conflict, NotAllowed


class DeviceOfAnother(Conflict):
    """Each account has a store and a device id of its own, also on a shared phone."""

    code = "device-of-another"


class DeviceRevoked(NotAllowed):
    """Somebody reported this phone lost."""

    code = "device-revoked"


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
    device.last_contact_at = now()
    db.session.flush()
    return device

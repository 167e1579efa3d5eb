"""Devices: a phone that seals its store says so."""

from typing import Any

from outreach.access import devices
from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.db import db
from outreach.sync import escrow
from outreach.sync.retrying import retried
from outreach.sync.schemas import DeviceBody, SealedDeviceOut
from outreach.web.routing import Routes

routes = Routes("devices", "The phones and browsers that sync")


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
    return {"device_id": device.id, "escrow_key": escrow.shown(key)}

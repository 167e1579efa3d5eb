"""`POST /v1/sync`: one request does both directions."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.db import db
from outreach.sync.answering import answer
from outreach.sync.devices import device_in_contact
from outreach.sync.receiving import Sender, receive
from outreach.sync.schemas import SyncAnswer, SyncBody
from outreach.web.routing import Routes

routes = Routes("sync", "The exchange between a phone and the server")
TRIES = 5
# Another phone wrote at the same moment: a fresh snapshot shows what it did.
PASSING = {"40001", "40P01", "23505"}


@routes.post("/sync", permission=Permission.SYNC, body=SyncBody(), answer=SyncAnswer())
def sync(said: dict[str, Any]) -> dict[str, Any]:
    """Take a phone's mutations and bring it up to date, in one transaction and one snapshot."""
    for _ in range(TRIES - 1):
        try:
            return _exchange(said, last_try=False)
        except DBAPIError as fault:
            db.session.rollback()
            if getattr(fault.orig, "sqlstate", None) not in PASSING:
                break
    return _exchange(said, last_try=True)


def _exchange(said: dict[str, Any], *, last_try: bool) -> dict[str, Any]:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    actor = current_actor()
    device = device_in_contact(actor, said["device_id"])
    outcomes = receive(Sender(actor, device.id, last_try), said["mutations"])
    reply = answer(actor, device, said, outcomes)
    db.session.commit()  # here, so that a serialization failure is tried again
    return reply

"""`POST /v1/sync`: one request does both directions."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.devices import device_in_contact, remember_unsent
from outreach.access.roles import Permission
from outreach.audit import trail
from outreach.clock import now
from outreach.db import db
from outreach.sync.answering import answer, ask_for_holdings, may_have_lost
from outreach.sync.boxes import take_again
from outreach.sync.receiving import NeedsCare, Sender, receive
from outreach.sync.retrying import retried
from outreach.sync.schemas import SyncAnswer, SyncBody
from outreach.sync.upcasting import lowered
from outreach.web.routing import Routes

routes = Routes("sync", "The exchange between a phone and the server")


@routes.post("/sync", permission=Permission.SYNC, body=SyncBody(), answer=SyncAnswer())
def sync(said: dict[str, Any]) -> dict[str, Any]:
    """Take a phone's mutations and bring it up to date, in one transaction and one snapshot."""
    try:
        reply = retried(lambda last_try: _exchange(said, last_try=last_try, in_one_go=True))
    except NeedsCare:
        db.session.rollback()
        reply = retried(lambda last_try: _exchange(said, last_try=last_try, in_one_go=False))
    return lowered(reply, said["schema"])


def _exchange(said: dict[str, Any], *, last_try: bool, in_one_go: bool) -> dict[str, Any]:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    if last_try:
        trail.write_alone()  # a clash about the trail would put aside what is well said
    actor = current_actor()
    device = device_in_contact(actor, said["device_id"])
    device.synced_at = now()
    remember_unsent(device, said)
    if may_have_lost(device, said):
        reply = ask_for_holdings(said, [])
    else:
        sender = Sender(actor, device.id, last_try, in_one_go)
        outcomes = take_again(sender, said["copies"]) + receive(sender, said["mutations"])
        reply = answer(actor, device, said, outcomes)
    db.session.commit()  # here, so that a serialization failure is tried again
    return reply

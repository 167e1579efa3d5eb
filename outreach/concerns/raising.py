"""A volunteer raises a concern: facts, at an address or at none; the trail says only that."""

from collections.abc import Collection

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent
from outreach.access.reaching import colleagues_who_may
from outreach.access.roles import Permission
from outreach.audit import trail
from outreach.audit.differences import Effect
from outreach.concerns.models import Concern
from outreach.db import db
from outreach.messages import outbox
from outreach.messages.kinds import Kind
from outreach.territory.models import Address


def own_dossiers(_actor: Actor, ids: Collection[str]) -> set[str]:
    """A concern is a dossier of its own: anybody who may raise one may write to a new one."""
    return set(ids)


def raise_concern(intent: Intent) -> Effect:
    """Keep the facts. Told again in other words, by the same person, both are kept.

    Raises CannotApply where it is said of another dossier, the address is unknown or the id is
    somebody else's.
    """
    body = intent.body
    if intent.dossier_id != body["concern_id"]:
        raise CannotApply("no-right")
    concern = db.session.get(Concern, body["concern_id"])
    if concern is not None:
        return _told_again(concern, intent)
    if body["address_id"] and not _is_known(intent, body["address_id"]):
        raise CannotApply("unknown-address")
    db.session.add(
        Concern(
            id=body["concern_id"],
            municipality_id=intent.actor.municipality_id,
            address_id=body["address_id"],
            reporter_id=intent.actor.account_id,
            facts=body["facts"],
            made_at=intent.made_at,
            received_at=intent.received_at,
        )
    )
    _note(intent)
    # That there is something they hear at once; that it is a concern they read here.
    who = colleagues_who_may(intent.actor.municipality_id, {Permission.CONCERN_READ})
    outbox.tell(intent.actor.municipality_id, who, Kind.CANNOT_WAIT, body["concern_id"])
    return Effect.APPLIED


def _is_known(intent: Intent, address_id: str) -> bool:
    rows = select(Address.id).where(
        Address.id == address_id, Address.municipality_id == intent.actor.municipality_id
    )
    return db.session.scalar(rows) is not None


def _told_again(concern: Concern, intent: Intent) -> Effect:
    if concern.reporter_id != intent.actor.account_id:
        raise CannotApply("id-in-use")
    facts = intent.body["facts"]
    if facts not in concern.facts.split("\n\n"):
        concern.facts = f"{concern.facts}\n\n{facts}"
        _note(intent)
    return Effect.MERGED


def _note(intent: Intent) -> None:
    actor = intent.actor
    trail.note(
        actor.municipality_id,
        actor.account_id,
        "concern.raise",
        "concern",
        intent.body["concern_id"],
    )

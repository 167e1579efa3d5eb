"""Settling a difference: a person says which of the two values stands."""

from collections.abc import Callable, Collection

from marshmallow import fields, validate
from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import CannotApply, Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import now
from outreach.conversations import settling as conversations
from outreach.conversations.scope import writable_households
from outreach.db import db
from outreach.handover import settling as handover
from outreach.plans import settling as plans
from outreach.sync.schemas import UUID
from outreach.visits import recording
from outreach.visits.scope import writable_stops
from outreach.web.schemas import Schema

Settler = Callable[[Difference, str, Actor], None]
SETTLERS: dict[str, Settler] = {
    "contact_attempt": recording.settle,
    "assessment": conversations.settle,
    "note": conversations.settle,
    "debt_help_request": conversations.settle,
    "consent": conversations.settle,
    "household": conversations.settle,
    "goal": plans.settle,
    "step": plans.settle,
    "plan": plans.settle,
    "aftercare": plans.settle,
    "handover": handover.settle,
}


class SettleBody(Schema):
    """Which difference, and which of its two values stays."""

    difference_id = fields.String(required=True, validate=UUID)
    keep = fields.String(required=True, validate=validate.OneOf(["shown", "other"]))


def settle_difference(intent: Intent) -> Effect:
    """Let the chosen value stand; settled twice is merged, the first choice stays."""
    rows = select(Difference).where(
        Difference.id == intent.body["difference_id"],
        Difference.dossier_id == intent.dossier_id,
        Difference.municipality_id == intent.actor.municipality_id,
    )
    difference = db.session.scalars(rows).first()
    if difference is None:
        raise CannotApply("unknown-difference")
    if difference.settled_at:
        return Effect.MERGED
    SETTLERS[difference.object_kind](difference, intent.body["keep"], intent.actor)
    difference.settled_at = now()
    difference.settled_by = intent.actor.account_id
    return Effect.APPLIED


def _writable(actor: Actor, ids: Collection[str]) -> set[str]:
    return writable_stops(actor, ids) | writable_households(actor, ids)


MUTATIONS = (
    Mutation(
        kind="difference.settle",
        body=SettleBody(),
        permission=Permission.VISIT_RECORD,
        writable=_writable,
        act=settle_difference,
    ),
)

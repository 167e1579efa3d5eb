"""Settling a difference: a person says which of the two values stands."""

from collections.abc import Callable, Collection

from marshmallow import fields, validate
from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.intents import About, CannotApply, Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit.differences import Effect, agree
from outreach.audit.models import Difference
from outreach.clock import now
from outreach.conversations import settling as conversations
from outreach.conversations.scope import writable_households
from outreach.db import db
from outreach.handover import settling as handover
from outreach.plans import settling as plans
from outreach.plans.scope import writable_plans
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

# A door's word brings details and a hold along, a consent all that rests on it: they see to it.
FIELD_BY_FIELD = SETTLERS.keys() - {"contact_attempt", "consent"}
OF_PLANS = frozenset(plans.KINDS)


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
    _check_right(intent, difference)
    keep, by = intent.body["keep"], intent.actor.account_id
    SETTLERS[difference.object_kind](difference, keep, intent.actor)
    difference.settled_at, difference.settled_by = now(), by
    if difference.object_kind in FIELD_BY_FIELD:
        stands = difference.shown if keep == "shown" else difference.other
        agree(difference.object_id, difference.field, stands["value"], by)
    return Effect.APPLIED


def _check_right(intent: Intent, difference: Difference) -> None:
    """Who was not of the talk, or at the door, decides about the plan alone."""
    actor, ids = intent.actor, [intent.dossier_id]
    if difference.object_kind in OF_PLANS:
        return
    if not writable_households(actor, ids) | writable_stops(actor, ids):
        raise CannotApply("no-right")


def _writable(actor: Actor, ids: Collection[str]) -> set[str]:
    """Doors and talks of their own, and plans to which they come back."""
    return writable_stops(actor, ids) | writable_plans(actor, ids)


MUTATIONS = (
    Mutation(
        kind="difference.settle",
        body=SettleBody(),
        permission=Permission.VISIT_RECORD,
        writable=_writable,
        act=settle_difference,
        content=Permission.TALK_OPEN,
        about=About.NO_DOOR,
    ),
)

"""Coming back to a plan some weeks later: planning it, and what came of it."""

from datetime import date, timedelta

from sqlalchemy import select

from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import AMSTERDAM
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.plans import rows
from outreach.plans.models import Aftercare, Plan
from outreach.plans.planning import noted_talk, plan_for
from outreach.territory.models import Household
from outreach.visits.models import Stop

FURTHEST_AHEAD = timedelta(days=366)
MOVED = "moved"


def plan_aftercare(intent: Intent) -> Effect:
    """Plan coming back, by who says so; the same id again moves the date and keeps the person.

    The day lies after the talk, and at most a year ahead; raises CannotApply otherwise.
    """
    body = intent.body
    conversation = noted_talk(intent)
    plan = plan_for(intent, body["plan_id"], conversation)
    _check_day(body["due_on"], conversation, intent)
    aftercare = rows.find_aftercare(intent, body["aftercare_id"])
    if aftercare is None:
        db.session.add(_new_aftercare(intent, plan, conversation))
        db.session.flush()
        return Effect.APPLIED
    aftercare.due_on, aftercare.day_part = body["due_on"], body["day_part"]
    aftercare.kind = body["kind"]
    return Effect.APPLIED


def _check_day(due_on: date, conversation: Conversation, intent: Intent) -> None:
    # A phone can be offline for a year: counted from the talk or from today, the later of the two.
    received_on = intent.received_at.astimezone(AMSTERDAM).date()
    latest = max(conversation.date, received_on) + FURTHEST_AHEAD
    if not conversation.date <= due_on <= latest:
        raise CannotApply("day-out-of-reach")


def _new_aftercare(intent: Intent, plan: Plan, conversation: Conversation) -> Aftercare:
    return Aftercare(
        id=intent.body["aftercare_id"],
        municipality_id=plan.municipality_id,
        household_id=plan.household_id,
        plan_id=plan.id,
        campaign_id=conversation.campaign_id,
        account_id=intent.actor.account_id,
        due_on=intent.body["due_on"],
        day_part=intent.body["day_part"],
        kind=intent.body["kind"],
        received_at=intent.received_at,
    )


def record_aftercare(intent: Intent) -> Effect:
    """What came of it. Who moved takes the dossier off this door; recorded anew, it comes back."""
    body = intent.body
    aftercare = rows.find_aftercare(intent, body["aftercare_id"])
    if aftercare is None:
        noted_talk(intent)  # what went with a withdrawn consent is erased, not unknown
        raise CannotApply("unknown-aftercare")
    if MOVED in {aftercare.outcome, body["outcome"]}:
        _move(aftercare, gone=body["outcome"] == MOVED)
    aftercare.outcome, aftercare.more_help = body["outcome"], body["more_help"]
    aftercare.closed_at = (aftercare.closed_at or intent.received_at) if body["close"] else None
    return Effect.APPLIED


def _move(aftercare: Aftercare, *, gone: bool) -> None:
    household = db.session.get_one(Household, aftercare.household_id)
    door = (
        select(Stop.address_id)
        .join(Conversation, Conversation.stop_id == Stop.id)
        .join(Plan, Plan.conversation_id == Conversation.id)
        .where(Plan.id == aftercare.plan_id)
    )
    household.address_id = None if gone else db.session.scalars(door).first()

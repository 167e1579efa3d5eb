"""Coming back to a plan some weeks later: planning it, and what came of it."""

from datetime import date, timedelta

from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import AMSTERDAM
from outreach.conversations.differing import change_together
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.plans import rows, together
from outreach.plans.models import Aftercare, Plan
from outreach.plans.planning import noted_talk, plan_for

FURTHEST_AHEAD = timedelta(days=366)


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
        return Effect.APPLIED if body["from"] is None else Effect.MERGED
    effect = change_together(
        intent,
        aftercare,
        together.AGREED,
        together.agreement(body),
        stands=together.agreement_of(aftercare),
        came_from=together.before(body, together.agreement),
    )
    together.let_agreement_stand(aftercare, together.agreement(body))
    return effect


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
    """What came of it; another's word that this phone had not heard is kept beside it."""
    body = intent.body
    aftercare = rows.find_aftercare(intent, body["aftercare_id"])
    if aftercare is None:
        noted_talk(intent)  # what went with a withdrawn consent is erased, not unknown
        raise CannotApply("unknown-aftercare")
    effect = change_together(
        intent,
        aftercare,
        together.RESULT,
        together.result(body),
        stands=together.result_of(aftercare),
        came_from=together.before(body, together.result, together.NO_RESULT),
    )
    together.let_result_stand(aftercare, together.result(body), intent.received_at)
    return effect

"""Making a plan together: goals, steps, and the paper that the household keeps.

A plan comes into being with the first thing said about it, under the id its stop reserved. Nothing
of it is stored unless consent to note stands.
"""

from typing import Any

from sqlalchemy import select

from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.access.models import Account
from outreach.audit.differences import Effect
from outreach.conversations.agreement import (
    HEALTH,
    noted_conversation,
    require_domain,
    require_note,
    standing,
)
from outreach.conversations.differing import change, change_together, strongest
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.plans import rows, together
from outreach.plans.forgetting import forget_goal, forget_step
from outreach.plans.models import Goal, Plan, Step

GOAL_FIELDS = ("position", "domain", "text")
STEP_FIELDS = ("position", "text", "who", "who_name", "by")


def plan_for(intent: Intent, plan_id: str, conversation: Conversation) -> Plan:
    """The household's plan, made when it is not there; raises CannotApply beside another one."""
    plan = rows.find_plan(intent, plan_id)
    if plan is not None:
        return plan
    other = select(Plan.id).where(Plan.household_id == intent.dossier_id)
    if db.session.scalars(other).first():
        raise CannotApply("another-plan")
    plan = Plan(
        id=plan_id,
        municipality_id=conversation.municipality_id,
        household_id=conversation.household_id,
        conversation_id=conversation.id,
        print_wanted=False,
        made_at=intent.made_at,
        received_at=intent.received_at,
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def noted_talk(intent: Intent) -> Conversation:
    """The talk of the household's plan, if they let us write; raises as `require_note` does."""
    conversation = rows.talk_of_plan(intent)
    require_note(conversation, intent)
    return conversation


def set_goal(intent: Intent) -> Effect:
    """Write a goal; one that was removed meanwhile comes back, for nothing typed is lost."""
    body = intent.body
    conversation = noted_conversation(intent)
    goal = rows.find_goal(intent, body["goal_id"])
    was = body["from"] or {}
    # Its words were said about what it was: moved to another subject they still rest on that yes.
    for domain in {body["domain"], goal.domain if goal else "", was.get("domain") or ""}:
        require_domain(conversation, domain, intent)
    plan = plan_for(intent, body["plan_id"], conversation)
    said, before = _fields(GOAL_FIELDS, body), body["from"]
    if goal is not None:
        return _change_fields(intent, goal, said, before)
    db.session.add(
        Goal(id=body["goal_id"], municipality_id=plan.municipality_id, plan_id=plan.id, **said)
    )
    db.session.flush()
    return Effect.APPLIED if before is None else Effect.MERGED


def remove_goal(intent: Intent) -> Effect:
    """Take a goal away with its steps; a second time changes nothing."""
    goal = rows.find_goal(intent, intent.body["goal_id"])
    if goal is None:
        return Effect.MERGED
    forget_goal(goal)
    return Effect.APPLIED


def set_step(intent: Intent) -> Effect:
    """Write a step; only fields that the phone changed are compared with what stands here."""
    body = intent.body
    goal = _goal_of_step(intent)
    said, before = _fields(STEP_FIELDS, body), body["from"]
    step = rows.find_step(intent, body["step_id"])
    if step is None:
        db.session.add(
            Step(
                id=body["step_id"],
                municipality_id=goal.municipality_id,
                goal_id=goal.id,
                status="open",
                **said,
            )
        )
        db.session.flush()
        return Effect.APPLIED if before is None else Effect.MERGED
    step.goal_id = goal.id
    return _change_fields(intent, step, said, before)


def _change_fields(
    intent: Intent, row: Goal | Step, said: dict[str, Any], before: dict[str, Any] | None
) -> Effect:
    """Compare each field that the phone changed with what stands here."""
    known = dict.fromkeys(said) if before is None else _fields(tuple(said), before)
    changed = [name for name in said if said[name] != known[name]]
    effects = [change(intent, row, name, said[name], came_from=known[name]) for name in changed]
    return strongest(effects) if effects else Effect.APPLIED


def _goal_of_step(intent: Intent) -> Goal:
    """The goal a step is for, if the household lets us write about it.

    Nothing tells what an unknown goal was about: where they want none about health it is gone.
    """
    conversation = noted_talk(intent)
    goal = rows.find_goal(intent, intent.body["goal_id"])
    if goal is not None:
        require_domain(conversation, goal.domain, intent)
        return goal
    if standing(conversation.id, "health") is not None:
        require_domain(conversation, HEALTH, intent)
    raise CannotApply("unknown-goal")


def _fields(names: tuple[str, ...], body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in names}


def remove_step(intent: Intent) -> Effect:
    """Take a step away; a second time changes nothing."""
    step = rows.find_step(intent, intent.body["step_id"])
    if step is None:
        return Effect.MERGED
    forget_step(step)
    return Effect.APPLIED


def set_status(intent: Intent) -> Effect:
    """How far a step is; raises AlreadyErased for a step that was taken out of the plan."""
    noted_talk(intent)
    step = rows.find_step(intent, intent.body["step_id"])
    if step is None:
        raise AlreadyErased
    return change(intent, step, "status", intent.body["status"], came_from=intent.body["from"])


def ask_for_print(intent: Intent) -> Effect:
    """Say whether the household wants paper, who brings it and when; asked anew, printed anew."""
    body = intent.body
    plan = plan_for(intent, body["plan_id"], noted_talk(intent))
    if body["bring_by"]:
        colleague = select(Account.id).where(
            Account.municipality_id == plan.municipality_id, Account.id == body["bring_by"]
        )
        if db.session.scalars(colleague).first() is None:
            raise CannotApply("unknown-account")
    effect = change_together(
        intent,
        plan,
        together.PRINT,
        together.wish(body),
        stands=together.wish_of(plan),
        came_from=together.before(body, together.wish, together.NO_WISH),
    )
    together.let_wish_stand(plan, together.wish(body))
    return effect

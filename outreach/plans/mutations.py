"""Intents of phones about plans and aftercare; withdrawn consent takes them along."""

from collections.abc import Callable

from outreach.access.intents import About, Intent, Mutation
from outreach.access.roles import Permission
from outreach.audit.differences import Effect
from outreach.conversations.consenting import ON_HEALTH_WITHDRAWN, ON_NOTE_WITHDRAWN
from outreach.plans import aftercare, forgetting, planning, schemas
from outreach.plans.scope import writable_plans
from outreach.web.schemas import Schema


def _mutation(
    kind: str, body: Schema, act: Callable[[Intent], Effect], mendable: tuple[str, ...] = ()
) -> Mutation:
    return Mutation(
        kind=kind,
        body=body,
        permission=Permission.TALK_RECORD,
        writable=writable_plans,
        act=act,
        content=Permission.TALK_OPEN,
        about=About.HOUSEHOLD,
        mendable=frozenset(mendable),
    )


MUTATIONS: tuple[Mutation, ...] = (
    _mutation("goal.set", schemas.GoalSetBody(), planning.set_goal),
    _mutation("goal.remove", schemas.GoalRemoveBody(), planning.remove_goal),
    _mutation("step.set", schemas.StepSetBody(), planning.set_step),
    _mutation("step.remove", schemas.StepRemoveBody(), planning.remove_step),
    _mutation("step.set_status", schemas.StepStatusBody(), planning.set_status),
    _mutation("plan.print", schemas.PlanPrintBody(), planning.ask_for_print),
    _mutation(
        "aftercare.plan",
        schemas.AftercarePlanBody(),
        aftercare.plan_aftercare,
        ("due_on", "day_part"),
    ),
    _mutation("aftercare.record", schemas.AftercareRecordBody(), aftercare.record_aftercare),
)

ON_NOTE_WITHDRAWN.append(forgetting.forget_on_withdrawal)
ON_HEALTH_WITHDRAWN.append(forgetting.forget_health)

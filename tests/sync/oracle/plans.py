"""The plan, coming back to it, and handing over."""

from typing import Any

from tests.sync.oracle import consents
from tests.sync.oracle.differing import change, strongest
from tests.sync.oracle.world import (
    HEALTH,
    Aside,
    Body,
    Goal,
    Gone,
    Household,
    Said,
    World,
)

GOAL = ("position", "domain", "text")
STEP = ("position", "text", "who", "who_name", "by")
NO_RESULT = {"outcome": "", "more_help": False, "close": False}
RESULT = ("outcome", "more_help", "close")
OFFER = ("urgency", "why", "company_wanted", "domains")
URGENCIES = ("ordinary", "soon", "crisis")


def _noted(world: World, said: Said) -> Household:
    """The household, if it lets us write; these mutations name no talk."""
    world.only_talk(said)
    household = world.households[said.dossier]
    consents.require_note(household, said)
    return household


def _plan(household: Household, plan_id: str) -> None:
    if household.plan not in {None, plan_id}:
        raise Aside("another-plan")
    household.plan = plan_id


def set_goal(world: World, said: Said) -> str:
    """A goal; one that was removed meanwhile comes back."""
    world.talk_of(said)
    household, body = world.households[said.dossier], said.body
    consents.require_note(household, said)
    goal = household.goals.get(body["goal_id"])
    was = (body["from"] or {}).get("domain") or ""
    for domain in (body["domain"], goal.domain if goal else "", was):
        consents.require_domain(household, domain, said)
    _plan(household, body["plan_id"])
    fields, before = {name: body[name] for name in GOAL}, body["from"]
    if goal is None:
        household.goals[body["goal_id"]] = Goal(**fields)
        return "applied" if before is None else "merged"
    stands = {name: getattr(goal, name) for name in GOAL}
    effect = _change_fields(world, said, stands, ("goal", body["goal_id"]), fields)
    goal.position, goal.domain, goal.text = (stands[name] for name in GOAL)
    return effect


def _change_fields(
    world: World, said: Said, row: Body, about: tuple[str, str], fields: Body
) -> str:
    """Only what the phone changed is compared with what stands here."""
    known = said.body["from"] or dict.fromkeys(fields)
    effects = []
    for name, value in fields.items():
        if value != known[name]:
            row[name], effect = change(world, said, row[name], (about, name), value, known[name])
            effects.append(effect)
    return strongest(effects) if effects else "applied"


def _change_together(
    world: World, said: Said, row: Body, where: tuple[tuple[str, str], str], fields: Body
) -> str:
    """What one act says of several fields differs as one."""
    stands = {name: row[name] for name in fields}
    before = said.body["from"] or (NO_RESULT if where[1] == "result" else None)
    shown, effect = change(world, said, stands, where, fields, before)
    row |= shown
    return effect


def remove_goal(world: World, said: Said) -> str:
    """A goal goes with its steps."""
    household, id_ = world.households.get(said.dossier), said.body["goal_id"]
    if household is None or id_ not in household.goals:
        return "merged"
    consents.forget_goal(world, household, id_)
    return "applied"


def _goal_of(household: Household, step_id: str) -> Goal | None:
    return next((g for g in household.goals.values() if step_id in g.steps), None)


def set_step(world: World, said: Said) -> str:
    """A step; only what the phone changed is compared with what stands here."""
    household, body = _noted(world, said), said.body
    goal, id_ = household.goals.get(body["goal_id"]), body["step_id"]
    if goal is None:
        if consents.standing(household, "health") is not None:
            consents.require_domain(household, HEALTH, said)
        raise Aside("unknown-goal")
    consents.require_domain(household, goal.domain, said)
    fields = {name: body[name] for name in STEP}
    before = body["from"]
    was_in = _goal_of(household, id_)
    if was_in is None:
        goal.steps[id_] = fields | {"status": "open"}
        return "applied" if before is None else "merged"
    step = was_in.steps.pop(id_)
    goal.steps[id_] = step
    return _change_fields(world, said, step, ("step", id_), fields)


def remove_step(world: World, said: Said) -> str:
    """A step goes."""
    household, id_ = world.households.get(said.dossier), said.body["step_id"]
    goal = _goal_of(household, id_) if household else None
    if goal is None:
        return "merged"
    world.forget_differences([("step", id_)])
    del goal.steps[id_]
    return "applied"


def set_status(world: World, said: Said) -> str:
    """How far a step is; one that was taken out is gone."""
    household, body = _noted(world, said), said.body
    goal = _goal_of(household, body["step_id"])
    if goal is None:
        raise Gone
    step, where = goal.steps[body["step_id"]], (("step", body["step_id"]), "status")
    step["status"], effect = change(
        world, said, step["status"], where, body["status"], body["from"]
    )
    return effect


def plan_aftercare(world: World, said: Said) -> str:
    """Who plans coming back is who comes; planned again, only the day moves."""
    household, body = _noted(world, said), said.body
    _plan(household, body["plan_id"])
    new = {"by": said.author, "outcome": "", "more_help": False, "close": False}
    said_now = {name: body[name] for name in ("due_on", "day_part", "kind")}
    known = household.aftercares.get(body["aftercare_id"])
    if known is None:
        household.aftercares[body["aftercare_id"]] = new | said_now
        return "applied" if body["from"] is None else "merged"
    where = (("aftercare", body["aftercare_id"]), "agreed")
    return _change_together(world, said, known, where, said_now)


def record_aftercare(world: World, said: Said) -> str:
    """What came of it; who moved is no longer found at this door."""
    household, body = world.households.get(said.dossier), said.body
    aftercare = household.aftercares.get(body["aftercare_id"]) if household else None
    if household is None or aftercare is None:
        _noted(world, said)
        raise Aside("unknown-aftercare")
    before = aftercare["outcome"]
    where = (("aftercare", body["aftercare_id"]), "result")
    fields = {name: body[name] for name in RESULT}
    effect = _change_together(world, said, aftercare, where, fields)
    moved(household, before, aftercare["outcome"])
    return effect


def moved(household: Household, before: str, now: str) -> None:
    """Who moved is no longer found at this door; where that was not so, they are."""
    if "moved" in {before, now}:
        household.at_door = now != "moved"


def offer(world: World, said: Said) -> str:
    """To a team they said yes to; from a second phone the protective value shows."""
    world.talk_of(said)
    household, body = world.households[said.dossier], said.body
    if body["why"].strip() or body["domains"]:
        consents.require_note(household, said)
    team = body["team_id"]
    named = [c for c in household.consents if c.id == body["consent_id"]]
    fits = named and (named[0].purpose, named[0].team) == ("share", team)
    agreed = consents.standing(household, "share", team)
    if not fits or agreed is None or not agreed.counts:
        raise Aside("no-consent-to-share")
    fields = {name: body[name] for name in OFFER} | {"domains": sorted(set(body["domains"]))}
    handover = household.handovers.get(body["handover_id"])
    if handover is None:
        new = {"team_id": team, "state": "offered", "author": said.author}
        household.handovers[body["handover_id"]] = fields | new
        return "applied"
    if handover["team_id"] != team:
        raise Aside("id-in-use")
    if handover["state"] != "offered":
        raise Aside("handover-ended")
    effects = []
    for name in OFFER:
        where = (("handover", body["handover_id"]), name)
        safer = _safer(name, handover[name], fields[name])
        handover[name], effect = change(
            world, said, handover[name], where, fields[name], None, safer
        )
        effects.append(effect)
    return strongest(effects)


def _safer(name: str, stands: Any, value: Any) -> Any:
    """What stands, where it is more urgent, or does not share more."""
    if name == "urgency" and URGENCIES.index(stands) > URGENCIES.index(value):
        return stands
    return stands if name == "domains" and not set(value) < set(stands) else None


def withdraw_offer(world: World, said: Said) -> str:
    """Taken back."""
    household = world.households.get(said.dossier)
    handovers: dict[str, Body] = household.handovers if household else {}
    handover = handovers.get(said.body["handover_id"])
    if handover is None:
        raise Aside("unknown-handover")
    if handover["state"] == "withdrawn":
        return "merged"
    handover["state"] = "withdrawn"
    return "applied"

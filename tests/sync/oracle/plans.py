"""The plan, coming back to it, and handing over."""

from typing import Any

from tests.sync.oracle import consents
from tests.sync.oracle.world import (
    HEALTH,
    Aside,
    Body,
    Goal,
    Gone,
    Household,
    Said,
    World,
    change,
    strongest,
)

STEP = ("position", "text", "who", "who_name", "by")
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
    for domain in (body["domain"], goal.domain if goal else ""):
        consents.require_domain(household, domain, said)
    _plan(household, body["plan_id"])
    text, came_from = body["text"], body["from"]
    if goal is None:
        household.goals[body["goal_id"]] = Goal(body["position"], body["domain"], text)
        return "applied" if came_from is None else "merged"
    goal.position, goal.domain = body["position"], body["domain"]
    if text == came_from:
        return "applied"
    where = (("goal", body["goal_id"]), "text")
    goal.text, effect = change(world, said, goal.text, where, text, came_from)
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
    known = dict.fromkeys(STEP) if before is None else before
    effects = []
    for name in STEP:
        if fields[name] != known[name]:
            where = (("step", id_), name)
            step[name], effect = change(world, said, step[name], where, fields[name], known[name])
            effects.append(effect)
    return strongest(effects) if effects else "applied"


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
    new = {"by": said.author, "outcome": "", "more_help": False, "closed": False}
    said_now = {name: body[name] for name in ("due_on", "day_part", "kind")}
    household.aftercares[body["aftercare_id"]] = (
        household.aftercares.get(body["aftercare_id"], new) | said_now
    )
    return "applied"


def record_aftercare(world: World, said: Said) -> str:
    """What came of it; who moved is no longer found at this door."""
    household, body = world.households.get(said.dossier), said.body
    aftercare = household.aftercares.get(body["aftercare_id"]) if household else None
    if household is None or aftercare is None:
        _noted(world, said)
        raise Aside("unknown-aftercare")
    if "moved" in {aftercare["outcome"], body["outcome"]}:
        household.at_door = body["outcome"] != "moved"
    aftercare["outcome"], aftercare["more_help"] = body["outcome"], body["more_help"]
    aftercare["closed"] = body["close"]
    return "applied"


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

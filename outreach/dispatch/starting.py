"""Starting a search, stopping it, searching once more, and throwing a plan away."""

from collections import Counter
from typing import Any

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.dispatch import bases, settings, steps
from outreach.dispatch.doors import Found, Wanted, doors_to_do
from outreach.dispatch.faults import NoDoorsToPlan, faults_of
from outreach.dispatch.layouts import Layout, PairShift, written
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.people import walkers
from outreach.dispatch.states import SEARCHING, job_of, open_for_change, state_of
from outreach.errors import InvalidInput
from outreach.jobs import running
from outreach.jobs.models import ACTIVE, Job
from outreach.letters.waiting import is_too_soon
from outreach.planning.work import KIND
from outreach.visits.histories import Asked, read_doors
from outreach.visits.rounds import lock_published
from outreach.visits.selection import is_to_do


def start_plan(actor: Actor, campaign: Campaign, body: dict[str, Any]) -> RoundPlan:
    """Search for a plan of these shifts; raises InvalidInput with all faults, or NoDoorsToPlan."""
    lock_published(campaign)
    people = {one.account.id: one for one in walkers(campaign)}
    faults = list(faults_of(campaign, people, body))
    if faults:
        raise InvalidInput(*faults)
    shifts = tuple(
        PairShift(new_id(), one["date"], one["day_part"], tuple(str(who) for who in one["pair"]))
        for one in sorted(body["shifts"], key=lambda one: (one["date"], one["day_part"]))
    )
    settled = settings.settled(body)
    found = doors_to_do(
        Wanted(
            campaign,
            [(one.on, one.day_part) for one in shifts],
            body["last_day"],
            settled["minutes"],
        )
    )
    if not found.doors:
        raise NoDoorsToPlan(**_why_none(campaign))
    plan = _made(actor, campaign, body, settled, found, shifts)
    _note(actor, plan, "round_plan.start")
    if any(is_too_soon(campaign, one.on) for one in shifts):
        plan.settings = plan.settings | {"before_letter": True}
        _note(actor, plan, "round_plan.before_letter", body["letter_reason"].strip())
    return _search(actor, plan, settled["seconds"])


def _made(
    actor: Actor,
    campaign: Campaign,
    body: dict[str, Any],
    settled: dict[str, Any],
    found: Found,
    shifts: tuple[PairShift, ...],
) -> RoundPlan:
    content = written(Layout(shifts, {}, {}, tuple(found.addresses)))
    base = bases.base_of(campaign, found.addresses.values(), body["base"])
    plan = RoundPlan(
        id=new_id(),
        municipality_id=campaign.municipality_id,
        campaign_id=campaign.id,
        first_day=body["first_day"],
        last_day=body["last_day"],
        state=SEARCHING,
        settings=settled | {"base": base, "before_letter": False},
        content=content,
        rounds={},
        version=new_id(),
        step=0,
        made_by=actor.account_id,
        changed_by=actor.account_id,
        made_at=now(),
    )
    db.session.add(plan)
    db.session.flush()
    steps.remember(db.session.connection(), (plan.municipality_id, plan.id), 0, content)
    return plan


def _search(actor: Actor, plan: RoundPlan, seconds: int) -> RoundPlan:
    job = Job(
        id=new_id(),
        municipality_id=plan.municipality_id,
        kind=KIND,
        state="waiting",
        total=seconds,
        result={"plan_id": plan.id, "seconds": seconds},
        started_by=actor.account_id,
        started_at=now(),
    )
    plan.job_id, plan.state = job.id, SEARCHING
    running.start(job)
    return plan


def stop(plan: RoundPlan) -> RoundPlan:
    """End the search and keep the best so far; one that ended stays as it is."""
    job = job_of(plan)
    if job and state_of(plan) == SEARCHING:
        running.cancel(job)
        db.session.flush()
    return plan


def solve_again(actor: Actor, plan: RoundPlan, body: dict[str, Any]) -> RoundPlan:
    """Search once more; locked doors stay in their round, published rounds as they are."""
    open_for_change(plan, body["version"])
    faults = list(settings.faults_of({"seconds": body["seconds"]}))
    if faults:
        raise InvalidInput(*faults)
    plan.version, plan.changed_by = new_id(), actor.account_id
    _note(actor, plan, "round_plan.search")
    return _search(actor, plan, body["seconds"] or plan.settings["seconds"])


def discard(actor: Actor, plan: RoundPlan) -> None:
    """Throw a plan away; a search for it is stopped, rounds that were published stay."""
    db.session.refresh(plan, with_for_update={"key_share": True})
    job = job_of(plan)
    if job and job.state in ACTIVE:
        running.cancel(job)
    steps.forget(plan)
    _note(actor, plan, "round_plan.discard")
    db.session.delete(plan)
    db.session.flush()


def _note(actor: Actor, plan: RoundPlan, action: str, reason: str = "") -> None:
    trail.note(plan.municipality_id, actor.account_id, action, "round_plan", plan.id, reason=reason)


def _why_none(campaign: Campaign) -> dict[str, int]:
    """Which rule keeps every door out, counted by the first that does."""
    counts: Counter[str] = Counter()
    for _, door in read_doors(Asked(campaign, today(), everywhere=True)):
        counts["doors"] += 1
        if door.held:
            counts["held"] += 1
        elif door.planned:
            counts["planned"] += 1
        elif not is_to_do(door):
            counts["finished"] += 1
    names = ("doors", "held", "planned", "finished")
    return {name: counts[name] for name in names}

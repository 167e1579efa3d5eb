"""What state a plan is in, and whether somebody may change it now."""

from typing import Any

from outreach.access.actor import Actor
from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import PUBLISHED as CAMPAIGN_PUBLISHED
from outreach.campaigns.planning import CampaignNotPublished
from outreach.clock import new_id
from outreach.db import db
from outreach.dispatch import steps
from outreach.dispatch.layouts import Layout, written
from outreach.dispatch.models import RoundPlan
from outreach.errors import Conflict
from outreach.jobs import running
from outreach.jobs.models import ACTIVE, Job

SEARCHING, PROPOSED, PUBLISHED = "searching", "proposed", "published"


class PlanChanged(Conflict):
    """Somebody else changed the plan since this screen read it."""

    code = "plan-changed"


class PlanIsSearching(Conflict):
    """A search goes on; stop it, or wait for its end."""

    code = "plan-is-searching"


def job_of(plan: RoundPlan) -> Job | None:
    """The search that was last started, while it is kept."""
    return db.session.get(Job, plan.job_id) if plan.job_id else None


def state_of(plan: RoundPlan) -> str:
    """Its state; a search that broke off leaves what there was."""
    if plan.state != SEARCHING:
        return plan.state
    job = job_of(plan)
    return SEARCHING if job and running.seen_state(job) in ACTIVE else at_rest(plan)


def at_rest(plan: RoundPlan) -> str:
    """What it is when nobody searches."""
    return PUBLISHED if plan.rounds else PROPOSED


def open_for_change(plan: RoundPlan, version: object) -> Campaign:
    """Lock the plan as it is now; raises PlanChanged, PlanIsSearching or CampaignNotPublished."""
    db.session.refresh(plan, with_for_update={"key_share": True})
    if plan.version != str(version):
        raise PlanChanged
    if state_of(plan) == SEARCHING:
        raise PlanIsSearching
    campaign = db.session.get_one(Campaign, plan.campaign_id)
    if campaign.state != CAMPAIGN_PUBLISHED:
        raise CampaignNotPublished
    return campaign


def write(actor: Actor, plan: RoundPlan, layout: Layout) -> None:
    """Let the plan be this, as a step one can go back from."""
    content: dict[str, Any] = written(layout)
    plan.step += 1
    steps.remember(db.session.connection(), (plan.municipality_id, plan.id), plan.step, content)
    show(actor, plan, content)


def show(actor: Actor, plan: RoundPlan, content: dict[str, Any]) -> None:
    """Let the plan be this, whatever its steps are."""
    plan.content = content
    plan.state = at_rest(plan)
    plan.version, plan.changed_by = new_id(), actor.account_id
    db.session.flush()

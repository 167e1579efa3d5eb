"""Whose plans these are: of the campaigns an actor may see."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor, current_actor
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.dispatch.models import RoundPlan
from outreach.web.paging import first_or_404


def visible_plans(actor: Actor) -> Select[RoundPlan]:
    """Plans of the campaigns that this actor sees."""
    campaigns = visible_campaigns(actor).with_only_columns(Campaign.id)
    return select(RoundPlan).where(
        RoundPlan.municipality_id == actor.municipality_id, RoundPlan.campaign_id.in_(campaigns)
    )


def visible_plan(plan_id: object) -> RoundPlan:
    """The plan that a request names, if whoever asks may see it; else 404."""
    rows = visible_plans(current_actor()).where(RoundPlan.id == str(plan_id))
    return first_or_404(rows)

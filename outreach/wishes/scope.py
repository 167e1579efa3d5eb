"""Whose rows these are: calls that were asked for, in the campaigns an actor may see."""

from datetime import timedelta

from sqlalchemy import Select, select

from outreach.access.actor import Actor
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.clock import now
from outreach.wishes.models import CallRequest

# A promise on the page: after that nobody sees the number any more, tidied or not.
CALLS_KEPT = timedelta(days=14)


def visible_calls(actor: Actor) -> Select[CallRequest]:
    """Requests of the last 14 days, done or not."""
    campaigns = visible_campaigns(actor).with_only_columns(Campaign.id)
    return select(CallRequest).where(
        CallRequest.municipality_id == actor.municipality_id,
        CallRequest.campaign_id.in_(campaigns),
        CallRequest.asked_at > now() - CALLS_KEPT,
    )


def waiting_calls(actor: Actor) -> Select[CallRequest]:
    """Those that nobody answered yet."""
    return visible_calls(actor).where(CallRequest.done_at.is_(None))

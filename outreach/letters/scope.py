"""Whose rows these are: letters and print runs belong to a campaign, and so to who sees that."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.letters.models import PrintRun


def visible_runs(actor: Actor) -> Select[PrintRun]:
    """Print runs of the campaigns an actor may see."""
    campaigns = visible_campaigns(actor).with_only_columns(Campaign.id)
    return select(PrintRun).where(PrintRun.campaign_id.in_(campaigns))

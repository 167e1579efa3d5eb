"""Whose rows these are: figures of campaigns that an actor may read."""

from sqlalchemy import Select, select

from outreach.access.actor import Actor, current_actor
from outreach.access.roles import Role
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.insight.figures import with_figures
from outreach.web.paging import first_or_404


def counted_campaigns(actor: Actor) -> Select[Campaign]:
    """Campaigns with figures that an actor may read."""
    return with_figures(_readable(actor))


def campaign_with_figures(campaign_id: object) -> Campaign:
    """The campaign that a request asks figures of, if whoever asks may read them; else 404."""
    return first_or_404(_readable(current_actor()).where(Campaign.id == str(campaign_id)))


def _readable(actor: Actor) -> Select[Campaign]:
    """Of the whole municipality for the privacy officer, who sees no other part of campaigns."""
    if actor.role == Role.PRIVACY_OFFICER:
        return select(Campaign).where(Campaign.municipality_id == actor.municipality_id)
    return visible_campaigns(actor)

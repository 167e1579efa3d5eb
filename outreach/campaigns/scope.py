"""Whose rows these are: campaigns and bases an actor may see."""

from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.orm import InstrumentedAttribute

from outreach.access.actor import Actor, current_actor
from outreach.access.roles import Role
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.web.paging import first_or_404


def visible_campaigns(actor: Actor) -> Select[Campaign]:
    """Supervisors: campaigns of their own districts; coordinators: all; others: none."""
    return select(Campaign).where(
        Campaign.municipality_id == actor.municipality_id, _works_in(actor, Campaign.district_id)
    )


def visible_campaign(campaign_id: object) -> Campaign:
    """The campaign that a request names, if whoever asks may see it; else 404."""
    rows = visible_campaigns(current_actor()).where(Campaign.id == str(campaign_id))
    return first_or_404(rows)


def visible_bases(actor: Actor) -> Select[BaseLocation]:
    """Bases, by the same rule as campaigns."""
    return select(BaseLocation).where(
        BaseLocation.municipality_id == actor.municipality_id,
        _works_in(actor, BaseLocation.district_id),
    )


def _works_in(actor: Actor, district_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    if actor.role == Role.COORDINATOR:
        return true()
    if actor.role == Role.SUPERVISOR:
        return district_id.in_(actor.district_ids or ())
    return false()

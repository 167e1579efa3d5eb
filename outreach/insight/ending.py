"""The end of a campaign: what is still open is named, and then it is counted and closed."""

from typing import Any

from sqlalchemy import func, select

from outreach.access.actor import Actor
from outreach.campaigns import planning
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.insight.figures import keep_figures
from outreach.plans.models import Aftercare
from outreach.visits.appointments import waiting_appointments
from outreach.visits.models import Round
from outreach.visits.scope import CLOSED


def loose_ends(campaign: Campaign) -> dict[str, Any]:
    """What goes on, or waits, at this moment: rounds, appointments and aftercare."""
    return {
        "rounds": list(db.session.scalars(_open_rounds(campaign))),
        "appointments": db.session.scalar(
            waiting_appointments(campaign.id).with_only_columns(func.count())
        ),
        **_aftercare(campaign),
    }


def end_campaign(actor: Actor, campaign: Campaign) -> Campaign:
    """Close it and keep what it came to. Raises CampaignNotPublished."""
    planning.lock(campaign)
    planning.close_campaign(actor, campaign)
    keep_figures(campaign, actor.account_id)
    return campaign


def _open_rounds(campaign: Campaign) -> Any:
    rows = select(Round).where(Round.campaign_id == campaign.id, Round.state != CLOSED)
    return rows.order_by(Round.date, Round.id).limit(100)


def _aftercare(campaign: Campaign) -> dict[str, Any]:
    rows = select(func.count(), func.max(Aftercare.due_on)).where(
        Aftercare.campaign_id == campaign.id, Aftercare.closed_at.is_(None)
    )
    count, last = db.session.execute(rows).one()
    return {"aftercare": count, "last_aftercare_on": last}

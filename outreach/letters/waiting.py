"""When somebody may ring: so many days after the announcement letter went out."""

from datetime import date, timedelta

from sqlalchemy import select

from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.letters.models import Letter
from outreach.letters.writing import USUAL_WAITING_DAYS


def earliest_day(campaign: Campaign) -> date | None:
    """The first day after the waiting days; None when no letter went out."""
    if campaign.letter_on is None:
        return None
    said = select(Letter.waiting_days).where(Letter.campaign_id == campaign.id)
    days = db.session.scalar(said)
    return campaign.letter_on + timedelta(days=USUAL_WAITING_DAYS if days is None else days)


def is_too_soon(campaign: Campaign, on: date) -> bool:
    """Whether the household has not had its letter for long enough on that day."""
    earliest = earliest_day(campaign)
    return earliest is None or on < earliest

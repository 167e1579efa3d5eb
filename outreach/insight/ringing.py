"""From when one may ring: the waiting days after the letters went out."""

from datetime import date, timedelta

from outreach.campaigns.models import Campaign
from outreach.letters.models import Letter
from outreach.letters.writing import USUAL_WAITING_DAYS


def waiting_days(letter: Letter | None) -> int:
    """How long nobody rings after the letters went out."""
    return USUAL_WAITING_DAYS if letter is None else letter.waiting_days


def first_ringing_day(campaign: Campaign, letter: Letter | None) -> date | None:
    """The first day on which somebody may ring; None while no day of the letters is known."""
    if campaign.letter_on is None:
        return None
    after = campaign.letter_on + timedelta(days=waiting_days(letter))
    return max(after, campaign.starts_on)

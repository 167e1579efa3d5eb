"""Where somebody rang lately: as long as that is known, and after that where a round went."""

from datetime import date
from typing import Any

from sqlalchemy import Select, exists, or_, select

from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.visits.retention import KEPT_DAYS


def rung_since(municipality_id: str, since: date) -> Select[Any]:
    """Ids of addresses where a pair rang on that day or later.

    What came of it is forgotten 30 days after a campaign. From then on a door counts when it stood
    in a round that walked: those stay a year longer, without a word on who was in.
    """
    rang = exists().where(ContactAttempt.stop_id == Stop.id, ContactAttempt.outcome != "")
    return (
        select(Stop.address_id)
        .join(Round, Round.id == Stop.round_id)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(
            Stop.municipality_id == municipality_id,
            Round.state != "draft",
            Round.date.between(since, today()),
            or_(rang, Campaign.ends_on < today() - KEPT_DAYS),
        )
    )

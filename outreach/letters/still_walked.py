"""Paper that goes along to the doors is made as long as somebody may go there."""

from outreach.campaigns.models import Campaign
from outreach.campaigns.planning import CLOSED
from outreach.clock import today
from outreach.errors import Conflict


class CampaignEnded(Conflict):
    """The campaign was closed, or its last day is past: nobody goes to its doors."""

    code = "campaign-ended"


def refuse_ended(campaign: Campaign) -> None:
    """Raise CampaignEnded where nobody walks any more."""
    if campaign.state == CLOSED or campaign.ends_on < today():
        raise CampaignEnded

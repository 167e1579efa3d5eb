"""What the page tells: what every letter of the campaign says already."""

import re
from typing import Any

from outreach.access.models import District, Municipality
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.letters.letterheads import letterhead_of
from outreach.letters.models import LetterCode

# Some municipalities write it in their name; the page's own sentences say it too.
IN_THE_NAME = re.compile(r"^gemeente\s+", re.IGNORECASE)


def told(door: LetterCode) -> dict[str, Any]:
    """The campaign behind a code, without a word about the door.

    The recognition word is left out: who holds no letter must not find it here.
    """
    campaign = db.session.get_one(Campaign, door.campaign_id)
    municipality = db.session.get_one(Municipality, door.municipality_id)
    return {
        "municipality": IN_THE_NAME.sub("", municipality.name),
        "district": db.session.get_one(District, campaign.district_id).name,
        "campaign": campaign.name,
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "phone": letterhead_of(door.municipality_id).phone,
    }

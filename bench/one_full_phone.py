"""Gives a volunteer of the demo as full a day as a phone may have: 40 doors, 60 households.

A process of its own, with the server's settings in its environment; the server does not run yet.
"""

import sys
from datetime import timedelta

from sqlalchemy import delete, select

from outreach.access.models import Account, District, Municipality, Team
from outreach.app import create_app
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.db import db
from outreach.demo.past import make_round
from outreach.demo.stories import STORIES
from outreach.demo.talks import Talk, hold_talk
from outreach.demo.town import Place
from outreach.territory.models import Address, Area
from outreach.visits.models import RoundMember

DOORS, HOUSEHOLDS = 40, 60
# Days: long closed, and their aftercare still to come.
BEFORE = 14


def fill(email: str) -> None:
    """One round of today for this volunteer, and a talk at 60 other doors to come back to."""
    volunteer = db.session.scalars(select(Account).where(Account.email == email)).one()
    place = _place()
    campaign = db.session.scalars(select(Campaign)).one()
    own = RoundMember.account_id == volunteer.id
    db.session.execute(delete(RoundMember).where(own))
    doors, visited = place.addresses[:DOORS], place.addresses[DOORS : DOORS + HOUSEHOLDS]
    make_round(campaign, [volunteer], doors, today(), "afternoon", "published")
    before = today() - timedelta(days=BEFORE)
    round_, stops = make_round(campaign, [volunteer], visited, before, "afternoon", "closed")
    for number, stop in enumerate(stops):
        story = STORIES[number % len(STORIES)]
        hold_talk(Talk(campaign, place, stop, round_, volunteer, story, handed_over=False))
    db.session.commit()


def _place() -> Place:
    districts = list(db.session.scalars(select(District).order_by(District.name)))
    teams = list(db.session.scalars(select(Team).order_by(Team.name)))
    return Place(
        municipality=db.session.scalars(select(Municipality)).one(),
        district=districts[0],
        other_district=districts[1],
        teams=(teams[0], teams[1]),
        area=db.session.scalars(select(Area)).one(),
        addresses=list(db.session.scalars(select(Address).order_by(Address.id))),
    )


if __name__ == "__main__":
    with create_app().app_context():
        fill(sys.argv[1])

"""The app of the simulation behind lines of JSON, with a long street, and days that go by.

Its answers come in parts of the size of every day.
"""

import logging
import tempfile
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from outreach import clock
from outreach.access.models import Account, AccountDistrict
from outreach.campaigns.models import Campaign
from outreach.clock import new_id
from outreach.db import db
from outreach.privacy.retention import tidy
from outreach.territory.models import Address
from tests.factories.town import make_walk
from tests.model import deeds
from tests.model.server import NOON, Line, ModelServer


def long_street(said: Line) -> Line:
    """A published round of today for these two, with so many doors."""
    campaign = db.session.scalars(select(Campaign)).one()
    addresses = [
        Address(
            id=new_id(),
            municipality_id=campaign.municipality_id,
            street="Lindenlaan",
            house_number=1 + number,
            postcode="9991SC",
            city="Wilgendam",
            lat=52.4,
            lon=5.2,
            entrance="",
        )
        for number in range(said["doors"])
    ]
    db.session.add_all(addresses)
    db.session.flush()
    pair = [db.session.get_one(Account, account) for account in said["pair"]]
    round_, _ = make_walk(campaign, addresses, pair)
    db.session.commit()
    return {"round": round_.id}


def travel(said: Line) -> Line:
    """So many days after noon of the first day; every night the retention rules were kept."""
    days = said["days"]
    clock.replay(1_000_000 + days, NOON + timedelta(days=days))
    tidy(said["municipality"])
    db.session.commit()
    return {}


def take_districts(said: Line) -> Line:
    """Somebody works in no district any more."""
    theirs = AccountDistrict.account_id == said["account"]
    db.session.execute(delete(AccountDistrict).where(theirs))
    db.session.commit()
    return {}


DEEDS = deeds.DEEDS | {
    "long_street": long_street,
    "travel": travel,
    "take_districts": take_districts,
}


class AwayServer(ModelServer):
    """The simulation's, with what happens while somebody is long away."""

    def deed(self, said: Line) -> Line:
        """Something that happens at the desk, or time that goes by."""
        with self.app.app_context():
            return DEEDS[said["name"]](said)


def main() -> None:
    """Answer lines until there are no more."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="voordeur-away-") as folder:
        server = AwayServer(Path(folder))
        # No newer app than the phones have, whatever this machine happens to have built: one that
        # must be renewed first gets nothing, and nothing could be seen to have gone.
        server.app.config["APP_BUILT_ON"] = date(2026, 2, 1)
        server.serve()


if __name__ == "__main__":
    main()

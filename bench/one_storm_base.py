"""Makes volunteers in pairs, each pair with a round of today of 40 doors, all signed in.

A process of its own, with the server's settings in its environment; the server does not run yet.
Writes down what each of their phones needs to begin: its token, and its half of the doors.
"""

import json
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from outreach.access.models import Account, AccountDistrict, District
from outreach.access.roles import Role
from outreach.access.sessions import open_session
from outreach.app import create_app
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.demo.past import make_round
from outreach.territory.models import Address
from outreach.visits.models import Stop

DOORS = 40


def fill(pairs: int) -> list[dict[str, Any]]:
    """Everybody's beginning, in the order of the pairs."""
    campaign = db.session.scalars(select(Campaign)).one()
    doors = _doors(campaign.municipality_id, pairs * DOORS)
    phones = []
    for pair in range(pairs):
        both = [_volunteer(campaign, pair * 2 + one) for one in (0, 1)]
        own = doors[pair * DOORS : (pair + 1) * DOORS]
        _round, stops = make_round(campaign, both, own, today(), "afternoon", "published")
        phones += [_beginning(campaign, account, stops[one::2]) for one, account in enumerate(both)]
    db.session.commit()
    return phones


def _doors(municipality_id: str, count: int) -> list[Address]:
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "municipality_id": municipality_id,
            "street": f"Stormlaan {number // 200}",
            "house_number": number % 200 + 1,
            "postcode": f"{1000 + number // 200}ZZ",
            "city": "Wilgendam",
        }
        for number in range(count)
    ]
    db.session.execute(insert(Address), rows)
    ids = [row["id"] for row in rows]
    found = {one.id: one for one in db.session.scalars(select(Address).where(Address.id.in_(ids)))}
    return [found[id_] for id_ in ids]


def _volunteer(campaign: Campaign, number: int) -> Account:
    here = campaign.municipality_id
    account = Account(
        id=new_id(),
        municipality_id=here,
        email=f"storm{number}@wilgendam.example",
        name=f"Storm {number}",
        first_name=f"Storm {number}",
        role=Role.VOLUNTEER,
        created_at=now(),
    )
    db.session.add(account)
    db.session.flush()
    district = db.session.scalars(select(District.id).order_by(District.name)).first()
    where = {"account_id": account.id, "district_id": district}
    db.session.add(AccountDistrict(id=new_id(), municipality_id=here, **where))
    return account


def _beginning(campaign: Campaign, account: Account, stops: list[Stop]) -> dict[str, Any]:
    token, _refresh = open_session(account)
    names = ("id", "household_id", "conversation_id", "plan_id")
    return {
        "token": token,
        "guide_id": campaign.guide_id,
        "consent_text_id": campaign.consent_text_id,
        "stops": [{name: getattr(stop, name) for name in names} for stop in stops],
    }


if __name__ == "__main__":
    with create_app().app_context():
        said = fill(int(sys.argv[2]))
    Path(sys.argv[1]).write_text(json.dumps(said), encoding="utf-8")

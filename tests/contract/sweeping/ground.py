"""Doors, campaigns of one door, and rounds that ring it."""

from dataclasses import dataclass
from datetime import timedelta

from outreach.access.roles import Role
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.db import Tenant, db
from outreach.territory.models import Address, Area, AreaAddress
from outreach.visits.models import Round, Stop
from tests.contract.sweeping.places import Place
from tests.factories.town import make_walk

STREET = "Proefstraat"


def kept(row: Tenant) -> str:
    """Add a row; gives its id."""
    db.session.add(row)
    db.session.flush()
    return row.id


def make_address(place: Place, street: str = STREET) -> Address:
    """A door that no round has taken."""
    number = place.number()
    address = Address(
        id=new_id(),
        municipality_id=place.municipality.id,
        street=street,
        house_number=number,
        # Two districts of one municipality count their doors each for itself.
        postcode=f"{1000 + ord(place.mark[0])}AA",
        city="Wilgendam",
        lat=52.4,
        lon=5.2,
    )
    kept(address)
    return address


def make_campaign(place: Place, state: str, street: str = STREET) -> tuple[Campaign, Address]:
    """A campaign of one door."""
    address = make_address(place, street)
    here = place.municipality.id
    area = Area(id=new_id(), municipality_id=here, name=place.mark)
    kept(area)
    kept(AreaAddress(id=new_id(), municipality_id=here, area_id=area.id, address_id=address.id))
    campaign = Campaign(
        id=new_id(),
        municipality_id=here,
        district_id=place.district.id,
        area_id=area.id,
        guide_id=place.guide.id,
        consent_text_id=place.consent_text.id,
        base_location_id=place.base.id,
        name=f"Actie {place.mark}",
        kind="preventive",
        state=state or "published",
        starts_on=today() - timedelta(days=10),
        ends_on=today() + timedelta(days=60),
        letter_on=today() - timedelta(days=14),
        aftercare_weeks=6,
        created_at=now(),
    )
    kept(campaign)
    return campaign, address


@dataclass
class Walk:
    """A round with its one stop."""

    campaign: Campaign
    round: Round
    stop: Stop


def make_round(place: Place, state: str, street: str = STREET) -> Walk:
    """A round of two volunteers who walk nothing else, two days from now."""
    campaign, address = make_campaign(place, "published", street)
    pair = [place.somebody(Role.VOLUNTEER) for _ in range(2)]
    round_, stops = make_walk(campaign, [address], pair, today() + timedelta(days=2))
    round_.state = state or "published"
    db.session.flush()
    return Walk(campaign, round_, stops[0])

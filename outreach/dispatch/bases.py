"""Where pairs set out. A base has an address in words: the register may know where that is."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from outreach.campaigns.models import BaseLocation, Campaign
from outreach.db import db
from outreach.planning.problem import Place
from outreach.territory.models import Address

# "Wilgenhof 1, Wilgendam": a street, and the first number after it.
STREET_AND_NUMBER = re.compile(r"^\s*(?P<street>\D+?)\s+(?P<number>[0-9]{1,5})\b")


def base_of(
    campaign: Campaign, addresses: Iterable[Address], said: Mapping[str, float] | None
) -> dict[str, Any]:
    """For PlanBaseOut: as the desk said, else as the register has it, else amid the doors."""
    base = db.session.get_one(BaseLocation, campaign.base_location_id)
    if said:
        return {"name": base.name, "lat": said["lat"], "lon": said["lon"], "certain": True}
    known = _in_register(campaign, base.address)
    if known:
        return {"name": base.name, "lat": known.lat, "lon": known.lon, "certain": True}
    points = [(one.lat, one.lon) for one in addresses if one.lat is not None]
    points = [(lat, lon) for lat, lon in points if lon is not None]
    if not points:
        return {"name": base.name, "lat": None, "lon": None, "certain": False}
    lat = sum(lat for lat, _ in points) / len(points)
    lon = sum(lon or 0.0 for _, lon in points) / len(points)
    return {"name": base.name, "lat": lat, "lon": lon, "certain": False}


def place_of(base: Mapping[str, Any]) -> Place:
    """The point; without any door on the map there is nothing to walk to either."""
    return Place(base["lat"] or 0.0, base["lon"] or 0.0)


def _in_register(campaign: Campaign, words: str) -> Place | None:
    """The door with this number, or the nearest in its street: a hall is in no list of homes."""
    found = STREET_AND_NUMBER.match(words)
    if found is None:
        return None
    rows = (
        select(Address.lat, Address.lon)
        .where(
            Address.municipality_id == campaign.municipality_id,
            func.lower(Address.street) == found["street"].lower(),
            Address.lat.is_not(None),
            Address.lon.is_not(None),
        )
        .order_by(func.abs(Address.house_number - int(found["number"])), Address.id)
        .limit(1)
    )
    row = db.session.execute(rows).first()
    return Place(row[0] or 0.0, row[1] or 0.0) if row else None

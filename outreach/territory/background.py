"""Pictures of the town under a map: PDOK's BRT-A and no other host, unless switched off."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Select, func

from outreach.db import db
from outreach.territory.models import Address
from outreach.territory.points import Box

HOST = "https://service.pdok.nl"
LAYER = "brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857"


@dataclass(frozen=True)
class Background:
    """Where tiles are, who made them, and from which zoom to which there are any."""

    url: str
    attribution: str
    least_zoom: int
    most_zoom: int


BRT_A = Background(f"{HOST}/{LAYER}/{{z}}/{{x}}/{{y}}.png", "Kaart: © Kadaster, PDOK", 6, 19)


def town(addresses: Select[Address]) -> Box | None:
    """The piece of the map that has all the addresses; None where none has a place."""
    edges = (func.min(Address.lat), func.min(Address.lon), func.max(Address.lat))
    row = db.session.execute(addresses.with_only_columns(*edges, func.max(Address.lon))).one()
    south, west, north, east = row
    if south is None or west is None or north is None or east is None:
        return None
    return Box(south, west, north, east)


def background() -> Background | None:
    """What may be asked for; None where the municipality wants no other host to be asked."""
    return BRT_A if current_app.config["MAP_TILES"] else None

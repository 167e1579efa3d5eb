"""Wilgendam: a municipality, two districts, and about 400 doors in De Wilgen.

Postcodes end in SA, SD or SS: letter pairs that are never given out in the Netherlands.
Telephone numbers start with 099, an area code that does not exist.
"""

import random
from dataclasses import dataclass

from outreach.access.models import District, Municipality, Team
from outreach.clock import new_id
from outreach.db import db
from outreach.territory.models import Address, Area, AreaAddress

CITY = "Wilgendam"
CENTRE = (52.0510, 5.9120)
# Street, postcode, first and last house number, and the flats behind one shared entrance.
STREETS = (
    ("Wilgenhof", "8881SA", 2, 64, 0),
    ("Elzenpad", "8881SD", 1, 60, 0),
    ("Populierlaan", "8881SS", 1, 88, 0),
    ("Vlierstraat", "8882SA", 2, 70, 0),
    ("Rietgors", "8882SD", 1, 48, 0),
    ("Torenflat", "8882SS", 1, 60, 12),
    ("Lisdodde", "8883SA", 1, 18, 0),
)


@dataclass(frozen=True)
class Place:
    """What the rest of the demo stands on."""

    municipality: Municipality
    district: District
    other_district: District
    teams: tuple[Team, Team]
    area: Area
    addresses: list[Address]


def build_place(source: random.Random) -> Place:
    """Make the municipality, its districts and teams, and every door of De Wilgen."""
    municipality = Municipality(
        id=new_id(),
        name="Gemeente Wilgendam",
        privacy_contact="privacy@wilgendam.example",
        duty_phone="099-5550100",
        lease_hours=72,
    )
    db.session.add(municipality)
    db.session.flush()
    here = municipality.id
    district = District(id=new_id(), municipality_id=here, name="De Wilgen")
    other = District(id=new_id(), municipality_id=here, name="Oeverwijk")
    db.session.add_all([district, other])
    db.session.flush()
    teams = (
        _team(district, "Wijkteam De Wilgen", "099-5550110"),
        _team(other, "Wijkteam Oeverwijk", "099-5550120"),
    )
    area = Area(id=new_id(), municipality_id=here, name="De Wilgen")
    addresses = [
        address
        for row, street in enumerate(STREETS)
        for address in _street(here, row, street, source)
    ]
    db.session.add_all([*teams, area, *addresses])
    db.session.flush()
    db.session.add_all(
        AreaAddress(id=new_id(), municipality_id=here, area_id=area.id, address_id=address.id)
        for address in addresses
    )
    db.session.flush()
    return Place(municipality, district, other, teams, area, addresses)


def _team(district: District, name: str, phone: str) -> Team:
    return Team(
        id=new_id(),
        municipality_id=district.municipality_id,
        district_id=district.id,
        name=name,
        duty_phone=phone,
    )


def _street(
    municipality_id: str,
    row: int,
    street: tuple[str, str, int, int, int],
    source: random.Random,
) -> list[Address]:
    name, postcode, first, last, behind = street
    return [
        Address(
            id=new_id(),
            municipality_id=municipality_id,
            street=name,
            house_number=number,
            house_letter="A" if number == last and not behind else "",
            postcode=postcode,
            city=CITY,
            lat=CENTRE[0] + row * 0.0012 + (number % 2) * 0.0003 + source.random() * 0.00005,
            lon=CENTRE[1] + number * 0.00011,
            use="woonfunctie",
            entrance=f"{name} {chr(65 + (number - 1) // behind)}" if behind else "",
        )
        for number in range(first, last + 1)
    ]

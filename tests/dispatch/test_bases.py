"""Where a base is: as the desk says, as the register has it, or amid the doors."""

from outreach.db import db
from outreach.dispatch.bases import base_of
from tests.dispatch.district import District


def test_the_register_knows_the_street_and_the_nearest_number(district: District) -> None:
    town = district.town
    town.base.address = "wilgenhof 13, Wilgendam"
    db.session.commit()
    found = base_of(town.campaign, town.addresses, None)
    assert (found["lat"], found["lon"]) == (town.addresses[3].lat, town.addresses[3].lon)
    assert found["certain"]


def test_another_municipality_is_not_looked_in(district: District) -> None:
    town = district.town
    town.base.address = "Kerkstraat 1"
    found = base_of(town.campaign, town.addresses, None)
    assert not found["certain"]
    assert 52.4 <= found["lat"] <= 52.41


def test_what_the_desk_says_comes_first(district: District) -> None:
    town = district.town
    town.base.address = "Wilgenhof 13"
    found = base_of(town.campaign, town.addresses, {"lat": 52.1, "lon": 5.1})
    assert (found["lat"], found["lon"], found["certain"]) == (52.1, 5.1, True)


def test_without_a_door_on_the_map_nobody_knows(district: District) -> None:
    found = base_of(district.town.campaign, [], None)
    assert (found["lat"], found["certain"]) == (None, False)

"""Where a volunteer does not go: one answer, wherever it was said."""

from sqlalchemy import select

from outreach.clock import new_id
from outreach.db import db
from outreach.territory.models import Address
from outreach.territory.street_names import Street
from outreach.volunteers.avoiding import (
    AT_DESK,
    AT_DOOR,
    avoided_addresses,
    avoided_streets,
    come_back,
    goes_to,
    stay_away,
)
from outreach.volunteers.models import AvoidedAddress
from tests.factories.town import Town, build_town
from tests.factories.volunteers import avoids_address, avoids_street


def another_address(town: Town, street: str, city: str = "Wilgendam") -> Address:
    address = Address(
        id=new_id(),
        municipality_id=town.municipality.id,
        street=street,
        house_number=1,
        postcode="9992SD",
        city=city,
    )
    db.session.add(address)
    db.session.flush()
    return address


def test_an_avoided_street_is_every_door_of_it_and_no_other(town: Town) -> None:
    account = town.person("volunteer")
    pad, elsewhere = another_address(town, "Elzenpad"), build_town("Elzendam")
    avoids_street(account, "Wilgenhof")
    assert set(db.session.scalars(avoided_addresses([account.id]))) == {
        address.id for address in town.addresses
    }
    assert goes_to(account.id, pad.id)
    assert not goes_to(account.id, town.addresses[0].id)
    assert goes_to(account.id, elsewhere.addresses[0].id)
    assert goes_to(town.person("mentor").id, town.addresses[0].id)


def test_a_street_of_the_same_name_in_another_town_is_another_street(town: Town) -> None:
    account = town.person("volunteer")
    avoids_street(account, "Wilgenhof", "Oeverdorp")
    assert goes_to(account.id, town.addresses[0].id)
    assert avoided_streets([account.id]) == {account.id: {Street("Oeverdorp", "Wilgenhof")}}


def test_a_pair_avoids_what_one_of_them_avoids(town: Town) -> None:
    pair = [town.person("volunteer").id, town.person("mentor").id]
    pad = another_address(town, "Elzenpad")
    avoids_street(town.person("volunteer"), "Elzenpad")
    avoids_address(town.person("mentor"), town.addresses[0].id)
    avoided = set(db.session.scalars(avoided_addresses(pair)))
    assert avoided == {pad.id, town.addresses[0].id}
    assert set(db.session.scalars(avoided_addresses([]))) == set()


def test_what_is_taken_back_at_a_door_stands_at_the_desk(town: Town) -> None:
    account, address = town.person("volunteer"), town.addresses[0]
    here = town.municipality.id
    avoids_address(account, address.id, AT_DESK)
    for _ in range(2):
        stay_away(here, [account.id], address.id, AT_DOOR)
        db.session.flush()
    assert db.session.query(AvoidedAddress).count() == 2
    come_back([account.id], address.id, AT_DOOR)
    assert list(db.session.scalars(select(AvoidedAddress.origin))) == [AT_DESK]
    assert not goes_to(account.id, address.id)
    come_back([account.id], address.id, AT_DESK)
    assert goes_to(account.id, address.id)

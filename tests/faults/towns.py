"""A town for a run: pairs with a round each, every phone with doors of its own."""

from dataclasses import dataclass

from flask import Flask

from outreach.access import sessions
from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.clock import new_id
from outreach.db import db
from outreach.territory.models import Address
from tests.factories.town import Town, build_town, make_account, make_walk

DOORS = 12


@dataclass(frozen=True)
class Walker:
    """Who a phone is: account and token, and which of the pair (0 or 1)."""

    account: str
    token: str
    share: int


@dataclass(frozen=True)
class Walkers:
    """The people of a run, and the municipality in which nothing else happens."""

    municipality: str
    walkers: list[Walker]


def build(app: Flask, phones: int, name: str) -> Walkers:
    """So many phones, two and two on a round of twelve doors."""
    with app.app_context():
        town = build_town(name)
        walkers: list[Walker] = []
        for pair in range((phones + 1) // 2):
            people = [_person(town, 2 * pair + share) for share in (0, 1)]
            make_walk(town.campaign, _doors(town, pair), people)
            db.session.commit()
            walkers += [_signed_in(person, share) for share, person in enumerate(people)]
        found = Walkers(town.municipality.id, walkers[:phones])
        db.session.remove()
    return found


def _person(town: Town, number: int) -> Account:
    here, name = town.municipality.id, f"walker_{number}"
    return make_account(here, name, Role.VOLUNTEER, town.district, town.team)


def _signed_in(person: Account, share: int) -> Walker:
    token, _ = sessions.open_session(person)
    db.session.commit()
    return Walker(person.id, token, share)


def _doors(town: Town, pair: int) -> list[Address]:
    doors = [
        Address(
            id=new_id(),
            municipality_id=town.municipality.id,
            street="Elzenlaan",
            house_number=1 + pair * DOORS + number,
            postcode="9991SB",
            city="Wilgendam",
            lat=52.4 + number / 10_000,
            lon=5.2,
            entrance="",
        )
        for number in range(DOORS)
    ]
    db.session.add_all(doors)
    db.session.flush()
    return doors

"""The people who sign in to the demo; their password is the same and printed at the start."""

import random
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret

from outreach.access.models import Account, AccountDistrict
from outreach.access.roles import Role
from outreach.clock import new_id, now
from outreach.db import db
from outreach.demo.town import Place

PASSWORD = "voordeur-demo"  # noqa: S105 - printed on the screen of everyone who tries the demo
VOLUNTEERS = (
    ("Anna", "de Wit"),
    ("Samira", "El Amrani"),
    ("Bilal", "Yıldız"),
    ("Corrie", "van Dam"),
    ("Dewi", "Hartono"),
    ("Evert", "Bos"),
    ("Fatou", "Diallo"),
    ("Gerard", "Smit"),
    ("Hanna", "Kowalska"),
    ("Ilse", "Mulder"),
    ("Joao", "Pereira"),
    ("Kees", "Jansma"),
)
STAFF = (
    ("sofie", "Sofie", "Terpstra", Role.SUPERVISOR, None),
    ("ruben", "Ruben", "Visser", Role.COORDINATOR, None),
    ("nadia", "Nadia", "Haddad", Role.WIJKCOACH, 0),
    ("tom", "Tom", "de Groot", Role.WIJKCOACH, 0),
    ("lieke", "Lieke", "Prins", Role.TEAM_LEAD, 0),
    ("omar", "Omar", "Aziz", Role.WIJKCOACH, 1),
    ("petra", "Petra", "Vos", Role.WIJKCOACH, 1),
    ("vera", "Vera", "Blom", Role.SAFEGUARDING_OFFICER, None),
    ("wim", "Wim", "Kok", Role.PRIVACY_OFFICER, None),
    ("beheer", "Bea", "Heerema", Role.ADMIN, None),
)


# The last figures of their numbers: above the duty numbers, below those of households.
STAFF_PHONES, VOLUNTEER_PHONES = 130, 160


@dataclass(frozen=True)
class People:
    """Volunteers in order (the first two walk today), and staff by sign-in name."""

    volunteers: list[Account]
    staff: dict[str, Account]


def build_people(place: Place, source: random.Random) -> People:
    """Make twelve volunteers and the staff around them."""
    # A fixed salt makes the demo the same for the same arguments; nobody real has this password.
    salt = source.randbytes(16)
    password_hash = hash_secret(PASSWORD.encode(), salt, 3, 65536, 4, 32, Type.ID).decode()
    volunteers = [
        _account(place, password_hash, first.lower(), (first, last), Role.VOLUNTEER)
        for first, last in VOLUNTEERS
    ]
    staff = {
        sign_in: _account(place, password_hash, sign_in, (first, last), role, team)
        for sign_in, first, last, role, team in STAFF
    }
    for first, people in ((STAFF_PHONES, staff.values()), (VOLUNTEER_PHONES, volunteers)):
        for number, account in enumerate(people, first):
            account.phone = f"099-5550{number}"
    db.session.flush()
    for account in [*volunteers, staff["sofie"]]:
        db.session.add(
            AccountDistrict(
                id=new_id(),
                municipality_id=place.municipality.id,
                account_id=account.id,
                district_id=place.district.id,
            )
        )
    return People(volunteers, staff)


def _account(
    place: Place,
    password_hash: str,
    sign_in: str,
    name: tuple[str, str],
    role: Role,
    team: int | None = None,
) -> Account:
    account = Account(
        id=new_id(),
        municipality_id=place.municipality.id,
        email=f"{sign_in}@wilgendam.example",
        name=" ".join(name),
        first_name=name[0],
        role=role,
        team_id=place.teams[team].id if team is not None else None,
        password_hash=password_hash,
        active=True,
        created_at=now(),
    )
    db.session.add(account)
    return account

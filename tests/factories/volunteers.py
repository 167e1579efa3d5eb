"""What planning knows of a volunteer, in tests: everybody may walk, until a test says otherwise."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from outreach.access.models import Account
from outreach.clock import DayPart, new_id, today
from outreach.db import db
from outreach.volunteers.models import (
    AvoidedAddress,
    AvoidedStreet,
    VolunteerAbsence,
    VolunteerDayPart,
    VolunteerProfile,
)

YEAR = timedelta(days=365)
EVERY_DAY_PART = [(weekday, part) for weekday in range(1, 8) for part in DayPart]


def make_profile(account: Account, **changes: Any) -> VolunteerProfile:
    """Cleared for another year, and walks without a mentor.

    Its id follows from the account's: who replays ids gets the same ones with a profile as without.
    """
    said = {
        "certificate_seen": True,
        "certificate_date": today() - YEAR,
        "certificate_expires_on": today() + YEAR,
        "languages": [],
        "experienced": False,
        "starts_with_mentor": False,
    }
    profile = VolunteerProfile(
        id=str(uuid5(UUID(account.id), VolunteerProfile.__tablename__)),
        municipality_id=account.municipality_id,
        account_id=account.id,
        **(said | changes),
    )
    db.session.add(profile)
    db.session.flush()
    return profile


def profile_of(account: Account) -> VolunteerProfile:
    """The one that `make_profile` made."""
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id == account.id)
    return db.session.scalars(rows).one()


def walks_on(account: Account, day_parts: Iterable[tuple[int, str]] = EVERY_DAY_PART) -> None:
    """When they can walk: weekdays (1 is Monday) and day parts."""
    _adds(VolunteerDayPart(weekday=day, day_part=part, **_own(account)) for day, part in day_parts)


def is_away(account: Account, first_day: date, last_day: date) -> None:
    """Days on which they cannot."""
    _adds([VolunteerAbsence(first_day=first_day, last_day=last_day, **_own(account))])


def avoids_street(account: Account, street: str, city: str = "Wilgendam") -> None:
    """Where they live, or whatever else keeps them away."""
    _adds([AvoidedStreet(city=city, street=street, **_own(account))])


def avoids_address(account: Account, address_id: str, origin: str = "desk") -> None:
    """A door to which they do not go."""
    _adds([AvoidedAddress(address_id=address_id, origin=origin, **_own(account))])


def _own(account: Account) -> dict[str, str]:
    here = account.municipality_id
    return {"id": new_id(), "municipality_id": here, "account_id": account.id}


def _adds(rows: Iterable[Any]) -> None:
    db.session.add_all(rows)
    db.session.flush()

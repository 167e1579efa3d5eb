"""What a desk sees of volunteers: a fixed number of queries for any number of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from outreach.access.models import Account
from outreach.clock import DayPart, today
from outreach.db import db
from outreach.territory.models import Address
from outreach.volunteers.avoiding import AT_DESK, AT_DOOR, in_its_street
from outreach.volunteers.clearance import cleared_until, standing
from outreach.volunteers.mentoring import is_mentor, is_new
from outreach.volunteers.models import (
    AvoidedAddress,
    AvoidedStreet,
    VolunteerAbsence,
    VolunteerDayPart,
    VolunteerProfile,
)

PARTS = [part.value for part in DayPart]


def for_planning(accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """What planning needs of each, in this order."""
    ids, on = [account.id for account in accounts], today()
    profiles, weeks, away = _profiles(ids), _weeks(ids), _away(ids, on)
    return [
        {
            "id": account.id,
            "name": account.name,
            "first_name": account.first_name,
            "role": account.role,
            "clearance": standing(profile, on),
            "cleared_until": cleared_until(profile),
            "mentor": is_mentor(account, profile),
            "starts_with_mentor": is_new(account, profile),
            "languages": profile.languages if profile else [],
            "day_parts": weeks[account.id],
            "absences": away[account.id],
        }
        for account in accounts
        for profile in [profiles.get(account.id)]
    ]


def whole(account: Account) -> dict[str, Any]:
    """The whole profile of one volunteer."""
    profile = _profiles([account.id]).get(account.id)
    return for_planning([account])[0] | {
        "certificate_seen": profile is not None and profile.certificate_seen,
        "certificate_date": profile.certificate_date if profile else None,
        "certificate_expires_on": profile.certificate_expires_on if profile else None,
        "experienced": profile is not None and profile.experienced,
        "streets": _streets(account),
        "addresses": _addresses(account),
        "left_doors": _left_doors(account),
    }


def _profiles(ids: Collection[str]) -> dict[str, VolunteerProfile]:
    rows = select(VolunteerProfile).where(VolunteerProfile.account_id.in_(ids))
    return {row.account_id: row for row in db.session.scalars(rows)}


def _weeks(ids: Collection[str]) -> dict[str, list[VolunteerDayPart]]:
    rows = select(VolunteerDayPart).where(VolunteerDayPart.account_id.in_(ids))
    found: dict[str, list[VolunteerDayPart]] = defaultdict(list)
    for row in sorted(
        db.session.scalars(rows), key=lambda one: (one.weekday, PARTS.index(one.day_part))
    ):
        found[row.account_id].append(row)
    return found


def _away(ids: Collection[str], on: date) -> dict[str, list[VolunteerAbsence]]:
    rows = select(VolunteerAbsence).where(
        VolunteerAbsence.account_id.in_(ids), VolunteerAbsence.last_day >= on
    )
    found: dict[str, list[VolunteerAbsence]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(VolunteerAbsence.first_day, VolunteerAbsence.id)):
        found[row.account_id].append(row)
    return found


def _streets(account: Account) -> list[dict[str, Any]]:
    key = (AvoidedStreet.city, AvoidedStreet.street)
    rows = (
        select(*key, func.count(Address.id))
        .outerjoin(Address, in_its_street())
        .where(AvoidedStreet.account_id == account.id)
        .group_by(*key)
    )
    found = db.session.execute(rows.order_by(*key))
    return [{"city": city, "street": street, "doors": doors} for city, street, doors in found]


def _addresses(account: Account) -> list[Address]:
    rows = (
        select(Address)
        .join(AvoidedAddress, AvoidedAddress.address_id == Address.id)
        .where(AvoidedAddress.account_id == account.id, AvoidedAddress.origin == AT_DESK)
    )
    order = (Address.postcode, Address.house_number, Address.id)
    return list(db.session.scalars(rows.order_by(*order)))


def _left_doors(account: Account) -> int:
    rows = select(func.count()).where(
        AvoidedAddress.account_id == account.id, AvoidedAddress.origin == AT_DOOR
    )
    return db.session.scalar(rows) or 0

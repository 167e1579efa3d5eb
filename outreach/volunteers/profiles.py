"""Writing down what planning needs of a volunteer. What was there is replaced as a whole."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.audit import trail
from outreach.clock import new_id
from outreach.db import db
from outreach.errors import InvalidInput
from outreach.territory.doors import addresses_at
from outreach.volunteers.avoiding import AT_DESK
from outreach.volunteers.models import (
    AvoidedAddress,
    AvoidedStreet,
    VolunteerAbsence,
    VolunteerDayPart,
    VolunteerProfile,
)
from outreach.volunteers.profile_faults import door_of, faults_of, new_and_experienced

SAID = (
    "certificate_seen",
    "certificate_date",
    "certificate_expires_on",
    "experienced",
    "starts_with_mentor",
)


def write_profile(actor: Actor, account: Account, body: dict[str, Any]) -> None:
    """Replace a profile; raises InvalidInput with all faults."""
    faults = faults_of(account, body)
    if faults:
        raise InvalidInput(*faults)
    profile = _profile(account)
    for name in SAID:
        setattr(profile, name, body[name])
    profile.languages = sorted(set(body["languages"]))
    _forget_the_rest(account)
    week = {(one["weekday"], one["day_part"]) for one in body["day_parts"]}
    away = {(one["first_day"], one["last_day"]) for one in body["absences"]}
    streets = {(one["city"], one["street"]) for one in body["streets"]}
    _add(account, VolunteerDayPart, ("weekday", "day_part"), sorted(week))
    _add(account, VolunteerAbsence, ("first_day", "last_day"), sorted(away))
    _add(account, AvoidedStreet, ("city", "street"), sorted(streets))
    doors = [door for one in body["addresses"] if (door := door_of(one))]
    found = addresses_at(account.municipality_id, doors)
    avoided = {(row.id, AT_DESK) for rows in found.values() for row in rows}
    _add(account, AvoidedAddress, ("address_id", "origin"), sorted(avoided))
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "volunteer.change", "account", account.id)


def set_first_rounds(actor: Actor, account: Account, *, with_mentor: bool) -> None:
    """Say whether somebody still walks with a mentor; raises InvalidInput for a mentor."""
    profile = _profile(account)
    said = {"starts_with_mentor": with_mentor, "experienced": profile.experienced}
    faults = list(new_and_experienced(account, said))
    if faults:
        raise InvalidInput(*faults)
    profile.starts_with_mentor = with_mentor
    db.session.flush()
    action = "volunteer.with_mentor" if with_mentor else "volunteer.without_mentor"
    trail.note(actor.municipality_id, actor.account_id, action, "account", account.id)


def _profile(account: Account) -> VolunteerProfile:
    """The profile, made when there is none; the account is locked so that it is made once."""
    rows = select(Account.id).where(Account.id == account.id)
    db.session.execute(rows.with_for_update(key_share=True))
    known = select(VolunteerProfile).where(VolunteerProfile.account_id == account.id)
    profile = db.session.scalars(known).first()
    if profile is None:
        profile = VolunteerProfile(
            id=new_id(), municipality_id=account.municipality_id, account_id=account.id
        )
        db.session.add(profile)
        db.session.flush()
    return profile


def _forget_the_rest(account: Account) -> None:
    """All that is written anew; what was said at doors is not the desk's to take back."""
    for table in (VolunteerDayPart, VolunteerAbsence, AvoidedStreet):
        db.session.execute(delete(table).where(table.account_id == account.id))
    db.session.execute(
        delete(AvoidedAddress).where(
            AvoidedAddress.account_id == account.id, AvoidedAddress.origin == AT_DESK
        )
    )


def _add(
    account: Account, table: type[Any], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    own = {"municipality_id": account.municipality_id, "account_id": account.id}
    db.session.add_all(
        table(id=new_id(), **own, **dict(zip(names, row, strict=True))) for row in rows
    )

"""Who may be planned in a campaign, as planning knows them and as the desk shows them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.access.models import Account, AccountDistrict
from outreach.access.scope import volunteers_of
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.planning.problem import Person
from outreach.territory.street_names import Street
from outreach.visits.models import Round, RoundMember
from outreach.volunteers.availability import Week, can_walk
from outreach.volunteers.avoiding import avoided_doors, avoided_streets
from outreach.volunteers.clearance import cleared_until
from outreach.volunteers.mentoring import is_mentor, is_new
from outreach.volunteers.models import VolunteerAbsence, VolunteerDayPart, VolunteerProfile

DUTCH = "nl"
Slot = tuple[date, str]


@dataclass(frozen=True)
class Walker:
    """A volunteer of the district, with what the desk may know of them."""

    account: Account
    profile: VolunteerProfile | None
    week: Week
    booked: frozenset[Slot]

    @property
    def is_new(self) -> bool:
        """Whether they still walk with a mentor."""
        return is_new(self.account, self.profile)

    @property
    def is_mentor(self) -> bool:
        """Whether somebody new may walk with them."""
        return is_mentor(self.account, self.profile)

    def cleared_on(self, on: date) -> bool:
        """Whether they may go to a door on that day."""
        until = cleared_until(self.profile)
        since = self.profile.certificate_date if self.profile else None
        return until is not None and since is not None and since <= on <= until

    def can_walk(self, on: date, day_part: str) -> bool:
        """Whether it is one of their day parts, they may go, and they have no other round."""
        is_free = (on, day_part) not in self.booked
        return is_free and self.cleared_on(on) and can_walk(self.week, on, day_part)

    def shown(self) -> dict[str, Any]:
        """For PersonOut."""
        return named(self.account) | {
            "languages": self.profile.languages if self.profile else [],
            "cleared_until": cleared_until(self.profile),
            "mentor": self.is_mentor,
            "starts_with_mentor": self.is_new,
        }


def named(account: Account) -> dict[str, Any]:
    """For WalkerOut."""
    return {"id": account.id, "first_name": account.first_name, "name": account.name}


def walkers(campaign: Campaign, but_rounds: Collection[str] = ()) -> list[Walker]:
    """Everybody who may walk in this district, by name; what `but_rounds` book is free."""
    here = select(AccountDistrict.account_id).where(
        AccountDistrict.district_id == campaign.district_id
    )
    rows = (
        volunteers_of(campaign.municipality_id)
        .where(Account.id.in_(here))
        .order_by(Account.name, Account.id)
    )
    accounts = list(db.session.scalars(rows))
    ids = [account.id for account in accounts]
    profiles = {
        row.account_id: row
        for row in db.session.scalars(
            select(VolunteerProfile).where(VolunteerProfile.account_id.in_(ids))
        )
    }
    weeks, booked = _weeks(ids), _booked(ids, but_rounds)
    return [
        Walker(one, profiles.get(one.id), weeks[one.id], frozenset(booked.get(one.id, ())))
        for one in accounts
    ]


def _weeks(ids: Collection[str]) -> dict[str, Week]:
    parts: dict[str, list[tuple[int, str]]] = {id_: [] for id_ in ids}
    away: dict[str, list[tuple[date, date]]] = {id_: [] for id_ in ids}
    usual = select(VolunteerDayPart).where(VolunteerDayPart.account_id.in_(ids))
    for row in db.session.scalars(usual):
        parts[row.account_id].append((row.weekday, row.day_part))
    absent = select(VolunteerAbsence).where(VolunteerAbsence.account_id.in_(ids))
    for gone in db.session.scalars(absent):
        away[gone.account_id].append((gone.first_day, gone.last_day))
    return {id_: Week(parts[id_], away[id_]) for id_ in ids}


def _booked(ids: Collection[str], but_rounds: Collection[str]) -> dict[str, set[Slot]]:
    rows = (
        select(RoundMember.account_id, Round.date, Round.day_part)
        .join(Round, Round.id == RoundMember.round_id)
        .where(RoundMember.account_id.in_(ids), Round.id.not_in(but_rounds))
    )
    found: dict[str, set[Slot]] = {}
    for account_id, on, day_part in db.session.execute(rows):
        found.setdefault(account_id, set()).add((on, day_part))
    return found


def as_people(found: Iterable[Walker], first_day: date) -> tuple[Person, ...]:
    """For the solver. A certificate that begins after the first day counts from the next plan."""
    everybody = list(found)
    ids = [one.account.id for one in everybody]
    streets, doors = avoided_streets(ids), avoided_doors(ids)
    return tuple(
        Person(
            one.account.id,
            languages=frozenset({DUTCH, *(one.profile.languages if one.profile else ())}),
            streets=frozenset(map(street_key, streets.get(one.account.id, ()))),
            not_to=frozenset(doors.get(one.account.id, ())),
            cleared_until=_until(one, first_day),
            is_new=one.is_new,
            is_experienced=one.is_mentor,
        )
        for one in everybody
    )


def _until(one: Walker, first_day: date) -> date | None:
    since = one.profile.certificate_date if one.profile else None
    return cleared_until(one.profile) if since is not None and since <= first_day else None


def street_key(street: Street) -> str:
    """A street as no other of the municipality has it."""
    return f"{street.city}/{street.street}"

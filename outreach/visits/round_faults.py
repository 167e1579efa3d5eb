"""Everything that can be wrong with a round, told at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.access.scope import volunteers_in
from outreach.campaigns import areas
from outreach.campaigns.areas import Street
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.db import db
from outreach.errors import InputError
from outreach.visits.models import Round, RoundMember
from outreach.visits.words import DAY_PARTS

PAIR = 2
MOST_DOORS = 200


@dataclass(frozen=True)
class Wanted:
    """A round as somebody wants it; what was left empty is None."""

    campaign: Campaign
    on: date | None
    day_part: str | None
    pair: Sequence[str]
    round_id: str | None = None


def faults_of(actor: Actor, wanted: Wanted) -> list[InputError]:
    """What is wrong with when and who."""
    return [*_wrong_moment(wanted), *_wrong_pair(actor, wanted)]


def _wrong_moment(wanted: Wanted) -> Iterator[InputError]:
    campaign = wanted.campaign
    if wanted.on is None:
        yield InputError("/date", "missing")
    elif wanted.on < today():
        yield InputError("/date", "in-the-past")
    elif not campaign.starts_on <= wanted.on <= campaign.ends_on:
        period = {"first": campaign.starts_on.isoformat(), "last": campaign.ends_on.isoformat()}
        yield InputError("/date", "outside-campaign", period)
    if not wanted.day_part:
        yield InputError("/day_part", "missing")
    elif wanted.day_part not in DAY_PARTS:
        yield InputError("/day_part", "not-a-choice")


def _wrong_pair(actor: Actor, wanted: Wanted) -> Iterator[InputError]:
    if len(wanted.pair) != PAIR:
        yield InputError("/pair", "two-people")
        return
    if wanted.pair[0] == wanted.pair[1]:
        yield InputError("/pair/1", "same-person")
    rows = volunteers_in(actor, wanted.campaign.district_id).where(Account.id.in_(wanted.pair))
    # Locked, so that two rounds made at the same time do not book one person twice.
    known = set(
        db.session.scalars(rows.with_only_columns(Account.id).with_for_update(key_share=True))
    )
    booked = _booked(wanted)
    for place, account_id in enumerate(wanted.pair):
        if account_id not in known:
            yield InputError(f"/pair/{place}", "unknown-volunteer")
        elif account_id in booked:
            yield InputError(f"/pair/{place}", "already-booked")


def _booked(wanted: Wanted) -> set[str]:
    rows = (
        select(RoundMember.account_id)
        .join(Round, Round.id == RoundMember.round_id)
        .where(
            RoundMember.account_id.in_(wanted.pair),
            Round.date == wanted.on,
            Round.day_part == wanted.day_part,
        )
    )
    if wanted.round_id:
        rows = rows.where(Round.id != wanted.round_id)
    return set(db.session.scalars(rows))


def street_faults(campaign: Campaign, body: dict[str, Any]) -> Iterator[InputError]:
    """Streets that are not in the campaign, and a number of doors that nobody can walk."""
    known = {Street(row.city, row.street) for row in areas.street_list(campaign.area_id)}
    if not body["streets"]:
        yield InputError("/streets", "no-streets")
    for place, street in enumerate(body["streets"]):
        if Street(street["city"], street["street"]) not in known:
            yield InputError(f"/streets/{place}", "unknown-street", {"street": street["street"]})
    most = body["most_doors"]
    if most is None:
        yield InputError("/most_doors", "missing")
    elif not 1 <= most <= MOST_DOORS:
        yield InputError("/most_doors", "not-in-range", {"least": 1, "most": MOST_DOORS})

"""Everything that can be wrong with a round, told at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.access.scope import volunteers_in
from outreach.campaigns import areas
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.db import db
from outreach.errors import InputError
from outreach.territory.street_names import Street
from outreach.visits.models import Round, RoundMember
from outreach.visits.words import DAY_PARTS
from outreach.volunteers import avoiding, clearance, mentoring

PAIR = 2
MOST_DOORS = 200


@dataclass(frozen=True)
class Wanted:
    """A round as somebody wants it; what was left empty is None. `streets`: where its doors are."""

    campaign: Campaign
    on: date | None
    day_part: str | None
    pair: Sequence[str]
    streets: Collection[Street] = ()
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
    booked, unfit = _booked(wanted), _unfit(wanted, known)
    for place, account_id in enumerate(wanted.pair):
        if account_id not in known:
            yield InputError(f"/pair/{place}", "unknown-volunteer")
            continue
        if account_id in booked:
            yield InputError(f"/pair/{place}", "already-booked")
        for code, params in unfit[account_id]:
            yield InputError(f"/pair/{place}", code, params)


def _unfit(wanted: Wanted, known: Collection[str]) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Codes and parameters per person: not cleared that day, new, or not going to a street.

    Only of who may be planned here: of others nothing is told.
    """
    cleared = clearance.cleared(known, wanted.on) if wanted.on else known
    new = mentoring.lacking_a_mentor(known) if len(known) == PAIR else set()
    avoided = avoiding.avoided_streets(known)
    found: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for account_id in known:
        if account_id not in cleared:
            found[account_id].append(("not-cleared", {}))
        if account_id in new:
            found[account_id].append(("needs-a-mentor", {}))
        for street in sorted(avoided.get(account_id, set()).intersection(wanted.streets)):
            found[account_id].append(("avoids-street", {"street": street.street}))
    return found


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

"""What a supervisor sees: outcome words and counts, never what was said."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from outreach.campaigns.areas import addresses_in
from outreach.campaigns.models import Campaign
from outreach.clock import today
from outreach.db import db
from outreach.territory.models import Address
from outreach.territory.street_names import Street
from outreach.territory.streets import streets
from outreach.visits.dossiers import pairs_of
from outreach.visits.histories import Asked, read_doors
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.visits.scope import stays_in_round
from outreach.visits.selection import is_to_do
from outreach.visits.surroundings import Surroundings, look_around
from outreach.visits.words import REACHED, TALKS
from outreach.web.paging import Page


def rounds_with_counts(rounds: Sequence[Round]) -> list[dict[str, Any]]:
    """Rounds with their pair and how far they are."""
    ids = [round_.id for round_ in rounds]
    pairs, doors, outcomes = pairs_of(ids), _doors(ids), _outcomes(ids)
    return [
        {
            "id": round_.id,
            "campaign_id": round_.campaign_id,
            "date": round_.date,
            "day_part": round_.day_part,
            "state": round_.state,
            "pair": pairs.get(round_.id, []),
            "doors": doors.get(round_.id, 0),
            **_totals(outcomes.get(round_.id, Counter())),
        }
        for round_ in rounds
    ]


def _doors(round_ids: Collection[str]) -> dict[str, int]:
    rows = (
        select(Stop.round_id, func.count())
        .where(Stop.round_id.in_(round_ids), stays_in_round())
        .group_by(Stop.round_id)
    )
    return dict(db.session.execute(rows).all())


def _outcomes(round_ids: Collection[str]) -> dict[str, Counter[str]]:
    rows = (
        select(Stop.round_id, ContactAttempt.outcome, func.count())
        .join(ContactAttempt, ContactAttempt.stop_id == Stop.id)
        .where(Stop.round_id.in_(round_ids), ContactAttempt.outcome != "")
        .group_by(Stop.round_id, ContactAttempt.outcome)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for round_id, outcome, count in db.session.execute(rows):
        found[round_id][outcome] = count
    return found


def _totals(counts: Mapping[str, int]) -> dict[str, int]:
    return {
        "done": sum(counts.values()),
        "reached": sum(count for word, count in counts.items() if word in REACHED),
        "talks": sum(count for word, count in counts.items() if word in TALKS),
    }


def whole_round(round_: Round) -> dict[str, Any]:
    """A round with its stops and how often each outcome was recorded."""
    rows = (
        select(Stop, Address)
        .join(Address, Address.id == Stop.address_id)
        .where(Stop.round_id == round_.id, stays_in_round())
        .order_by(Stop.position, Stop.id)
    )
    found = [(stop, address) for stop, address in db.session.execute(rows)]
    around = look_around([(stop, round_) for stop, _ in found])
    stops = [_stop(stop, address, round_, around) for stop, address in found]
    counts = Counter(stop["outcome"] for stop in stops if stop["outcome"])
    return rounds_with_counts([round_])[0] | {
        "stops": stops,
        "counts": dict(sorted(counts.items())),
    }


def _stop(stop: Stop, address: Address, round_: Round, around: Surroundings) -> dict[str, Any]:
    attempt = around.attempt(stop)
    return {
        "id": stop.id,
        "position": stop.position,
        "street": address.street,
        "number": address.number,
        "postcode": address.postcode,
        "outcome": attempt.outcome if attempt else None,
        "reached": attempt.reached if attempt else None,
        "details": attempt.details if attempt else {},
        "notices": around.notices.get((round_.campaign_id, stop.address_id), []),
        "hold": around.hold(stop, round_.campaign_id),
        "left": stop.left_at is not None,
    }


def streets_to_do(campaign: Campaign, after: str) -> Page[dict[str, Any]]:
    """A page of the campaign's streets with how many doors a new round may still take."""
    found = streets(addresses_in(campaign.area_id), after)
    names = [Street(row["city"], row["street"]) for row in found.items]
    to_do: Counter[Street] = Counter()
    for address, door in read_doors(Asked(campaign, today(), streets=names)):
        to_do[Street(address.city, address.street)] += is_to_do(door)
    items = [row | {"to_do": to_do[name]} for row, name in zip(found.items, names, strict=True)]
    return Page(items, found.next)

"""Rounds that come out of a plan: published at once, and changed while somebody walks them.

A stop that a phone may have is never deleted: what goes to others is marked `taken_at`, so that
work which began there without a connection still finds its door. What was rung stays.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import InputError
from outreach.territory.models import Address, Household
from outreach.territory.street_names import Street
from outreach.visits import appointments
from outreach.visits.histories import Asked, read_doors
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop
from outreach.visits.round_faults import Wanted, faults_of
from outreach.visits.rounds import make_stops, set_pair
from outreach.visits.scope import PUBLISHED
from outreach.visits.selection import DoorHistory, may_go


@dataclass(frozen=True)
class PlannedRound:
    """Who goes when to which doors, in order. `aftercare`: who is expected there, by address."""

    on: date
    day_part: str
    pair: Sequence[str]
    addresses: Sequence[Address]
    aftercare: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """The stops of a round: `begun`, in order, and by address those at which nothing came yet."""

    begun: Sequence[Stop]
    open: Mapping[str, Sequence[Stop]]


def who_and_when(
    actor: Actor, campaign: Campaign, planned: PlannedRound, round_id: str | None = None
) -> list[InputError]:
    """What is wrong with the moment and the pair; their doors are looked at apart."""
    streets = {Street(address.city, address.street) for address in planned.addresses}
    wanted = Wanted(campaign, planned.on, planned.day_part, planned.pair, streets, round_id)
    return faults_of(actor, wanted)


def doors_that_fit(
    campaign: Campaign, planned: PlannedRound, but_rounds: Collection[str] = ()
) -> set[str]:
    """Which of its doors may be rung then, by these two."""
    asked = Asked(
        campaign,
        planned.on,
        address_ids=[address.id for address in planned.addresses],
        pair=planned.pair,
        but_rounds=but_rounds,
    )
    return {
        address.id
        for address, door in read_doors(asked)
        if is_free(door)
        and (address.id in planned.aftercare or may_go(door, planned.on, planned.day_part))
    }


def is_free(door: DoorHistory) -> bool:
    """Whether nobody else goes there, nobody said not to, and this pair may."""
    return not (door.held or door.planned or door.excluded)


def publish_new(actor: Actor, campaign: Campaign, planned: PlannedRound) -> Round:
    """Make a round that is on its pair's phones at their next exchange."""
    round_ = Round(
        id=new_id(),
        municipality_id=campaign.municipality_id,
        campaign_id=campaign.id,
        base_location_id=campaign.base_location_id,
        date=planned.on,
        day_part=planned.day_part,
        state=PUBLISHED,
        published_at=now(),
    )
    db.session.add(round_)
    db.session.flush()
    set_pair(round_, planned.pair)
    stops = make_stops(round_, planned.addresses)
    db.session.flush()
    appointments.take(round_, stops)
    appointments.promise_aftercare(round_, stops, planned.aftercare)
    for action in ("round.create", "round.publish"):
        trail.note(actor.municipality_id, actor.account_id, action, "round", round_.id)
    return round_


def standing(round_ids: Collection[str]) -> dict[str, Standing]:
    """How each of these rounds stands; where two households live, both stops go together."""
    rows = select(Stop).where(Stop.round_id.in_(round_ids), Stop.taken_at.is_(None))
    stops = list(db.session.scalars(rows.order_by(Stop.position, Stop.id)))
    worked_at = _worked_at(stops)
    begun_doors = {
        (stop.round_id, stop.address_id)
        for stop in stops
        if stop.id in worked_at or stop.left_at is not None
    }
    begun: dict[str, list[Stop]] = defaultdict(list)
    waiting: dict[str, dict[str, list[Stop]]] = defaultdict(lambda: defaultdict(list))
    for stop in stops:
        if (stop.round_id, stop.address_id) in begun_doors:
            begun[stop.round_id].append(stop)
        else:
            waiting[stop.round_id][stop.address_id].append(stop)
    return {one: Standing(begun[one], dict(waiting[one])) for one in round_ids}


def _worked_at(stops: Sequence[Stop]) -> set[str]:
    """Stops with an outcome, or with a household that somebody spoke with."""
    ids = [stop.id for stop in stops]
    rung = select(ContactAttempt.stop_id).where(
        ContactAttempt.stop_id.in_(ids), ContactAttempt.outcome != ""
    )
    households = [stop.household_id for stop in stops]
    met = select(Household.id).where(Household.id.in_(households))
    spoken = set(db.session.scalars(met))
    return set(db.session.scalars(rung)) | {
        stop.id for stop in stops if stop.household_id in spoken
    }


def take_doors(round_: Round, stops: Iterable[Stop]) -> int:
    """Give these open stops away; says how many doors went."""
    taken = list(stops)
    for stop in taken:
        stop.taken_at = now()
    db.session.flush()
    appointments.release([stop.id for stop in taken])
    went = len({stop.address_id for stop in taken})
    if went:
        _mark(round_, went=went)
    return went


def set_doors(round_: Round, planned: PlannedRound) -> int:
    """Let its open stops be these doors in this order, after what was rung; says how many came.

    Doors that are not among them were taken before.
    """
    stands = standing([round_.id])[round_.id]
    first = 1 + max((stop.position for stop in stands.begun), default=-1)
    before = list(stands.open)
    new = [address for address in planned.addresses if address.id not in stands.open]
    came = _brought(round_, new)
    stops: dict[str, Sequence[Stop]] = {**stands.open, **came}
    for place, address in enumerate(planned.addresses):
        for stop in stops[address.id]:
            stop.position = first + place
    db.session.flush()
    firsts = {address_id: rows[0] for address_id, rows in stops.items()}
    appointments.take(round_, firsts)
    fresh = {id_: who for id_, who in planned.aftercare.items() if id_ in came}
    appointments.promise_aftercare(round_, firsts, fresh)
    kept = [address.id for address in planned.addresses if address.id in stands.open]
    if came or kept != before:
        _mark(round_, came=len(came))
    return len(came)


def _brought(round_: Round, addresses: Sequence[Address]) -> dict[str, list[Stop]]:
    """Stops for doors that come: what this round had before is taken up, with its ids."""
    rows = select(Stop).where(
        Stop.round_id == round_.id,
        Stop.taken_at.is_not(None),
        Stop.address_id.in_([address.id for address in addresses]),
    )
    found: dict[str, list[Stop]] = defaultdict(list)
    for stop in db.session.scalars(rows.order_by(Stop.id)):
        stop.taken_at = None
        found[stop.address_id].append(stop)
    fresh = [address for address in addresses if address.id not in found]
    made = make_stops(round_, fresh)
    db.session.flush()
    return dict(found) | {address_id: [stop] for address_id, stop in made.items()}


def change_pair(round_: Round, pair: Sequence[str]) -> bool:
    """Let others walk it; says whether anybody changed."""
    rows = select(RoundMember.account_id).where(RoundMember.round_id == round_.id)
    if set(db.session.scalars(rows)) == set(pair):
        return False
    set_pair(round_, pair)
    _mark(round_)
    return True


def _mark(round_: Round, went: int = 0, came: int = 0) -> None:
    """Their phones say that it changed, and by how many doors since it went out."""
    round_.changed_at = now()
    round_.went = (round_.went or 0) + went
    round_.came = (round_.came or 0) + came
    db.session.flush()

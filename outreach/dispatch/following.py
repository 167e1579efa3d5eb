"""Plans follow the phones: what was changed in a round beside the plan stands in the plan too."""

from collections.abc import Collection

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.dispatch.gathering import Gathered, gather
from outreach.dispatch.layouts import PairShift
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.states import write
from outreach.planning.problem import LegKey


def plans_with(campaign: Campaign, round_ids: Collection[str]) -> list[RoundPlan]:
    """The plans from which these rounds came."""
    rows = select(RoundPlan).where(RoundPlan.campaign_id == campaign.id).order_by(RoundPlan.id)
    wanted = set(round_ids)
    return [one for one in db.session.scalars(rows) if wanted & set(one.rounds.values())]


def follow(actor: Actor, plan: RoundPlan) -> None:
    """Let the published rounds of a plan be as they are on the phones, in doors and pairs.

    A door that came stands in the part of the shift of the door before it.
    """
    db.session.refresh(plan, with_for_update={"key_share": True})
    state = plan.state
    gathered = gather(plan)
    orders = {
        key: order
        for key, order in gathered.layout.orders.items()
        if key.shift_id not in gathered.stands
    }
    for shift_id in set(gathered.stands) - gathered.over:
        orders |= _order_of(gathered, shift_id)
    on_phones = {door for key in orders if key.shift_id in gathered.stands for door in orders[key]}
    orders = {
        key: order
        if key.shift_id in gathered.stands
        else tuple(door for door in order if door not in on_phones)
        for key, order in orders.items()
    }
    doors = tuple(dict.fromkeys([*gathered.layout.doors, *sorted(on_phones)]))
    shifts = tuple(_as_walked(gathered, one) for one in gathered.layout.shifts)
    write(actor, plan, gathered.layout.but(shifts=shifts, orders=orders, doors=doors))
    plan.state = state  # a search that goes on goes on
    db.session.flush()


def _order_of(gathered: Gathered, shift_id: str) -> dict[LegKey, tuple[str, ...]]:
    known = {
        door: key.number
        for key, order in gathered.layout.orders.items()
        if key.shift_id == shift_id
        for door in order
    }
    number, legs = 0, dict[int, list[str]]()
    for door in gathered.stands[shift_id].open:
        number = known.get(door, number)
        legs.setdefault(number, []).append(door)
    return {LegKey(shift_id, number): tuple(doors) for number, doors in legs.items()}


def _as_walked(gathered: Gathered, shift: PairShift) -> PairShift:
    walk = gathered.walk.get(shift.id)
    if walk is None or set(walk) == set(shift.pair):
        return shift
    stayed = [who for who in shift.pair if who in walk]
    return PairShift(
        shift.id, shift.on, shift.day_part, (*stayed, *sorted(set(walk) - set(stayed)))
    )

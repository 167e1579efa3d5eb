"""From the plan to the phones, under the campaign's lock; and again what was changed since."""

from collections.abc import Iterator, Mapping
from typing import Any

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import now, today
from outreach.db import db
from outreach.dispatch.boards import differs
from outreach.dispatch.gathering import Gathered, gather
from outreach.dispatch.layouts import Layout, written
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.states import open_for_change, show, write
from outreach.dispatch.wording import fault_of
from outreach.errors import Conflict, InputError
from outreach.letters.waiting import earliest_day, is_too_soon
from outreach.planning.moving import Draft, NoSuchPlace
from outreach.planning.plan import PlannedRound as Planned
from outreach.planning.problem import Kind
from outreach.visits import planned_rounds
from outreach.visits.models import Round
from outreach.visits.planned_rounds import PlannedRound
from outreach.visits.rounds import RoundNoLongerFits, lock_published


class NothingToPublish(Conflict):
    """The phones have all of it already, or no round has a door that still fits."""

    code = "nothing-to-publish"


def publish(actor: Actor, plan: RoundPlan, body: dict[str, Any]) -> RoundPlan:
    """Give rounds to the phones; raises RoundNoLongerFits with every rule that does not hold.

    A door that somebody else took meanwhile is left out of the plan, never rung twice.
    """
    campaign = open_for_change(plan, body["version"])
    lock_published(campaign)
    gathered = gather(plan)
    draft = gathered.draft()
    chosen = _chosen(gathered, draft, [str(one) for one in body["round_ids"]])
    rounds = {one.shift_id: _as_round(gathered, one) for one in chosen}
    faults = list(_faults(actor, campaign, gathered, draft, rounds))
    if faults:
        raise RoundNoLongerFits(*faults)
    for shift_id, planned in rounds.items():
        _take_what_left(gathered, shift_id, planned)
    dropped = set()
    for shift_id, planned in rounds.items():
        dropped |= _publish_one(actor, campaign, plan, shift_id, planned)
    if not plan.rounds:
        raise NothingToPublish
    plan.published_at = plan.published_at or now()
    _keep(actor, gathered, dropped)
    trail.note(plan.municipality_id, actor.account_id, "round_plan.publish", "round_plan", plan.id)
    return plan


def _chosen(gathered: Gathered, draft: Draft, ids: list[str]) -> list[Planned]:
    """The rounds that were named; else all that the phones do not have like this yet."""
    by_id = {one.shift_id: one for one in draft.plan.rounds}
    if any(one not in by_id or one in gathered.over for one in ids):
        raise NoSuchPlace
    if ids:
        return [by_id[one] for one in dict.fromkeys(ids)]
    found = [
        one
        for one in draft.plan.rounds
        if differs(gathered, one)
        and draft.problem.shift[one.shift_id].on >= today()
        and (one.address_ids or one.shift_id in gathered.plan.rounds)
    ]
    if not found:
        raise NothingToPublish
    return found


def _as_round(gathered: Gathered, planned: Planned) -> PlannedRound:
    shift, doors = gathered.problem.shift[planned.shift_id], gathered.problem.door
    return PlannedRound(
        shift.on,
        shift.day_part.value,
        shift.pair,
        [gathered.addresses[address_id] for address_id in planned.address_ids],
        {
            address_id: doors[address_id].expects
            for address_id in planned.address_ids
            if doors[address_id].kind == Kind.AFTERCARE
        },
    )


def _faults(
    actor: Actor,
    campaign: Campaign,
    gathered: Gathered,
    draft: Draft,
    rounds: Mapping[str, PlannedRound],
) -> Iterator[InputError]:
    for one in draft.broken:
        if one.shift_id in rounds:
            yield fault_of(gathered, one, f"/rounds/{one.shift_id}")
    earliest = earliest_day(campaign)
    for shift_id, planned in rounds.items():
        before = f"/rounds/{shift_id}"
        round_id = gathered.plan.rounds.get(shift_id)
        for fault in planned_rounds.who_and_when(actor, campaign, planned, round_id):
            yield InputError(before + fault.pointer, fault.code, fault.params)
        if gathered.plan.settings["before_letter"]:
            continue
        if earliest is None:
            yield InputError(before, "letter-not-sent")
        elif planned.on < earliest:
            yield InputError(before, "letter-waits", {"day": earliest.isoformat()})


def _take_what_left(gathered: Gathered, shift_id: str, planned: PlannedRound) -> None:
    """First of all rounds, so that a door can go from one to another in one go."""
    stands = gathered.stands.get(shift_id)
    if stands is None:
        return
    stay = {address.id for address in planned.addresses}
    gone = [stop for id_, stops in stands.open.items() if id_ not in stay for stop in stops]
    round_ = db.session.get_one(Round, gathered.plan.rounds[shift_id])
    db.session.refresh(round_, with_for_update={"key_share": True})
    planned_rounds.take_doors(round_, gone)


def _publish_one(
    actor: Actor, campaign: Campaign, plan: RoundPlan, shift_id: str, planned: PlannedRound
) -> set[str]:
    """Make or change one round; says which doors did not fit after all."""
    round_id = plan.rounds.get(shift_id)
    own = [round_id] if round_id else []
    fits = planned_rounds.doors_that_fit(campaign, planned, own)
    dropped = {address.id for address in planned.addresses} - fits
    going = PlannedRound(
        planned.on,
        planned.day_part,
        planned.pair,
        [address for address in planned.addresses if address.id in fits],
        {door: who for door, who in planned.aftercare.items() if door in fits},
    )
    if round_id:
        _change_one(actor, db.session.get_one(Round, round_id), going)
    elif going.addresses:
        round_ = planned_rounds.publish_new(actor, campaign, going)
        round_.before_letter = is_too_soon(campaign, going.on)
        plan.rounds = plan.rounds | {shift_id: round_.id}
    db.session.flush()
    return dropped


def _change_one(actor: Actor, round_: Round, going: PlannedRound) -> None:
    stands = planned_rounds.standing([round_.id])[round_.id]
    stay = {address.id for address in going.addresses}
    planned_rounds.take_doors(
        round_, [stop for id_, stops in stands.open.items() if id_ not in stay for stop in stops]
    )
    planned_rounds.set_doors(round_, going)
    planned_rounds.change_pair(round_, going.pair)
    trail.note(round_.municipality_id, actor.account_id, "round.change", "round", round_.id)


def _keep(actor: Actor, gathered: Gathered, dropped: set[str]) -> None:
    """The plan as it went out: what did not fit is in no round of it."""
    layout = gathered.layout
    if not dropped:
        show(actor, gathered.plan, written(layout))
        return
    orders = {
        key: tuple(door for door in order if door not in dropped)
        for key, order in layout.orders.items()
    }
    locks = {door: shift for door, shift in layout.locks.items() if door not in dropped}
    kept: Layout = layout.but(orders=orders, locks=locks)
    write(actor, gathered.plan, kept)

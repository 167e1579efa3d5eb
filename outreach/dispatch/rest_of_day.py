"""Where doors can go when a pair cannot go on: to rounds of the same day that have time left.

Rounds keep what they have, in the order they have it; a door is only put between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.campaigns.models import Campaign
from outreach.clock import AMSTERDAM, now, today
from outreach.db import db
from outreach.dispatch import bases, settings
from outreach.dispatch.doors import Found, Wanted, doors_to_do
from outreach.dispatch.following import plans_with
from outreach.dispatch.layouts import PairShift, timed
from outreach.dispatch.people import Walker, as_people, walkers
from outreach.dispatch.routing import distances
from outreach.planning.distances import Walks, measure
from outreach.planning.pairs import pair_faults
from outreach.planning.problem import DAY, HOUR, MINUTE, Door, LegKey, Problem, Shift
from outreach.planning.reasons import Choices
from outreach.planning.room import Room, obeys_time
from outreach.visits.models import Round, RoundMember
from outreach.visits.planned_rounds import Standing, standing
from outreach.visits.scope import PUBLISHED
from outreach.visits.words import moment


@dataclass(frozen=True)
class RestOfDay:
    """Rounds that go on, with all that is known of them; `orders`: their open doors."""

    campaign: Campaign
    rounds: Mapping[str, Round]
    pairs: Mapping[str, tuple[str, ...]]
    stands: Mapping[str, Standing]
    people: Sequence[Walker]
    found: Found
    problem: Problem
    orders: Mapping[str, Sequence[str]]


def rest_of_day(round_: Round, campaign: Campaign, pair: tuple[str, ...] | None) -> RestOfDay:
    """The rounds of this day from this day part on. `pair`: who goes on in this one, if anybody."""
    rounds = _rounds(round_)
    members = _members(rounds)
    if pair:
        members[round_.id] = pair
    stands = standing(list(rounds))
    goes_on = [one for id_, one in rounds.items() if pair or id_ != round_.id]
    shifts = _shifts(campaign, goes_on, members)
    ids = [door for one in stands.values() for door in one.open]
    minutes = _settings(campaign, [round_])[round_.id]["minutes"]
    slots = [(one.date, one.day_part) for one in goes_on]
    found = doors_to_do(
        Wanted(campaign, slots, round_.date, minutes, ids=ids, but_rounds=list(rounds))
    )
    people = walkers(campaign, list(rounds))
    base = bases.place_of(bases.base_of(campaign, found.addresses.values(), None))
    problem = Problem(base, found.doors, as_people(people, round_.date), shifts)
    wrong = {fault.shift_id for fault in pair_faults(problem)}
    problem = replace(problem, shifts=tuple(one for one in shifts if one.id not in wrong))
    orders = {id_: [door for door in stands[id_].open if door in found.addresses] for id_ in rounds}
    return RestOfDay(campaign, rounds, members, stands, people, found, problem, orders)


def share_out(rest: RestOfDay, doors: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """New orders of the rounds that take these doors, and why the others fit nowhere."""
    walks = measure(rest.problem, distances())
    problem = _with_room(rest, walks, set(doors))
    choices = Choices(problem, walks)
    kept = {
        LegKey(shift.id, 0): [door for door in rest.orders[shift.id] if door not in doors]
        for shift in problem.shifts
    }
    room = Room(problem, walks, kept)
    reasons: dict[str, str] = {}
    for door in sorted((problem.door[one] for one in doors), key=_promises_first):
        never = choices.never(door)
        gap = None if never else room.best_gap(door, choices.shifts_for(door))
        if gap:
            room.put(gap, door.address_id)
        else:
            reasons[door.address_id] = choices.reason(door, room).value
    return {key.shift_id: list(order) for key, order in room.orders.items()}, reasons


def _with_room(rest: RestOfDay, walks: Walks, doors: set[str]) -> Problem:
    """Without rounds that are late as it is: what they have stays theirs, and more does not fit."""

    def is_in_time(shift: Shift) -> bool:
        order = [door for door in rest.orders[shift.id] if door not in doors]
        if any(door not in walks.row for door in order):
            return False
        return obeys_time(rest.problem, walks, LegKey(shift.id, 0), order)

    return replace(rest.problem, shifts=tuple(filter(is_in_time, rest.problem.shifts)))


def _promises_first(door: Door) -> tuple[int, str]:
    return (door.window.closes - door.window.opens if door.window else DAY, door.address_id)


def _rounds(round_: Round) -> dict[str, Round]:
    rows = select(Round).where(
        Round.campaign_id == round_.campaign_id,
        Round.date == round_.date,
        Round.state == PUBLISHED,
    )
    since = moment(round_.date, round_.day_part)
    return {
        one.id: one
        for one in db.session.scalars(rows.order_by(Round.id))
        if moment(one.date, one.day_part) >= since
    }


def _members(rounds: Mapping[str, Round]) -> dict[str, tuple[str, ...]]:
    rows = select(RoundMember).where(RoundMember.round_id.in_(rounds)).order_by(RoundMember.id)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(rounds, ())
    for row in db.session.scalars(rows):
        found[row.round_id] = (*found[row.round_id], row.account_id)
    return found


def _shifts(
    campaign: Campaign, rounds: Sequence[Round], members: Mapping[str, tuple[str, ...]]
) -> tuple[Shift, ...]:
    """What is left of each shift, by the times of its plan; one that is over is not among them."""
    kept = _settings(campaign, rounds)
    left = []
    for one in rounds:
        pair_shift = PairShift(one.id, one.date, one.day_part, members[one.id])
        (shift,) = timed([pair_shift], kept[one.id])
        left.append(_what_is_left(shift))
    return tuple(shift for shift in left if shift.begins < shift.ends)


def _settings(campaign: Campaign, rounds: Sequence[Round]) -> dict[str, Mapping[str, Any]]:
    """Of the plan that a round came from; as usual for one that was made by hand."""
    usual = settings.settled({})
    found: dict[str, Mapping[str, Any]] = {one.id: usual for one in rounds}
    for plan in plans_with(campaign, list(found)):
        found |= {id_: plan.settings for id_ in plan.rounds.values() if id_ in found}
    return found


def _what_is_left(shift: Shift) -> Shift:
    """From now on; a pause that is still to come is taken off the end: when matters little."""
    begins = max(shift.begins, _seconds_today(shift.on))
    pause = shift.pause
    ahead = pause.ends - pause.begins if pause and pause.ends > begins else 0
    return replace(shift, begins=begins, ends=shift.ends - ahead, pause=None)


def _seconds_today(on: date) -> int:
    if on != today():
        return 0
    here = now().astimezone(AMSTERDAM)
    return here.hour * HOUR + (here.minute + 1) * MINUTE

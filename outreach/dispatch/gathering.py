"""From the tables to a problem that planning can answer, for a plan as it is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from outreach.access.models import Account
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.dispatch import bases
from outreach.dispatch.doors import Found, Wanted, doors_to_do
from outreach.dispatch.layouts import Layout, drafted, read, timed
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.people import Walker, as_people, walkers
from outreach.dispatch.routing import distances
from outreach.planning.moving import Draft
from outreach.planning.problem import Problem
from outreach.territory.models import Address
from outreach.territory.ordering import walking_order
from outreach.visits.models import Round, RoundMember
from outreach.visits.planned_rounds import Standing, standing
from outreach.visits.scope import CLOSED


@dataclass(frozen=True)
class Gathered:
    """A plan with all that is true of it now.

    `stands`: its published rounds, by shift, and who walks them (`walk`); `over`: shifts whose
    round was closed.
    """

    plan: RoundPlan
    layout: Layout
    people: tuple[Walker, ...]
    found: Found
    stands: Mapping[str, Standing]
    walk: Mapping[str, Collection[str]]
    over: frozenset[str]
    problem: Problem

    def draft(self) -> Draft:
        """The plan with its times, figures and reasons."""
        return drafted(self.problem, self.layout, distances())

    @property
    def accounts(self) -> dict[str, Account]:
        """Everybody of the district, by id."""
        return {one.account.id: one.account for one in self.people}

    @property
    def addresses(self) -> Mapping[str, Address]:
        """The doors that are to do, by id."""
        return self.found.addresses

    def gone(self) -> list[Address]:
        """Doors that were asked for and are not to do any more, but for those rung in the plan."""
        begun = {stop.address_id for stood in self.stands.values() for stop in stood.begun}
        ids = set(self.layout.doors) - set(self.addresses) - begun
        rows = select(Address).where(Address.id.in_(ids))
        return walking_order(db.session.scalars(rows))


def gather(plan: RoundPlan, layout: Layout | None = None) -> Gathered:
    """Read what the plan is about; with another layout than it has, when one is being made."""
    by_round = standing(list(plan.rounds.values()))
    stands = {shift_id: by_round[round_id] for shift_id, round_id in plan.rounds.items()}
    over = _over(plan)
    layout = _still_to_walk(layout or read(plan.content), stands, over)
    campaign = db.session.get_one(Campaign, plan.campaign_id)
    own = list(plan.rounds.values())
    found = doors_to_do(
        Wanted(
            campaign,
            [(one.on, one.day_part) for one in layout.shifts],
            plan.last_day,
            plan.settings["minutes"],
            ids=layout.doors,
            but_rounds=own,
        )
    )
    people = tuple(walkers(campaign, own))
    problem = Problem(
        base=bases.place_of(plan.settings["base"]),
        doors=found.doors,
        people=as_people(people, plan.first_day),
        shifts=timed(layout.shifts, plan.settings),
        locks=_locks(layout, found),
    )
    return Gathered(plan, layout, people, found, stands, _walk(plan), over, problem)


def _walk(plan: RoundPlan) -> dict[str, list[str]]:
    shifts = {round_id: shift for shift, round_id in plan.rounds.items()}
    rows = select(RoundMember.round_id, RoundMember.account_id).where(
        RoundMember.round_id.in_(shifts)
    )
    found: dict[str, list[str]] = {}
    for round_id, account_id in db.session.execute(rows):
        found.setdefault(shifts[round_id], []).append(account_id)
    return found


def _over(plan: RoundPlan) -> frozenset[str]:
    closed = select(Round.id).where(Round.id.in_(list(plan.rounds.values())), Round.state == CLOSED)
    ids = set(db.session.scalars(closed))
    return frozenset(shift for shift, round_id in plan.rounds.items() if round_id in ids)


def _still_to_walk(layout: Layout, stands: Mapping[str, Standing], over: frozenset[str]) -> Layout:
    """Without what was rung in its round, and without the doors of rounds that were closed."""
    begun = {
        (shift_id, stop.address_id) for shift_id, stood in stands.items() for stop in stood.begun
    }
    orders = {
        key: tuple(door for door in order if (key.shift_id, door) not in begun)
        for key, order in layout.orders.items()
        if key.shift_id not in over
    }
    locks = {
        door: shift
        for door, shift in layout.locks.items()
        if (shift, door) not in begun and shift not in over
    }
    return layout.but(orders=orders, locks=locks)


def _locks(layout: Layout, found: Found) -> dict[str, str]:
    """Locks of doors that are still to do, in shifts that are still there."""
    shifts = {one.id for one in layout.shifts}
    return {
        door: shift
        for door, shift in layout.locks.items()
        if door in found.addresses and shift in shifts
    }

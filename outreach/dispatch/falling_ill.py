"""Somebody cannot go on: another goes instead, or the doors go to other pairs of that day.

What was rung stays where it is, and so does every id that a phone may have written under.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.dispatch.following import follow, plans_with
from outreach.dispatch.people import named
from outreach.dispatch.rest_of_day import RestOfDay, rest_of_day, share_out
from outreach.dispatch.states import PlanChanged
from outreach.dispatch.wording import reason
from outreach.errors import InputError, InvalidInput
from outreach.planning.marks import marks_of, not_passed
from outreach.planning.problem import Kind
from outreach.territory.models import Address
from outreach.visits import planned_rounds
from outreach.visits.dossiers import pairs_of
from outreach.visits.models import Round
from outreach.visits.planned_rounds import PlannedRound
from outreach.visits.rounds import lock_published
from outreach.visits.scope import PUBLISHED
from outreach.visits.walking import RoundNotPublished, close_round
from outreach.visits.words import moment

NO_LONGER = "no-longer-to-do"


@dataclass(frozen=True)
class Change:
    """What happens: doors by where they go (None: to do again, with why), and new orders."""

    rest: RestOfDay
    round: Round
    pair: tuple[str, ...] | None
    goes: dict[str, str | None]
    reasons: dict[str, str]
    orders: dict[str, list[str]]

    @property
    def version(self) -> str:
        """Another one as soon as anything of it is different."""
        stands = {id_: list(one.open) for id_, one in self.rest.stands.items()}
        said = [self.round.id, self.pair, sorted(self.goes.items()), stands]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]

    def to(self, round_id: str) -> list[str]:
        """The doors that come to a round."""
        return [door for door, to in self.goes.items() if to == round_id]


def falls_ill(actor: Actor, round_: Round, body: dict[str, Any], language: str) -> dict[str, Any]:
    """For IllOut; raises RoundNotPublished, InvalidInput, or PlanChanged."""
    campaign = db.session.get_one(Campaign, round_.campaign_id)
    lock_published(campaign)
    db.session.refresh(round_, with_for_update={"key_share": True})
    if round_.state != PUBLISHED:
        raise RoundNotPublished
    change = _worked_out(actor, campaign, round_, body)
    if body["version"] is not None and body["version"] != change.version:
        raise PlanChanged
    answer = _shown(change, language) | {"dry_run": body["dry_run"], "version": change.version}
    if not body["dry_run"]:
        _carry_out(actor, campaign, change)
    return answer


def _worked_out(actor: Actor, campaign: Campaign, round_: Round, body: dict[str, Any]) -> Change:
    leaves = str(body["account_id"])
    instead = str(body["instead"]) if body["instead"] else None
    pair = _pair(actor, campaign, round_, leaves, instead)
    rest = rest_of_day(round_, campaign, pair)
    doors = list(rest.stands[round_.id].open)
    still = [door for door in doors if door in rest.found.addresses]
    stays = _who_may_stay(rest, round_.id, still) if pair else set()
    leaving = [door for door in still if door not in stays]
    orders, reasons = share_out(rest, leaving)
    where = {door: id_ for id_, order in orders.items() for door in order}
    goes: dict[str, str | None] = {door: where.get(door) for door in leaving}
    for door in doors:
        if door not in rest.found.addresses:
            goes[door], reasons[door] = None, NO_LONGER
    return Change(rest, round_, pair, goes, reasons, orders)


def _pair(
    actor: Actor, campaign: Campaign, round_: Round, leaves: str, instead: str | None
) -> tuple[str, ...] | None:
    members = [one["id"] for one in pairs_of([round_.id]).get(round_.id, [])]
    if leaves not in members:
        raise InvalidInput(InputError("/account_id", "not-in-this-pair"))
    if instead is None:
        return None
    pair = tuple(instead if who == leaves else who for who in members)
    planned = PlannedRound(round_.date, round_.day_part, pair, [])
    faults = planned_rounds.who_and_when(actor, campaign, planned, round_.id)
    if faults:
        raise InvalidInput(*(InputError("/instead", fault.code, fault.params) for fault in faults))
    return pair


def _who_may_stay(rest: RestOfDay, round_id: str, doors: list[str]) -> set[str]:
    """Doors where this pair may ring; when they have time for them is theirs to see."""
    shift = rest.problem.shift.get(round_id)
    if shift is None:
        return set(doors)
    marks = {door: marks_of(rest.problem, rest.problem.door[door]) for door in doors}
    every = frozenset().union(*marks.values())
    failed = not_passed(rest.problem, shift, every)
    return {door for door, own in marks.items() if not own & failed}


def _carry_out(actor: Actor, campaign: Campaign, change: Change) -> None:
    rest, round_ = change.rest, change.round
    stands = rest.stands[round_.id]
    gone = [stop for door in change.goes for stop in stands.open[door]]
    planned_rounds.take_doors(round_, gone)
    for round_id, order in change.orders.items():
        if change.to(round_id):
            planned_rounds.set_doors(rest.rounds[round_id], _planned(rest, round_id, order))
    if change.pair:
        planned_rounds.change_pair(round_, change.pair)
    elif round_.state == PUBLISHED:
        close_round(actor, round_)
    trail.note(round_.municipality_id, actor.account_id, "round.reassign", "round", round_.id)
    for plan in plans_with(campaign, list(rest.rounds)):
        follow(actor, plan)


def _planned(rest: RestOfDay, round_id: str, order: list[str]) -> PlannedRound:
    round_ = rest.rounds[round_id]
    doors = rest.problem.door
    # What is no longer to do stays where it is: nobody asked for it to go.
    all_open = [*order, *(door for door in rest.stands[round_id].open if door not in order)]
    return PlannedRound(
        round_.date,
        round_.day_part,
        rest.pairs[round_id],
        [db.session.get_one(Address, door) for door in all_open],
        {
            door: doors[door].expects
            for door in order
            if door in doors and doors[door].kind == Kind.AFTERCARE
        },
    )


def _shown(change: Change, language: str) -> dict[str, Any]:
    rest = change.rest
    addresses = {door: db.session.get_one(Address, door) for door in change.goes}
    touched = [change.round.id, *sorted({to for to in change.goes.values() if to})]
    rounds = sorted(
        (rest.rounds[id_] for id_ in dict.fromkeys(touched)),
        key=lambda one: (one.id != change.round.id, moment(one.date, one.day_part), one.id),
    )
    return {
        "kept": len({stop.address_id for stop in rest.stands[change.round.id].begun}),
        "doors": [
            {
                "address_id": door,
                "street": addresses[door].street,
                "number": addresses[door].number,
                "to": to,
                "reason": change.reasons.get(door, ""),
                "text": reason(change.reasons[door], language) if door in change.reasons else "",
            }
            for door, to in change.goes.items()
        ],
        "rounds": [_round(change, one) for one in rounds],
    }


def _round(change: Change, one: Round) -> dict[str, Any]:
    accounts = {walker.account.id: walker.account for walker in change.rest.people}
    is_own = one.id == change.round.id
    return {
        "id": one.id,
        "date": one.date,
        "day_part": one.day_part,
        "pair": [named(accounts[who]) for who in change.rest.pairs[one.id] if who in accounts],
        "gone": len(change.goes) if is_own else 0,
        "added": len(change.to(one.id)),
        "closes": is_own and change.pair is None,
    }

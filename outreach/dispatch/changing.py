"""Changes by hand: all that were asked for are made, or none; and going back and forth."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from outreach.access.actor import Actor
from outreach.dispatch import steps
from outreach.dispatch.gathering import Gathered, gather
from outreach.dispatch.layouts import of_draft
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.states import open_for_change, show, write
from outreach.dispatch.wording import fault_of
from outreach.errors import Conflict, InputError
from outreach.planning import moving
from outreach.planning.moving import Draft, NoSuchPlace, Spot
from outreach.planning.plan import lay_out
from outreach.planning.problem import LegKey
from outreach.planning.rules import newly_broken

Move = dict[str, Any]


class BreaksARule(Conflict):
    """What was asked would break rules that held before; the errors name each."""

    code = "breaks-a-rule"


class NothingToUndo(Conflict):
    """There is no step to go to: the plan is as it began, or as it was last changed."""

    code = "nothing-to-undo"


def change(actor: Actor, plan: RoundPlan, body: dict[str, Any]) -> RoundPlan:
    """Make these changes; raises BreaksARule, NoSuchPlace or DoorIsLocked and changes nothing."""
    open_for_change(plan, body["version"])
    gathered = gather(plan)
    before = gathered.draft()
    draft = before
    for move in body["moves"]:
        draft = _made(gathered, draft, move)
    broken = newly_broken(before.broken, draft.broken)
    after = replace(gathered, problem=draft.problem)
    faults = [
        fault_of(after, one, _pointer(body["moves"], one.address_id or one.shift_id))
        for one in broken
    ]
    faults += _booked(gathered, draft, body["moves"])
    if faults:
        raise BreaksARule(*faults)
    write(actor, plan, of_draft(draft, gathered.layout.doors))
    return plan


def undo(actor: Actor, plan: RoundPlan, body: dict[str, Any]) -> RoundPlan:
    """Back to the step before; raises NothingToUndo."""
    return _go(actor, plan, body, -1)


def redo(actor: Actor, plan: RoundPlan, body: dict[str, Any]) -> RoundPlan:
    """On to the step that was undone; raises NothingToUndo."""
    return _go(actor, plan, body, 1)


def _go(actor: Actor, plan: RoundPlan, body: dict[str, Any], by: int) -> RoundPlan:
    open_for_change(plan, body["version"])
    content = steps.content_at(plan, plan.step + by)
    if content is None:
        raise NothingToUndo
    plan.step += by
    show(actor, plan, content)
    return plan


def _made(gathered: Gathered, draft: Draft, move: Move) -> Draft:
    if move["round_id"] and str(move["round_id"]) in gathered.over:
        raise NoSuchPlace
    return ACTS[move["act"]](draft, move)


def _move(draft: Draft, move: Move) -> Draft:
    spot = Spot(LegKey(str(move["round_id"]), move["leg"]), move["position"])
    return moving.move(draft, str(move["address_id"]), spot)


def _leave(draft: Draft, move: Move) -> Draft:
    return moving.take_out(draft, str(move["address_id"]))


def _lock(draft: Draft, move: Move) -> Draft:
    return moving.lock(draft, str(move["address_id"]))


def _unlock(draft: Draft, move: Move) -> Draft:
    return moving.unlock(draft, str(move["address_id"]))


def _swap(draft: Draft, move: Move) -> Draft:
    one = str(move["round_id"]), str(move["account_id"])
    other = str(move["other_round_id"]), str(move["other_account_id"])
    return moving.swap_people(draft, one, other)


def _pair(draft: Draft, move: Move) -> Draft:
    shift = draft.problem.shift.get(str(move["round_id"]))
    if shift is None:
        raise NoSuchPlace
    pair = tuple(str(who) for who in move["pair"])
    problem = draft.problem.with_shifts(replace(shift, pair=pair))
    return replace(draft, problem=problem, plan=lay_out(problem, draft.walks, draft.plan.orders))


def _reverse(draft: Draft, move: Move) -> Draft:
    shift = draft.problem.shift.get(str(move["round_id"]))
    if shift is None:
        raise NoSuchPlace
    keys = {leg.key for leg in shift.legs}
    orders = {
        key: tuple(reversed(order)) if key in keys else order
        for key, order in draft.plan.orders.items()
    }
    return replace(draft, plan=lay_out(draft.problem, draft.walks, orders))


ACTS: dict[str, Callable[[Draft, Move], Draft]] = {
    "move": _move,
    "leave": _leave,
    "lock": _lock,
    "unlock": _unlock,
    "swap": _swap,
    "pair": _pair,
    "reverse": _reverse,
}


def _pointer(moves: list[Move], about: str) -> str:
    """The last change that names this door or round; the last of all when none does."""
    for place in range(len(moves) - 1, -1, -1):
        names = {str(value) for value in moves[place].values()}
        if about in names:
            return f"/moves/{place}"
    return f"/moves/{len(moves) - 1}"


def _booked(gathered: Gathered, draft: Draft, moves: list[Move]) -> list[InputError]:
    """Who came into a pair, and walks another round at that moment: no plan knows of that one."""
    people = {one.account.id: one for one in gathered.people}
    return [
        InputError(_pointer(moves, shift.id), "already-booked")
        for shift in draft.problem.shifts
        for who in sorted(set(shift.pair) - set(gathered.problem.shift[shift.id].pair))
        if who in people and (shift.on, shift.day_part.value) in people[who].booked
    ]

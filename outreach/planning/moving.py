"""Changing a plan by hand: each change gives a new draft, so that undo is keeping the old one.

A change is made even when it breaks a rule; the checker says which, and what the desk does with
that is the desk's. Figures and reasons always follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from outreach.errors import Conflict
from outreach.planning import rules
from outreach.planning.distances import Walks
from outreach.planning.plan import Plan, lay_out
from outreach.planning.problem import LegKey, Problem, Shift
from outreach.planning.rules import Broken


class DoorIsLocked(Conflict):
    """A locked door stays in its round until somebody unlocks it."""

    code = "door-is-locked"


class NoSuchPlace(Conflict):
    """The plan has no such door, round, position or person."""

    code = "no-such-place"


@dataclass(frozen=True)
class Draft:
    """A plan on the desk, with what it answers and how far everything is."""

    problem: Problem
    walks: Walks
    plan: Plan

    @property
    def broken(self) -> list[Broken]:
        """Every rule that it breaks."""
        return rules.broken(self.problem, self.walks, self.plan)


@dataclass(frozen=True)
class Spot:
    """Before the door at `position` of a leg; as many as there are doors = at its end."""

    key: LegKey
    position: int


def move(draft: Draft, address_id: str, to: Spot) -> Draft:
    """Put a door somewhere, out of a round or out of what did not fit.

    The position counts without the door itself. Within its round a locked door may move. Raises
    DoorIsLocked, or NoSuchPlace.
    """
    door = draft.problem.door.get(address_id)
    if door is None or door.place is None or to.key not in draft.problem.legs:
        raise NoSuchPlace
    if draft.problem.locks.get(address_id, to.key.shift_id) != to.key.shift_id:
        raise DoorIsLocked
    orders = _without(draft, address_id)
    order = list(orders.get(to.key, ()))
    if not 0 <= to.position <= len(order):
        raise NoSuchPlace
    order.insert(to.position, address_id)
    return _laid_out(draft, {**orders, to.key: tuple(order)})


def take_out(draft: Draft, address_id: str) -> Draft:
    """Leave a door for another time; raises DoorIsLocked, or NoSuchPlace."""
    if address_id not in draft.problem.door:
        raise NoSuchPlace
    if address_id in draft.problem.locks:
        raise DoorIsLocked
    return _laid_out(draft, _without(draft, address_id))


def lock(draft: Draft, address_id: str) -> Draft:
    """Keep a door in the round it is in, also when the rest is planned anew."""
    for key, order in draft.plan.orders.items():
        if address_id in order:
            return _with_locks(draft, {**draft.problem.locks, address_id: key.shift_id})
    raise NoSuchPlace


def unlock(draft: Draft, address_id: str) -> Draft:
    """Let a door go where it fits best."""
    locks = {door: shift for door, shift in draft.problem.locks.items() if door != address_id}
    return _with_locks(draft, locks)


def swap_people(draft: Draft, one: tuple[str, str], other: tuple[str, str]) -> Draft:
    """Two people change rounds; each is named by shift and person. Raises NoSuchPlace."""
    (first, goes), (second, comes) = one, other
    if first == second:
        raise NoSuchPlace
    changed = _replaced(draft, first, goes, comes), _replaced(draft, second, comes, goes)
    return _laid_out(replace(draft, problem=draft.problem.with_shifts(*changed)))


def replace_person(draft: Draft, shift_id: str, leaves: str, comes: str) -> Draft:
    """Somebody else goes, for instance because somebody fell ill. Raises NoSuchPlace."""
    changed = _replaced(draft, shift_id, leaves, comes)
    return _laid_out(replace(draft, problem=draft.problem.with_shifts(changed)))


def _replaced(draft: Draft, shift_id: str, leaves: str, comes: str) -> Shift:
    shift = draft.problem.shift.get(shift_id)
    if shift is None or leaves not in shift.pair or comes not in draft.problem.person:
        raise NoSuchPlace
    return replace(shift, pair=tuple(comes if who == leaves else who for who in shift.pair))


def _without(draft: Draft, address_id: str) -> dict[LegKey, tuple[str, ...]]:
    return {
        key: tuple(one for one in order if one != address_id)
        for key, order in draft.plan.orders.items()
    }


def _with_locks(draft: Draft, locks: Mapping[str, str]) -> Draft:
    return _laid_out(replace(draft, problem=replace(draft.problem, locks=locks)))


def _laid_out(draft: Draft, orders: Mapping[LegKey, tuple[str, ...]] | None = None) -> Draft:
    orders = draft.plan.orders if orders is None else orders
    return replace(draft, plan=lay_out(draft.problem, draft.walks, orders))

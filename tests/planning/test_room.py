"""The gap that is found is the shortest one that fits, by trying all of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.planning.distances import StraightLine, Walks, measure
from outreach.planning.problem import LegKey, Problem
from outreach.planning.reasons import Choices
from outreach.planning.room import Room
from outreach.planning.timing import walk
from tests.planning import oracle
from tests.planning.districts import crowded, problems


def more_metres(
    asked: Problem, walks: Walks, key: LegKey, before: list[str], after: list[str]
) -> float | None:
    """How much longer the leg becomes; None when it is not in time."""
    leg, shift = asked.legs[key], asked.shift[key.shift_id]
    if not oracle.in_time(asked, walks, shift, leg, after):
        return None
    return walk(asked, walks, leg, after).metres - walk(asked, walks, leg, before).metres


@given(asked=st.one_of(problems(most_doors=10), crowded()))
@settings(max_examples=60, deadline=None)
def test_the_best_gap_is_the_best_of_all(asked: Problem) -> None:
    walks = measure(asked, StraightLine())
    choices, room = Choices(asked, walks), Room(asked, walks, {})
    for door in asked.doors:
        if door.place is None:
            continue
        shifts = choices.shifts_for(door)
        found = room.best_gap(door, shifts)
        tried = {}
        for key in asked.legs:
            order = room.orders[key]
            for at in range(len(order) + 1) if key.shift_id in shifts else ():
                longer = [*order[:at], door.address_id, *order[at:]]
                tried[key, at] = more_metres(asked, walks, key, order, longer)
        fitting = [metres for metres in tried.values() if metres is not None]
        assert (found is None) == (not fitting)
        if found:
            assert tried[found.key, found.position] is not None
            assert found.metres <= min(fitting) + 0.001
            room.put(found, door.address_id)

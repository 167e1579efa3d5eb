"""The life of a hand-over is one table, and no path leads out of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import NotAllowed
from outreach.handover.states import (
    ENDED,
    FIRST,
    OPEN,
    TABLE,
    Deed,
    HandoverMovedOn,
    Party,
    State,
    destination,
)

PARTIES = st.frozensets(st.sampled_from(Party))
PATHS = st.lists(st.tuples(st.sampled_from(Deed), PARTIES), max_size=40)
# Drawn by hand, so that a row added to the table by mistake shows.
DRAWN = {
    State.OFFERED: {State.SEEN, State.WITHDRAWN},
    State.SEEN: {State.ACCEPTED, State.REFUSED, State.RETURNED, State.WITHDRAWN},
    State.RETURNED: {State.OFFERED, State.WITHDRAWN},
    State.ACCEPTED: {State.CLOSED, State.WITHDRAWN},
    State.REFUSED: set(),
    State.CLOSED: set(),
    State.WITHDRAWN: set(),
}
RECEIVERS_WAYS = {State.SEEN, State.ACCEPTED, State.REFUSED, State.RETURNED, State.CLOSED}


def _walk(path: list[tuple[Deed, frozenset[Party]]]) -> list[State]:
    states = [FIRST]
    for deed, parties in path:
        try:
            states.append(destination(states[-1], deed, parties))
        except (HandoverMovedOn, NotAllowed):
            continue
    return states


@given(PATHS)
def test_no_path_escapes_the_drawing(path: list[tuple[Deed, frozenset[Party]]]) -> None:
    states = _walk(path)
    for before, after in pairwise(states):
        assert after in DRAWN[before]
    for place, state in enumerate(states):
        assert state not in ENDED or place == len(states) - 1


@given(PATHS)
def test_nobody_is_accepted_unseen_or_closed_unaccepted(
    path: list[tuple[Deed, frozenset[Party]]],
) -> None:
    states = _walk(path)
    for place, state in enumerate(states):
        if state in {State.ACCEPTED, State.REFUSED, State.RETURNED}:
            assert states[place - 1] == State.SEEN
        if state == State.CLOSED:
            assert states[place - 1] == State.ACCEPTED


@given(PATHS)
def test_the_sender_alone_never_answers_and_the_receiver_alone_never_takes_back(
    path: list[tuple[Deed, frozenset[Party]]],
) -> None:
    sender_only = [(deed, frozenset({Party.SENDER})) for deed, _ in path]
    assert not RECEIVERS_WAYS & set(_walk(sender_only))
    receiver_only = [(deed, frozenset({Party.RECEIVER, Party.RESPONSIBLE})) for deed, _ in path]
    assert State.WITHDRAWN not in _walk(receiver_only)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_can_end_and_can_be_withdrawn(state: State) -> None:
    assert TABLE[state, Deed.WITHDRAW].to == State.WITHDRAWN
    reached, waiting = {state}, [state]
    while waiting:
        for to in DRAWN[waiting.pop()] - reached:
            reached.add(to)
            waiting.append(to)
    assert {State.ACCEPTED, State.CLOSED} <= reached | {state}


def test_the_table_is_the_drawing() -> None:
    found: dict[State, set[State]] = {state: set() for state in State}
    for (state, _), step in TABLE.items():
        found[state].add(step.to)
    assert found == DRAWN


def test_a_deed_by_the_wrong_party_is_not_allowed_and_one_out_of_turn_moved_on() -> None:
    with pytest.raises(NotAllowed):
        destination("seen", Deed.ACCEPT, frozenset({Party.SENDER}))
    with pytest.raises(HandoverMovedOn):
        destination("closed", Deed.ACCEPT, frozenset(Party))

"""The life of a hand-over, as one table: from which state, by which deed of whom, to which.

What stands in no row cannot happen. Ended hand-overs have no row: nothing leads out of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import Conflict, NotAllowed


class State(StrEnum):
    """Where a hand-over is."""

    OFFERED = "offered"
    SEEN = "seen"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What somebody does to it."""

    OPEN = "open"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK = "ask"
    ANSWER = "answer"
    CLOSE = "close"
    WITHDRAW = "withdraw"


class Party(StrEnum):
    """Who does it.

    `sender`: the volunteer, or the household by taking its consent back; `receiver`: anybody of
    the receiving team; `responsible`: the coach who accepted, and the team's lead.
    """

    SENDER = "sender"
    RECEIVER = "receiver"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True)
class Step:
    """Where a deed leads, and who may do it."""

    to: State
    by: Party


TABLE: dict[tuple[State, Deed], Step] = {
    (State.OFFERED, Deed.OPEN): Step(State.SEEN, Party.RECEIVER),
    (State.OFFERED, Deed.WITHDRAW): Step(State.WITHDRAWN, Party.SENDER),
    (State.SEEN, Deed.ACCEPT): Step(State.ACCEPTED, Party.RECEIVER),
    (State.SEEN, Deed.REFUSE): Step(State.REFUSED, Party.RECEIVER),
    (State.SEEN, Deed.ASK): Step(State.RETURNED, Party.RECEIVER),
    (State.SEEN, Deed.WITHDRAW): Step(State.WITHDRAWN, Party.SENDER),
    (State.RETURNED, Deed.ANSWER): Step(State.OFFERED, Party.SENDER),
    (State.RETURNED, Deed.WITHDRAW): Step(State.WITHDRAWN, Party.SENDER),
    (State.ACCEPTED, Deed.CLOSE): Step(State.CLOSED, Party.RESPONSIBLE),
    (State.ACCEPTED, Deed.WITHDRAW): Step(State.WITHDRAWN, Party.SENDER),
}

FIRST = State.OFFERED
ENDED = frozenset({State.REFUSED, State.CLOSED, State.WITHDRAWN})
OPEN = frozenset(State) - ENDED
# What the volunteer reads as an answer; `seen` is none yet.
ANSWERS = frozenset({State.ACCEPTED, State.REFUSED, State.RETURNED, State.CLOSED})


class HandoverMovedOn(Conflict):
    """Its state does not allow this deed: somebody was first, or it was withdrawn."""

    code = "handover-moved-on"


def destination(state: str, deed: Deed, parties: frozenset[Party]) -> State:
    """The state a deed leads to; raises HandoverMovedOn, or NotAllowed for the wrong party."""
    step = TABLE.get((State(state), deed))
    if step is None:
        raise HandoverMovedOn
    if step.by not in parties:
        raise NotAllowed
    return step.to

"""What somebody can be told of. No kind has words of its own: there is something new."""

from enum import StrEnum


class Kind(StrEnum):
    """The reasons to tell somebody; they stand in the outbox and go to nobody."""

    CANNOT_WAIT = "cannot_wait"  # a concern, an incident, a heavy talk; a crisis put aside
    PAIR_OVERDUE = "pair_overdue"  # nobody heard of a pair that should be back
    HELP_CALLED = "help_called"  # somebody of a pair asks for help
    STILL_OPEN = "still_open"  # one of these two, and nobody has spoken with them yet
    WAITS = "waits"  # anything else that a person must decide on


# Safety and crisis: no quiet hour and no gathering ever holds these back.
URGENT = frozenset({Kind.CANNOT_WAIT, Kind.PAIR_OVERDUE, Kind.HELP_CALLED, Kind.STILL_OPEN})

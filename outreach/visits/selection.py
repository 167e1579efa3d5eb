"""Which doors may go into a round. One rule, whether it counts doors or picks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outreach.visits.words import DAY_PARTS, FINISHED, moment

NOT_HOME = "not_home"


@dataclass(frozen=True)
class Tried:
    """One ring in this campaign."""

    date: date
    day_part: str
    outcome: str


@dataclass(frozen=True)
class DoorHistory:
    """What planning knows of a door.

    `households`: how many turned out to live there; the door is done when each has answered.
    `planned`: in an open round already. `excluded`: one of the pair should not go there.
    `promised`: when somebody is expected; moments of `later` appointments that no round has taken.
    """

    address_id: str
    households: int = 1
    held: bool = False
    planned: bool = False
    excluded: bool = False
    tried: Sequence[Tried] = ()
    promised: Sequence[tuple[date, str]] = ()


def is_to_do(door: DoorHistory) -> bool:
    """Whether some round, now or later, may take this door."""
    if door.held or door.planned or _finished(door):
        return False
    return bool(door.promised) or bool(set(DAY_PARTS) - _nobody_home(door))


def may_go(door: DoorHistory, on: date, day_part: str) -> bool:
    """Whether a round on this date and day part may take this door.

    A promise is kept at its own moment, and before that nobody rings. Who was not home gets
    another day part than those tried.
    """
    if door.excluded or not is_to_do(door):
        return False
    if is_promised(door, on, day_part):
        return True
    waits = any(moment(*promise) > moment(on, day_part) for promise in door.promised)
    return not waits and day_part not in _nobody_home(door)


def is_promised(door: DoorHistory, on: date, day_part: str) -> bool:
    """Whether this household expects somebody at this very moment."""
    return (on, day_part) in door.promised


def _finished(door: DoorHistory) -> bool:
    """A later round has one stop at a split door: it is for whoever has not answered yet."""
    return sum(tried.outcome in FINISHED for tried in door.tried) >= door.households


def _nobody_home(door: DoorHistory) -> set[str]:
    return {tried.day_part for tried in door.tried if tried.outcome == NOT_HOME}

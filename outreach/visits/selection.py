"""Which doors may go into a round. One rule, whether it counts doors or picks them."""

from collections.abc import Collection, Sequence
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
class Wished:
    """What a resident asked for behind the code of their letter: day parts, perhaps some days.

    `said`: when, as a moment; what was tried before says nothing about it.
    """

    day_parts: Collection[str]
    said: tuple[date, int]
    first_day: date | None = None
    last_day: date | None = None

    def fits(self, on: date, day_part: str) -> bool:
        """Whether this is a moment they asked for."""
        too_early = self.first_day is not None and on < self.first_day
        too_late = self.last_day is not None and on > self.last_day
        return day_part in self.day_parts and not too_early and not too_late


@dataclass(frozen=True)
class DoorHistory:
    """What planning knows of a door.

    `households`: how many turned out to live there; the door is done when each has answered.
    `planned`: in an open round already. `excluded`: one of the pair should not go there.
    `promised`: when somebody is expected; moments of `later` appointments that no round has taken.
    `wished`: what the resident chose since on the page behind their letter, if anything.
    """

    address_id: str
    households: int = 1
    held: bool = False
    planned: bool = False
    excluded: bool = False
    tried: Sequence[Tried] = ()
    promised: Sequence[tuple[date, str]] = ()
    wished: Wished | None = None


def is_to_do(door: DoorHistory) -> bool:
    """Whether some round, now or later, may take this door."""
    if door.held or door.planned or _finished(door):
        return False
    suits = door.wished.day_parts if door.wished else DAY_PARTS
    return bool(door.promised) or bool(set(suits) - _nobody_home(door))


def may_go(door: DoorHistory, on: date, day_part: str) -> bool:
    """Whether a round on this date and day part may take this door.

    A promise is kept at its own moment, and before that nobody rings. Who asked for a moment gets
    that one. Who was not home gets another day part than those tried.
    """
    if door.excluded or not is_to_do(door):
        return False
    if is_promised(door, on, day_part):
        return True
    waits = any(moment(*promise) > moment(on, day_part) for promise in door.promised)
    suits = door.wished is None or door.wished.fits(on, day_part)
    return suits and not waits and day_part not in _nobody_home(door)


def is_promised(door: DoorHistory, on: date, day_part: str) -> bool:
    """Whether this household expects somebody at this very moment."""
    return (on, day_part) in door.promised


def _finished(door: DoorHistory) -> bool:
    """A later round has one stop at a split door: it is for whoever has not answered yet."""
    return sum(tried.outcome in FINISHED for tried in door.tried) >= door.households


def _nobody_home(door: DoorHistory) -> set[str]:
    """Day parts tried in vain; what a resident asked for since, is tried again."""
    return {
        tried.day_part
        for tried in door.tried
        if tried.outcome == NOT_HOME
        and (door.wished is None or moment(tried.date, tried.day_part) > door.wished.said)
    }

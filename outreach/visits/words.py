"""The words of the door: outcomes, notices, holds, and what each of them means for planning."""

from datetime import date

from outreach.clock import DayPart
from outreach.territory.holds import UNSAFE
from outreach.visits.models import ContactAttempt

OUTCOMES = (
    "not_home",
    "refused",
    "later",
    "conversation",
    "conversation_without_notes",
    "no_access",
    "someone_else",
    "other_language",
    "spoke_briefly",
    "leaflet",
    "empty",
    "not_a_home",
    "unsafe",
)
TALKS = frozenset({"conversation", "conversation_without_notes"})
REACHED = TALKS | {"refused", "later", "spoke_briefly", "someone_else", "other_language"}
# Ringing again in the same campaign would be pushing, or pointless; the others get another chance.
FINISHED = TALKS | {"refused", "spoke_briefly", "empty"}

NOTICES = ("dog", "bell_broken", "stairs")
DAY_PARTS = tuple(part.value for part in DayPart)

WANTS_NO_VISIT, NOT_A_HOME = "wants_no_visit", "not_a_home"
# Which one shows when a door has more than one: the most protective.
HOLDS = (UNSAFE, WANTS_NO_VISIT, NOT_A_HOME)

LATER, AFTERCARE = "later", "aftercare"


def moment(day: date, day_part: str) -> tuple[date, int]:
    """A date and day part in the order of time (never the order of the alphabet)."""
    return day, DAY_PARTS.index(day_part)


def when_rung(attempt: ContactAttempt) -> tuple[date, int]:
    """When this attempt was made, by the door's own clock."""
    return moment(attempt.date, attempt.day_part)

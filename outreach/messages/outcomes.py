"""What came of one try to send something."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Came(StrEnum):
    """SENT; LATER: try again; REFUSED: not this one; UNKNOWN: nobody is there, now or later."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What came of it, why (a kind or number, never an address), how long they ask us to wait."""

    came: Came
    why: str = ""
    wait: timedelta = timedelta()

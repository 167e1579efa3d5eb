"""A line of *needs you*: what it is about and since when; screens find the words and the action."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why somebody is needed, the most pressing first: in this order the list stands."""

    INCIDENT = "incident"  # somebody told of an incident and was not called
    HEAVY_TALK = "heavy_talk"  # somebody asked to be called after a talk and was not
    UNSENT = "unsent"  # a phone said that work stays on it
    SILENT_ROUND = "silent_round"  # a round was walked, and its phone was not heard since
    QUIET = "quiet"  # somebody with work to do was not heard for days
    AFTERCARE = "aftercare"  # somebody is late in coming back
    VOUCHER_CODES = "voucher_codes"  # codes were given twice, or should not have been
    FALLING_DOORS = "falling_doors"  # doors were planned again and again, and never rung
    CERTIFICATE = "certificate"  # a certificate of conduct ended, or ends soon
    QUIET_PHONE = "quiet_phone"  # a second phone of somebody was not heard for days


ORDER = tuple(Reason)
# Somebody waits for a call: nobody puts that off.
CANNOT_WAIT = frozenset({Reason.INCIDENT, Reason.HEAVY_TALK})
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One line. `who` is a colleague's first name, or what a campaign is called; no resident's.

    `subject_id` names what the action opens: an incident, a debrief, an account, a campaign, or a
    device, as the reason says. `since` and `on`: from which instant, or day; `count`: how many.
    """

    reason: Reason
    subject_id: str
    who: str
    count: int = 1
    since: datetime | None = None
    on: date | None = None
    urgent: bool = False

    @property
    def key(self) -> str:
        """The same line tomorrow has the same key."""
        return f"{self.reason}:{self.subject_id}"

    @property
    def can_wait(self) -> bool:
        """Whether somebody may put it off."""
        return self.reason not in CANNOT_WAIT

    @property
    def place(self) -> tuple[bool, int, datetime, date, str]:
        """Where it stands in the list: urgent first, then by reason, then the longest."""
        since, on = self.since or LONG_AGO, self.on or LONG_AGO.date()
        return (not self.urgent, ORDER.index(self.reason), since, on, self.key)

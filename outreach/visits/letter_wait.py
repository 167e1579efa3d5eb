"""A round before the waiting days of the letter are over: only for a reason, which is noted."""

from collections.abc import Iterator
from datetime import date

from outreach.access.actor import Actor
from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.errors import InputError
from outreach.letters.waiting import earliest_day
from outreach.visits.models import Round

LONGEST_REASON = 200  # what the trail holds


def letter_faults(campaign: Campaign, on: date | None, reason: str | None) -> Iterator[InputError]:
    """That nobody should ring yet on this day, unless there is a reason."""
    if on is None or (reason and reason.strip()):
        return
    earliest = earliest_day(campaign)
    if earliest is None:
        yield InputError("/letter_reason", "letter-not-sent")
    elif on < earliest:
        yield InputError("/letter_reason", "letter-waits", {"day": earliest.isoformat()})


def note_reason(actor: Actor, campaign: Campaign, round_: Round, reason: str | None) -> None:
    """Write down why this round does not wait; where nothing waits a reason says nothing."""
    if not reason or not list(letter_faults(campaign, round_.date, None)):
        return
    round_.before_letter = True
    trail.note(
        round_.municipality_id,
        actor.account_id,
        "round.before_letter",
        "round",
        round_.id,
        reason=reason.strip(),
    )

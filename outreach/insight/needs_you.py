"""*Needs you*: a short list of what somebody must do today, worked out anew each time."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from outreach.access.actor import Actor
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.insight.needs_you_calls import waiting_calls
from outreach.insight.needs_you_lines import Line
from outreach.insight.needs_you_models import NeedsYouSnooze
from outreach.insight.needs_you_people import people_to_ring
from outreach.insight.needs_you_work import stuck_work

# More is a wall, not a list.
MOST_LINES = 20


class CannotPutOff(Conflict):
    """Somebody waits for a call."""

    code = "cannot-put-off"


@dataclass(frozen=True)
class NeedsYou:
    """`more`: lines that did not fit; `put_off`: those that this person does not see for now."""

    lines: list[Line]
    more: int
    put_off: int


def needs_you(actor: Actor) -> NeedsYou:
    """What needs this person, the most pressing first."""
    found = _all_lines(actor)
    hidden = _put_off(actor)
    seen = [line for line in found if line.key not in hidden or not line.can_wait]
    shown = seen[:MOST_LINES]
    return NeedsYou(shown, len(seen) - len(shown), len(found) - len(seen))


def put_off(actor: Actor, key: str, days: int) -> None:
    """Do not show this line to this person for some days. Raises InvalidInput, CannotPutOff."""
    line = next((one for one in _all_lines(actor) if one.key == key), None)
    if line is None:
        raise InvalidInput(InputError("/key", "not-on-your-list"))
    if not line.can_wait:
        raise CannotPutOff
    rows = select(NeedsYouSnooze).where(
        NeedsYouSnooze.account_id == actor.account_id, NeedsYouSnooze.key == key
    )
    snooze = db.session.scalars(rows).first()
    if snooze is None:
        snooze = NeedsYouSnooze(
            id=new_id(),
            municipality_id=actor.municipality_id,
            account_id=actor.account_id,
            key=key,
        )
        db.session.add(snooze)
    snooze.until = now() + timedelta(days=days)


def show_all(actor: Actor) -> None:
    """Show again what this person had put off."""
    own = delete(NeedsYouSnooze).where(NeedsYouSnooze.account_id == actor.account_id)
    db.session.execute(own)


def _all_lines(actor: Actor) -> list[Line]:
    lines = [*waiting_calls(actor), *people_to_ring(actor), *stuck_work(actor)]
    return sorted(lines, key=lambda line: line.place)


def _put_off(actor: Actor) -> set[str]:
    rows = select(NeedsYouSnooze.key).where(
        NeedsYouSnooze.account_id == actor.account_id, NeedsYouSnooze.until > now()
    )
    return set(db.session.scalars(rows))

"""What an outcome means for the door from now on: a hold, an appointment, or nothing.

Both carry the id of the attempt that caused them, so a correction takes back exactly these.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select

from outreach.audit.models import Difference
from outreach.clock import now
from outreach.db import db
from outreach.territory.holds import UNSAFE, WANTS_NO_VISIT
from outreach.territory.models import DoorHold
from outreach.visits.models import Appointment, ContactAttempt
from outreach.visits.words import LATER, NOT_A_HOME

# From the most protective down: while two people disagree, the most protective word counts.
CAUSES_HOLD = {"unsafe": UNSAFE, "refused": WANTS_NO_VISIT, "not_a_home": NOT_A_HOME}
ALWAYS = {"scope": "always"}
# Any other outcome means nothing for the door from now on: a first word has nothing to bring.
MEANS_MORE = {*CAUSES_HOLD, LATER}


def open_differences_of(attempt: ContactAttempt, but: str = "") -> list[Difference]:
    """What two people still disagree on about this attempt, save the difference `but`."""
    rows = select(Difference).where(
        Difference.object_kind == ContactAttempt.__tablename__,
        Difference.object_id == attempt.id,
        Difference.settled_at.is_(None),
    )
    found = db.session.scalars(rows.order_by(Difference.id))
    return [difference for difference in found if difference.id != but]


def follow(attempt: ContactAttempt, disagreed: Collection[Difference], by: str) -> None:
    """Bring the door's hold and appointment in line with the attempt; `by` sets a new hold.

    The appointment follows the word that shows. A hold stays while anyone of a pair says so: it is
    taken back by a correction or a settled difference, never by a disagreement.
    """
    said = {attempt.outcome, *(d.other["value"] for d in disagreed if d.field == "outcome")}
    _follow_hold(attempt, said, disagreed, by)
    _follow_appointment(attempt)
    db.session.flush()


def _follow_hold(
    attempt: ContactAttempt, said: set[str], disagreed: Collection[Difference], by: str
) -> None:
    hold = db.session.get(DoorHold, attempt.id)
    if hold is not None and hold.decided_at is not None:
        return  # the supervisor's word stands
    cause = next((word for word in CAUSES_HOLD if word in said), None)
    if cause is None:
        if hold is not None:
            db.session.delete(hold)
        return
    if hold is None:
        hold = DoorHold(
            id=attempt.id,
            municipality_id=attempt.municipality_id,
            address_id=attempt.address_id,
            set_by=by,
            set_at=now(),
        )
        db.session.add(hold)
    hold.kind = CAUSES_HOLD[cause]
    hold.campaign_id = _campaign_of(attempt, cause, disagreed)


def _campaign_of(
    attempt: ContactAttempt, cause: str, disagreed: Collection[Difference]
) -> str | None:
    """None is always; a supervisor finds an unsafe door by its campaign."""
    if cause == "unsafe":
        return attempt.campaign_id
    if cause == "not_a_home":
        return None
    details: list[Any] = [d.other["value"] for d in disagreed if d.field == "details"]
    details.append(attempt.details if attempt.outcome == cause else attempt.kept_details.get(cause))
    return None if ALWAYS in details else attempt.campaign_id


def _follow_appointment(attempt: ContactAttempt) -> None:
    appointment = db.session.get(Appointment, attempt.id)
    if attempt.outcome != LATER or "date" not in attempt.details:
        if appointment is not None:
            db.session.delete(appointment)
        return
    if appointment is None:
        appointment = Appointment(
            id=attempt.id,
            municipality_id=attempt.municipality_id,
            campaign_id=attempt.campaign_id,
            address_id=attempt.address_id,
            kind=LATER,
        )
        db.session.add(appointment)
    said = (date.fromisoformat(attempt.details["date"]), attempt.details["day_part"])
    if (appointment.date, appointment.day_part) != said:
        appointment.date, appointment.day_part = said
        appointment.stop_id = None  # whoever had taken it was planned for another moment

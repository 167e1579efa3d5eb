"""`Later` appointments: taken by the stop that will keep them, free again when it does not."""

from collections.abc import Collection

from sqlalchemy import exists, select, update

from outreach.db import db
from outreach.visits.models import Appointment, ContactAttempt, Stop


def release(stop_ids: Collection[str]) -> None:
    """These stops will not be walked: what they had taken waits for planning again."""
    db.session.execute(
        update(Appointment).where(Appointment.stop_id.in_(stop_ids)).values(stop_id=None)
    )


def release_unrung(round_id: str) -> None:
    """A round was closed: promises at doors where nobody rang wait for planning again."""
    was_rung = exists().where(ContactAttempt.stop_id == Stop.id, ContactAttempt.outcome != "")
    unrung = select(Stop.id).where(Stop.round_id == round_id, ~was_rung)
    release(list(db.session.scalars(unrung)))

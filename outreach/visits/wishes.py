"""What doors ask of planning: another language, or a moment to come back."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.territory.models import Address
from outreach.visits.appointments import waiting_appointments
from outreach.visits.models import Appointment, ContactAttempt, Stop
from outreach.visits.scope import open_stops
from outreach.visits.words import FINISHED, LATER

OTHER_LANGUAGE = "other_language"


def waiting_wishes(campaign: Campaign) -> Select[ContactAttempt]:
    """Attempts whose wish no round has taken up yet."""
    waiting = waiting_appointments(campaign.id).with_only_columns(Appointment.id)
    return select(ContactAttempt).where(
        ContactAttempt.campaign_id == campaign.id,
        or_(
            and_(ContactAttempt.outcome == OTHER_LANGUAGE, ~_taken_up()),
            and_(ContactAttempt.outcome == LATER, ContactAttempt.id.in_(waiting)),
        ),
    )


def _taken_up() -> ColumnElement[bool]:
    """Another stop at this door is planned, or a talk has been held since."""
    other = aliased(ContactAttempt)
    planned = open_stops().where(
        Stop.address_id == ContactAttempt.address_id, Stop.id != ContactAttempt.stop_id
    )
    finished = exists().where(
        other.address_id == ContactAttempt.address_id,
        other.campaign_id == ContactAttempt.campaign_id,
        other.outcome.in_(FINISHED),
    )
    return or_(planned.correlate(ContactAttempt).exists(), finished)


def with_doors(attempts: list[ContactAttempt]) -> list[dict[str, Any]]:
    """Wishes with the door they were said at."""
    rows = select(Address).where(Address.id.in_([attempt.address_id for attempt in attempts]))
    doors = {address.id: address for address in db.session.scalars(rows)}
    return [
        {
            "street": doors[attempt.address_id].street,
            "number": doors[attempt.address_id].number,
            "language": attempt.details.get("language"),
            "later": attempt.details if attempt.outcome == LATER else None,
        }
        for attempt in attempts
    ]

"""Without a valid certificate of conduct (VOG) nobody goes to a door."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from outreach.db import db
from outreach.volunteers.models import VolunteerProfile

# A new certificate takes up to eight weeks.
ENDS_SOON = timedelta(weeks=8)


class Clearance(StrEnum):
    """How somebody stands on a day."""

    NONE = "none"
    EXPIRED = "expired"
    ENDS_SOON = "ends_soon"
    CLEARED = "cleared"


def standing(profile: VolunteerProfile | None, on: date) -> Clearance:
    """Whether the certificate covers this day, and if so whether it ends within eight weeks."""
    until = cleared_until(profile)
    if profile is None or until is None or _is_newer(profile, on):
        return Clearance.NONE
    if until < on:
        return Clearance.EXPIRED
    return Clearance.ENDS_SOON if until - on <= ENDS_SOON else Clearance.CLEARED


def cleared_until(profile: VolunteerProfile | None) -> date | None:
    """The last day of the certificate that was seen; None without one."""
    seen = profile is not None and profile.certificate_seen
    return profile.certificate_expires_on if profile and seen else None


def _is_newer(profile: VolunteerProfile, on: date) -> bool:
    return profile.certificate_date is None or profile.certificate_date > on


def cleared(account_ids: Collection[str], on: date) -> set[str]:
    """Which of these may go to a door on this day."""
    rows = select(VolunteerProfile.account_id).where(
        VolunteerProfile.account_id.in_(account_ids),
        VolunteerProfile.certificate_seen,
        VolunteerProfile.certificate_date <= on,
        VolunteerProfile.certificate_expires_on >= on,
    )
    return set(db.session.scalars(rows))


def is_cleared(account_id: str, on: date) -> bool:
    """Whether this volunteer may go to a door on this day."""
    return account_id in cleared([account_id], on)

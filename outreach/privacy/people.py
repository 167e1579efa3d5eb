"""What colleagues leave behind: sign-ins, devices, days they were away, what told them of news."""

from datetime import datetime

from sqlalchemy import delete, exists, or_

from outreach.access.models import Account, Device, FailedTry, Invitation, Session
from outreach.clock import AMSTERDAM
from outreach.db import db
from outreach.insight.needs_you_models import NeedsYouSnooze
from outreach.messages.models import Message, PushSubscription
from outreach.privacy.deleting import delete_rows
from outreach.sync.models import Receipt, ToForget
from outreach.volunteers.models import VolunteerAbsence


def forget_invitations(municipality_id: str, before: datetime) -> int:
    """Delete links that were used or expired: they open nothing."""
    return delete_rows(
        Invitation,
        municipality_id,
        or_(Invitation.used_at.is_not(None), Invitation.expires_at < before),
    )


def forget_sessions(municipality_id: str, before: datetime) -> int:
    """Delete sessions that were revoked, or that nobody used: their tokens expired by then."""
    over = or_(Session.revoked_at < before, Session.last_seen_at < before)
    return delete_rows(Session, municipality_id, over)


def forget_devices(municipality_id: str, before: datetime) -> int:
    """Delete devices that no longer come; a revoked one stays, so that it stays refused."""
    return delete_rows(
        Device,
        municipality_id,
        Device.last_contact_at < before,
        Device.revoked_at.is_(None),
        ~exists().where(Receipt.device_id == Device.id),
        ~exists().where(ToForget.device_id == Device.id),
    )


def forget_absences(municipality_id: str, before: datetime) -> int:
    """Delete days away that are long over; days end by Amsterdam's calendar."""
    over = VolunteerAbsence.last_day < before.astimezone(AMSTERDAM).date()
    return delete_rows(VolunteerAbsence, municipality_id, over)


def forget_tries(_municipality_id: str, before: datetime) -> int:
    """Delete counts of failed sign-ins whose wait is over: the server's, no municipality's."""
    rows = delete(FailedTry).where(FailedTry.until < before).returning(FailedTry.key)
    return len(db.session.scalars(rows).all())


def forget_messages(municipality_id: str, before: datetime) -> int:
    """Delete that somebody was told of something; what still waits is not over."""
    return delete_rows(Message, municipality_id, Message.ended_at < before)


def forget_snoozes(municipality_id: str, before: datetime) -> int:
    """Delete what hid a line, once that while is over."""
    return delete_rows(NeedsYouSnooze, municipality_id, NeedsYouSnooze.until < before)


def forget_browsers(municipality_id: str, _before: datetime) -> int:
    """Delete the browsers of colleagues who left."""
    left = exists().where(Account.id == PushSubscription.account_id, Account.active.is_(False))
    return delete_rows(PushSubscription, municipality_id, left)

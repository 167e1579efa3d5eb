"""Volunteers to ring: quiet for days, late with aftercare, soon without certificate."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Exists, Select, and_, exists, func, or_, select

from outreach.access.actor import Actor
from outreach.access.models import Account, Device
from outreach.clock import now, today
from outreach.db import db
from outreach.insight.needs_you_lines import Line, Reason
from outreach.plans.models import Aftercare
from outreach.visits.models import Round, RoundMember
from outreach.visits.scope import DRAFT, PUBLISHED
from outreach.volunteers.clearance import ENDS_SOON
from outreach.volunteers.models import VolunteerAbsence, VolunteerProfile
from outreach.volunteers.scope import visible_volunteers

QUIET_AFTER = timedelta(days=4)
UNSENT_AFTER = timedelta(hours=48)
# A round of longer ago is for the campaign's end, not for a phone call.
ROUNDS_OF = timedelta(days=14)
COMING_ROUNDS = timedelta(days=2)
AFTERCARE_GRACE = timedelta(days=2)
LAST_CONTACT = func.coalesce(Device.synced_at, Device.last_contact_at)


def people_to_ring(actor: Actor) -> Iterator[Line]:
    """All lines about volunteers; of who is quiet only the strongest reason is said."""
    said: set[str] = set()
    for lines in (_unsent(actor), _silent_rounds(actor), _quiet(actor)):
        for line in lines:
            if line.subject_id not in said:
                said.add(line.subject_id)
                yield line
    yield from _late_aftercare(actor)
    yield from _ending_certificates(actor)


def _own(actor: Actor) -> Select[str]:
    return visible_volunteers(actor).with_only_columns(Account.id)


def _contacts(actor: Actor) -> Select[str, datetime]:
    """Per volunteer the last time that one of their phones was heard."""
    return (
        select(Device.account_id, func.max(LAST_CONTACT).label("heard"))
        .where(Device.account_id.in_(_own(actor)), Device.revoked_at.is_(None))
        .group_by(Device.account_id)
    )


def _unsent(actor: Actor) -> Iterator[Line]:
    """Phones that said at their last contact that something older stays on them."""
    rows = (
        select(Account.id, Account.first_name, func.sum(Device.unsent_count))
        .add_columns(func.min(Device.unsent_since))
        .join(Device, Device.account_id == Account.id)
        .where(
            Account.id.in_(_own(actor)),
            Device.revoked_at.is_(None),
            Device.unsent_count > 0,
            Device.unsent_since < now() - UNSENT_AFTER,
        )
        .group_by(Account.id, Account.first_name)
    )
    for id_, who, count, since in db.session.execute(rows):
        yield Line(Reason.UNSENT, id_, who, count=count, since=since)


def _silent_rounds(actor: Actor) -> Iterator[Line]:
    """Who walked a round two days ago or longer, and was not heard since the day before it."""
    heard = _contacts(actor).subquery()
    yesterday_of_round = func.min(Round.date)
    rows = (
        select(Account.id, Account.first_name, yesterday_of_round, heard.c.heard)
        .join(RoundMember, RoundMember.account_id == Account.id)
        .join(Round, Round.id == RoundMember.round_id)
        .join(heard, heard.c.account_id == Account.id)
        .where(
            Account.id.in_(_own(actor)),
            Round.state != DRAFT,
            Round.date < today() - UNSENT_AFTER,
            Round.date >= today() - ROUNDS_OF,
        )
        .group_by(Account.id, Account.first_name, heard.c.heard)
    )
    for id_, who, on, since in db.session.execute(rows):
        if since.date() < on:
            yield Line(Reason.SILENT_ROUND, id_, who, since=since, on=on)


def _quiet(actor: Actor) -> Iterator[Line]:
    """Who has work to do, is not away, and whose phone was not heard for days, or never."""
    heard = _contacts(actor).subquery()
    away = exists().where(
        VolunteerAbsence.account_id == Account.id,
        VolunteerAbsence.first_day <= today(),
        VolunteerAbsence.last_day >= today(),
    )
    rows = (
        select(Account.id, Account.first_name, heard.c.heard)
        .join(heard, heard.c.account_id == Account.id, isouter=True)
        .where(
            Account.id.in_(_own(actor)),
            or_(_has_round(), _has_aftercare()),
            or_(heard.c.heard.is_(None), heard.c.heard < now() - QUIET_AFTER),
            ~away,
        )
    )
    for id_, who, since in db.session.execute(rows):
        yield Line(Reason.QUIET, id_, who, since=since)


def _has_round() -> Exists:
    return exists().where(
        RoundMember.account_id == Account.id,
        Round.id == RoundMember.round_id,
        Round.state == PUBLISHED,
        Round.date.between(today() - ROUNDS_OF, today() + COMING_ROUNDS),
    )


def _has_aftercare() -> Exists:
    return exists().where(
        Aftercare.account_id == Account.id,
        Aftercare.closed_at.is_(None),
        Aftercare.due_on <= today() + COMING_ROUNDS,
    )


def _late_aftercare(actor: Actor) -> Iterator[Line]:
    """Per volunteer how many households wait for them to come back, and since when the first."""
    rows = (
        select(Account.id, Account.first_name, func.count(), func.min(Aftercare.due_on))
        .join(Aftercare, Aftercare.account_id == Account.id)
        .where(
            Account.id.in_(_own(actor)),
            Aftercare.closed_at.is_(None),
            Aftercare.due_on < today() - AFTERCARE_GRACE,
        )
        .group_by(Account.id, Account.first_name)
    )
    for id_, who, count, on in db.session.execute(rows):
        yield Line(Reason.AFTERCARE, id_, who, count=count, on=on)


def _ending_certificates(actor: Actor) -> Iterator[Line]:
    """Whose certificate ended, or ends before a new one would be there."""
    ends = VolunteerProfile.certificate_expires_on
    rows = (
        select(Account.id, Account.first_name, ends)
        .join(VolunteerProfile, VolunteerProfile.account_id == Account.id)
        .where(
            Account.id.in_(_own(actor)),
            and_(VolunteerProfile.certificate_seen, ends <= today() + ENDS_SOON),
        )
    )
    for id_, who, on in db.session.execute(rows):
        yield Line(Reason.CERTIFICATE, id_, who, on=on)

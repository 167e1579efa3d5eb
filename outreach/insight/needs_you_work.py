"""Work that gets stuck: doors that are never rung, odd voucher codes, phones nobody uses."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Exists, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from outreach.access.actor import Actor
from outreach.access.models import Account, Device
from outreach.access.roles import Permission
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.clock import now, today
from outreach.db import db
from outreach.insight.needs_you_lines import Line, Reason
from outreach.insight.needs_you_people import LAST_CONTACT
from outreach.territory.holds import UNSAFE
from outreach.territory.models import DoorHold
from outreach.visits.models import ContactAttempt, Round, Stop
from outreach.visits.scope import CLOSED, PUBLISHED
from outreach.visits.voucher_counts import odd_codes
from outreach.visits.voucher_models import VoucherScheme
from outreach.volunteers.scope import visible_volunteers

FELL_OFF_TOO_OFTEN = 3
QUIET_PHONE_AFTER, FORGOTTEN_PHONE_AFTER = timedelta(days=7), timedelta(days=30)


def stuck_work(actor: Actor) -> Iterator[Line]:
    """All lines about campaigns and phones."""
    yield from _falling_doors(actor)
    yield from _odd_codes(actor)
    if actor.may(Permission.DEVICE_READ):
        yield from _quiet_phones(actor)


def _falling_doors(actor: Actor) -> Iterator[Line]:
    """Per running campaign how many doors fell off three rounds, or left as many pairs, unrung."""
    fell_off = (
        select(Round.campaign_id, Stop.address_id)
        .join(Stop, Stop.round_id == Round.id)
        .where(
            Round.campaign_id.in_(_running(actor)),
            Stop.split_of.is_(None),
            or_(Round.state == CLOSED, Stop.left_at.is_not(None)),
            ~_rung_since(),
            ~_is_held(),
        )
        .group_by(Round.campaign_id, Stop.address_id)
        .having(func.count() >= FELL_OFF_TOO_OFTEN)
        .subquery()
    )
    rows = (
        select(Campaign.id, Campaign.name, func.count())
        .join(fell_off, fell_off.c.campaign_id == Campaign.id)
        .group_by(Campaign.id, Campaign.name)
    )
    for id_, name, count in db.session.execute(rows):
        yield Line(Reason.FALLING_DOORS, id_, name, count=count)


def _running(actor: Actor) -> Select[str]:
    return (
        visible_campaigns(actor)
        .where(Campaign.state == PUBLISHED, Campaign.ends_on >= today())
        .with_only_columns(Campaign.id)
    )


def _rung_since() -> Exists:
    """Somebody rang there that day or later: then it did not fall off."""
    return exists().where(
        ContactAttempt.campaign_id == Round.campaign_id,
        ContactAttempt.address_id == Stop.address_id,
        ContactAttempt.outcome != "",
        ContactAttempt.date >= Round.date,
    )


def _is_held() -> Exists:
    """Nobody should ring there: then nobody need plan it."""
    return exists().where(
        DoorHold.address_id == Stop.address_id,
        DoorHold.lifted_at.is_(None),
        or_(DoorHold.ends_on.is_(None), DoorHold.ends_on >= today()),
        or_(
            DoorHold.campaign_id.is_(None),
            DoorHold.campaign_id == Round.campaign_id,
            DoorHold.kind == UNSAFE,
        ),
    )


def _odd_codes(actor: Actor) -> Iterator[Line]:
    schemes = select(VoucherScheme.id).where(VoucherScheme.campaign_id.in_(_running(actor)))
    odd = odd_codes(schemes).order_by(None).subquery()
    rows = (
        select(Campaign.id, Campaign.name, func.count())
        .join(VoucherScheme, VoucherScheme.campaign_id == Campaign.id)
        .join(odd, odd.c.scheme_id == VoucherScheme.id)
        .group_by(Campaign.id, Campaign.name)
    )
    for id_, name, count in db.session.execute(rows):
        yield Line(Reason.VOUCHER_CODES, id_, name, count=count)


def _quiet_phones(actor: Actor) -> Iterator[Line]:
    """Phones that keep something and were not heard for a week, while their owner uses another."""
    other = aliased(Device)
    heard_elsewhere = exists().where(
        other.account_id == Device.account_id,
        other.id != Device.id,
        other.revoked_at.is_(None),
        func.coalesce(other.synced_at, other.last_contact_at) >= now() - QUIET_PHONE_AFTER,
    )
    own = visible_volunteers(actor).with_only_columns(Account.id)
    rows = (
        select(Device.id, Account.first_name, LAST_CONTACT)
        .join(Account, Account.id == Device.account_id)
        .where(
            Device.account_id.in_(own),
            Device.sealed,
            Device.revoked_at.is_(None),
            LAST_CONTACT.between(now() - FORGOTTEN_PHONE_AFTER, now() - QUIET_PHONE_AFTER),
            heard_elsewhere,
        )
    )
    for id_, who, since in db.session.execute(rows):
        yield Line(Reason.QUIET_PHONE, id_, who, since=since)

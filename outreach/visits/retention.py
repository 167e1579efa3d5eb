"""Who was in when is forgotten 30 days after a campaign; how often each word fell stays."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update

from outreach.audit.models import Difference
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, today
from outreach.db import db
from outreach.territory.holds import UNSAFE
from outreach.territory.models import DoorHold
from outreach.visits.models import (
    Appointment,
    CampaignCount,
    ContactAttempt,
    DoorNotice,
    Round,
    Stop,
)

KEPT_DAYS = timedelta(days=30)


def campaigns_to_forget() -> Select[Campaign]:
    """Campaigns whose doors must be forgotten by now; again when late work came in."""
    return select(Campaign).where(Campaign.ends_on < today() - KEPT_DAYS)


def forget_doors(campaign: Campaign) -> int:
    """Delete what is known of doors and keep the counts; returns how many attempts went.

    Before its time it does nothing. Doing it again adds what came in late to the counts.
    """
    if campaign.ends_on >= today() - KEPT_DAYS:
        return 0
    forgotten = _keep_counts(campaign)
    attempts = select(ContactAttempt.id).where(ContactAttempt.campaign_id == campaign.id)
    _delete(
        Difference,
        Difference.object_kind == ContactAttempt.__tablename__,
        Difference.object_id.in_(attempts),
    )
    for table in (ContactAttempt, DoorNotice, Appointment):
        _delete(table, table.campaign_id == campaign.id)
    _delete(DoorHold, DoorHold.campaign_id == campaign.id, _hold_is_over())
    _forget_who_left(campaign)
    return forgotten


def _keep_counts(campaign: Campaign) -> int:
    rows = (
        select(ContactAttempt.outcome, func.count())
        .where(ContactAttempt.campaign_id == campaign.id, ContactAttempt.outcome != "")
        .group_by(ContactAttempt.outcome)
    )
    found = dict(db.session.execute(rows).all())
    kept_rows = select(CampaignCount).where(
        CampaignCount.campaign_id == campaign.id, CampaignCount.outcome.in_(found)
    )
    kept = {row.outcome: row for row in db.session.scalars(kept_rows)}
    for outcome, count in found.items():
        if outcome in kept:
            kept[outcome].count += count
            continue
        db.session.add(
            CampaignCount(
                id=new_id(),
                municipality_id=campaign.municipality_id,
                campaign_id=campaign.id,
                outcome=outcome,
                count=count,
            )
        )
    db.session.flush()
    return sum(found.values())


def _hold_is_over() -> Any:
    """A door that is not safe stays closed until somebody decides, or its term ends."""
    return or_(
        DoorHold.kind != UNSAFE,
        DoorHold.lifted_at.is_not(None),
        and_(DoorHold.ends_on.is_not(None), DoorHold.ends_on < today()),
    )


def _forget_who_left(campaign: Campaign) -> None:
    rounds = select(Round.id).where(Round.campaign_id == campaign.id)
    db.session.execute(
        update(Stop)
        .where(Stop.round_id.in_(rounds), Stop.left_at.is_not(None))
        .values(left_at=None)
    )


def _delete(table: type[Any], *conditions: Any) -> None:
    db.session.execute(
        delete(table).where(*conditions).execution_options(synchronize_session="fetch")
    )

"""Whose rows these are: rounds, stops and holds an actor may see or write."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from outreach.access.actor import Actor
from outreach.audit.differences import is_differed_on
from outreach.campaigns.models import Campaign
from outreach.campaigns.scope import visible_campaigns
from outreach.clock import AMSTERDAM, today
from outreach.db import db
from outreach.territory.holds import UNSAFE
from outreach.territory.models import DoorHold
from outreach.visits.models import ContactAttempt, Round, RoundMember, Stop

DRAFT, PUBLISHED, CLOSED = "draft", "published", "closed"


def visible_rounds(actor: Actor) -> Select[Round]:
    """Rounds of the campaigns an actor may see at the desk, drafts too."""
    campaigns = visible_campaigns(actor).with_only_columns(Campaign.id)
    return select(Round).where(
        Round.municipality_id == actor.municipality_id, Round.campaign_id.in_(campaigns)
    )


def undecided_holds(actor: Actor) -> Select[DoorHold]:
    """Doors somebody found unsafe, waiting for a supervisor of that campaign."""
    campaigns = visible_campaigns(actor).with_only_columns(Campaign.id)
    return select(DoorHold).where(
        DoorHold.municipality_id == actor.municipality_id,
        DoorHold.campaign_id.in_(campaigns),
        DoorHold.kind == UNSAFE,
        DoorHold.decided_at.is_(None),
        DoorHold.lifted_at.is_(None),
    )


def walked_rounds(actor: Actor) -> Select[Round]:
    """Rounds of which this person is one of the pair; a draft is nobody's yet."""
    own = select(RoundMember.round_id).where(RoundMember.account_id == actor.account_id)
    return select(Round).where(
        Round.municipality_id == actor.municipality_id,
        Round.id.in_(own),
        Round.state != DRAFT,
    )


def phone_rounds(actor: Actor) -> Select[Round]:
    """What today needs: published and not older than yesterday, or closed since yesterday.

    A round of before comes along while the pair differs on one of its doors.
    """
    yesterday = today() - timedelta(days=1)
    since = datetime.combine(yesterday, time.min, AMSTERDAM)
    return walked_rounds(actor).where(
        or_(
            and_(Round.state == PUBLISHED, Round.date >= yesterday),
            and_(Round.state == CLOSED, Round.closed_at >= since),
            exists().where(Stop.round_id == Round.id, is_differed_on(Stop.id)),
        )
    )


def own_stops(actor: Actor) -> Select[Stop]:
    """Stops of the rounds this person walks or walked."""
    rounds = walked_rounds(actor).with_only_columns(Round.id)
    return select(Stop).where(
        Stop.municipality_id == actor.municipality_id, Stop.round_id.in_(rounds)
    )


def writable_stops(actor: Actor, ids: Collection[str]) -> set[str]:
    """Which of these are stops of the actor's own rounds."""
    rows = own_stops(actor).where(Stop.id.in_(ids))
    return set(db.session.scalars(rows.with_only_columns(Stop.id)))


def writable_rounds(actor: Actor, ids: Collection[str]) -> set[str]:
    """Which of these are rounds the actor walks."""
    rows = walked_rounds(actor).where(Round.id.in_(ids))
    return set(db.session.scalars(rows.with_only_columns(Round.id)))


def open_stops() -> Select[Stop]:
    """Stops of drafts and published rounds that did not leave their pair."""
    in_open_round = exists().where(Round.id == Stop.round_id, Round.state != CLOSED)
    return select(Stop).where(in_open_round, Stop.left_at.is_(None), Stop.taken_at.is_(None))


def stays_in_round() -> ColumnElement[bool]:
    """Whether a stop shows in its round: not what went to others before anything came of it."""
    rung = exists().where(ContactAttempt.stop_id == Stop.id, ContactAttempt.outcome != "")
    return or_(Stop.taken_at.is_(None), rung)

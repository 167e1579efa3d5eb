"""Whose rows these are: rounds on the board, alerts, and who is told. Volunteers see none of it."""

from collections.abc import Collection

from sqlalchemy import Select, or_, select

from outreach.access.actor import Actor
from outreach.access.models import Account, AccountDistrict
from outreach.access.reaching import colleagues_who_may
from outreach.access.roles import EVERY_DISTRICT, Permission
from outreach.campaigns.models import Campaign
from outreach.db import db
from outreach.visits import scope as visits
from outreach.visits.models import Round
from outreach.watch.models import WatchAlert


def watched_rounds(actor: Actor) -> Select[Round]:
    """Rounds an actor watches over: published or closed, of their own districts."""
    return visits.visible_rounds(actor).where(Round.state != visits.DRAFT)


def open_alerts(actor: Actor) -> Select[WatchAlert]:
    """What somebody must call about. Help without a round concerns everybody who watches."""
    return alerts_of(actor).where(WatchAlert.closed_at.is_(None))


def alerts_of(actor: Actor) -> Select[WatchAlert]:
    """The same, closed ones too."""
    own = watched_rounds(actor).with_only_columns(Round.id)
    return select(WatchAlert).where(
        WatchAlert.municipality_id == actor.municipality_id,
        or_(WatchAlert.round_id.is_(None), WatchAlert.round_id.in_(own)),
    )


def writable_calls(actor: Actor, ids: Collection[str]) -> set[str]:
    """Help is called from a round one walks, or under one's own id where there is none."""
    return visits.writable_rounds(actor, ids) | ({actor.account_id} & set(ids))


def watchers_of(municipality_id: str, round_id: str | None) -> list[str]:
    """Who is told: who may watch and works in that district, or everywhere; else all who may."""
    all_of_them = colleagues_who_may(municipality_id, {Permission.ROUND_WATCH})
    if round_id is None:
        return all_of_them
    there = (
        select(AccountDistrict.account_id)
        .join(Campaign, Campaign.district_id == AccountDistrict.district_id)
        .join(Round, Round.campaign_id == Campaign.id)
        .where(Round.id == round_id)
    )
    rows = select(Account.id).where(
        Account.id.in_(all_of_them),
        or_(Account.role.in_(EVERY_DISTRICT), Account.id.in_(there)),
    )
    return sorted(db.session.scalars(rows)) or all_of_them

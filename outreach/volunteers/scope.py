"""Whose rows these are: volunteers whom an actor guards, or may plan."""

from sqlalchemy import Select, false, select

from outreach.access.actor import Actor
from outreach.access.models import Account, AccountDistrict
from outreach.access.roles import Role
from outreach.access.scope import volunteers_of


def visible_volunteers(actor: Actor) -> Select[Account]:
    """Coordinators: all who are active; supervisors: of their own districts; others: none."""
    rows = volunteers_of(actor.municipality_id)
    if actor.role == Role.COORDINATOR:
        return rows
    if actor.role == Role.SUPERVISOR:
        there = select(AccountDistrict.account_id).where(
            AccountDistrict.district_id.in_(actor.district_ids or ())
        )
        return rows.where(Account.id.in_(there))
    return rows.where(false())

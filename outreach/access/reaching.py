"""Where colleagues are reached: for what tells them that there is something new."""

from collections.abc import Set as AbstractSet

from sqlalchemy import or_, select

from outreach.access.models import Account, AccountDistrict
from outreach.access.roles import EVERY_DISTRICT, ROLES, Permission
from outreach.db import db
from outreach.messages.people import Reached

EVERYWHERE = object()


def colleagues_who_may(
    municipality_id: str,
    needed: AbstractSet[Permission],
    *,
    in_district: str | object | None = EVERYWHERE,
) -> list[str]:
    """The ids of those who hold all of these permissions and can sign in now.

    `in_district`: only who works there, or in every district; None is a district nobody knows.
    """
    roles = [role for role, may in ROLES.items() if needed <= may]
    rows = select(Account.id).where(
        Account.municipality_id == municipality_id,
        Account.role.in_(roles),
        Account.active,
        Account.password_hash != "",
    )
    if in_district is not EVERYWHERE:
        there = select(AccountDistrict.account_id).where(AccountDistrict.district_id == in_district)
        rows = rows.where(or_(Account.role.in_(EVERY_DISTRICT), Account.id.in_(there)))
    return list(db.session.scalars(rows.order_by(Account.id)))


def where_reached(municipality_id: str, account_id: str) -> Reached | None:
    """The address somebody signs in with, and their language; None when they left."""
    rows = select(Account.email, Account.language).where(
        Account.municipality_id == municipality_id, Account.id == account_id, Account.active
    )
    found = db.session.execute(rows).first()
    return Reached(*found) if found else None

"""Who is asking: the account behind a request, read afresh each time."""

from dataclasses import dataclass

from flask import g
from sqlalchemy import select

from outreach.access.models import Account, AccountDistrict
from outreach.access.roles import EVERY_DISTRICT, ROLES, Permission, Role
from outreach.db import db
from outreach.errors import NotSignedIn


@dataclass(frozen=True)
class Actor:
    """An account at work. `district_ids` is None for roles that work everywhere."""

    account_id: str
    municipality_id: str
    role: Role
    team_id: str | None
    district_ids: frozenset[str] | None
    session_id: str | None = None

    def may(self, permission: str) -> bool:
        """Whether this role holds the permission."""
        return permission in ROLES[self.role]


def actor_of(account: Account, session_id: str | None = None) -> Actor:
    """The actor an account is now."""
    role = Role(account.role)
    districts: frozenset[str] | None = None
    if role not in EVERY_DISTRICT:
        rows = select(AccountDistrict.district_id).where(AccountDistrict.account_id == account.id)
        districts = frozenset(db.session.scalars(rows))
    return Actor(account.id, account.municipality_id, role, account.team_id, districts, session_id)


def current_actor() -> Actor:
    """The actor of this request; raises NotSignedIn where the route is public."""
    actor = g.get("actor")
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


__all__ = ["Actor", "Permission", "Role", "actor_of", "current_actor"]

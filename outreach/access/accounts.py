"""Colleagues: made by invitation, changed, deactivated."""

import hashlib
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from outreach.access import passwords, scope, sessions
from outreach.access.actor import Actor
from outreach.access.models import Account, AccountDistrict, District, Invitation, Team
from outreach.access.roles import OPENS_DOSSIERS, Role
from outreach.audit import endings, trail
from outreach.clock import new_id, now, secret
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput, NotAllowed, Problem

INVITATION_DAYS = 7
# A coordinator guards volunteers and coaches; the other roles are the admin's to give.
COORDINATORS_GIVE = frozenset({Role.VOLUNTEER, Role.MENTOR, Role.WIJKCOACH, Role.TEAM_LEAD})

IN_A_TEAM = frozenset({Role.WIJKCOACH, Role.TEAM_LEAD})
NAMES = ("name", "first_name")


class InvitationGone(Problem):
    """Used, expired or never made."""

    code = "invitation-gone"
    status = 404


class LastAdmin(Conflict):
    """Without an active admin nobody can make another one."""

    code = "last-admin"


def may_give(actor: Actor, role: str) -> bool:
    """Whether this actor may make, change or end an account of that role."""
    return actor.role == Role.ADMIN or role in COORDINATORS_GIVE


def _gains(actor: Actor, account: Account, role: str) -> bool:
    """Whether a link or another role would open dossiers with a password this actor may know.

    A first invitation does not: it is how a colleague begins, and there is nobody to stand in for.
    """
    known = bool(account.password_hash)
    return actor.role != Role.ADMIN and known and role in OPENS_DOSSIERS


def create_account(actor: Actor, body: dict[str, Any]) -> Account:
    """Make an account without a password; raises InvalidInput with all faults, or NotAllowed."""
    if not may_give(actor, body["role"]):
        raise NotAllowed
    _check(actor, body)
    account = Account(
        id=new_id(),
        municipality_id=actor.municipality_id,
        email=body["email"].strip().lower(),
        name=body["name"].strip(),
        first_name=body["first_name"].strip(),
        phone=body.get("phone", ""),
        role=body["role"],
        team_id=body.get("team_id"),
        language=body.get("language", "nl"),
        active=True,
        created_at=now(),
    )
    db.session.add(account)
    db.session.flush()
    _set_districts(account, body.get("district_ids", []))
    trail.note(actor.municipality_id, actor.account_id, "account.create", "account", account.id)
    return account


def change_account(actor: Actor, account: Account, body: dict[str, Any]) -> Account:
    """Change what is given; deactivation or another role bites on the very next request."""
    if not may_give(actor, account.role) or not may_give(actor, body.get("role", account.role)):
        raise NotAllowed
    if body.get("role", account.role) != account.role and _gains(actor, account, body["role"]):
        raise NotAllowed
    _check(actor, body, account)
    _keep_an_admin(account, body)
    _write_down_closing(account, body)
    for name in ("name", "first_name", "phone", "role", "team_id", "language", "active"):
        if name in body:
            value = body[name]
            setattr(account, name, value.strip() if name in NAMES else value)
    if "email" in body:
        account.email = body["email"].strip().lower()
    if "district_ids" in body:
        _set_districts(account, body["district_ids"])
    if not account.active or "role" in body:
        sessions.close_every_session(account.id)
    if not account.active or {"role", "email"} & set(body):
        _end_links(account)  # whoever holds one was trusted with another account than this
    trail.note(actor.municipality_id, actor.account_id, "account.change", "account", account.id)
    return account


def _write_down_closing(account: Account, body: dict[str, Any]) -> None:
    """An older copy of the database must not let somebody in who was sent away since."""
    if body.get("active", account.active) == account.active:
        return
    kind = endings.Kind.ACCOUNT_CLOSED if account.active else endings.Kind.ACCOUNT_OPENED
    endings.write_down(kind, account.municipality_id, [account.id])


def _keep_an_admin(account: Account, body: dict[str, Any]) -> None:
    """Raise LastAdmin before the last one goes; all are locked, for two may go at once."""
    stays = body.get("active", account.active) and body.get("role", account.role) == Role.ADMIN
    if account.role != Role.ADMIN or not account.active or stays:
        return
    admins = select(Account.id).where(
        Account.municipality_id == account.municipality_id,
        Account.role == Role.ADMIN,
        Account.active,
    )
    if set(db.session.scalars(admins.order_by(Account.id).with_for_update())) <= {account.id}:
        raise LastAdmin


def _check(actor: Actor, body: dict[str, Any], account: Account | None = None) -> None:
    faults = [
        InputError(f"/{name}", "missing")
        for name in NAMES
        if name in body and not body[name].strip()
    ]
    email = body.get("email", "").strip().lower()
    taken = scope.visible_accounts(actor).where(Account.email == email)
    if account:
        taken = taken.where(Account.id != account.id)
    if email and db.session.scalars(taken).first():
        faults.append(InputError("/email", "already-exists"))
    districts = select(District.id).where(District.municipality_id == actor.municipality_id)
    known = set(db.session.scalars(districts))
    faults += [
        InputError(f"/district_ids/{place}", "unknown-district")
        for place, district_id in enumerate(body.get("district_ids", []))
        if district_id not in known
    ]
    team_id = body.get("team_id")
    teams = scope.visible_teams(actor).with_only_columns(Team.id)
    if team_id and team_id not in set(db.session.scalars(teams)):
        faults.append(InputError("/team_id", "unknown-team"))
    if {"role", "team_id"} & set(body) and _lacks_team(body, account):
        faults.append(InputError("/team_id", "missing"))
    if faults:
        raise InvalidInput(*faults)


def _lacks_team(body: dict[str, Any], account: Account | None) -> bool:
    """Hand-overs reach a coach and a team lead through their team."""
    role = body.get("role", account.role if account else "")
    team_id = body.get("team_id", account.team_id if account else None)
    return role in IN_A_TEAM and not team_id


def _set_districts(account: Account, district_ids: Collection[str]) -> None:
    db.session.execute(delete(AccountDistrict).where(AccountDistrict.account_id == account.id))
    db.session.add_all(
        AccountDistrict(
            id=new_id(),
            municipality_id=account.municipality_id,
            account_id=account.id,
            district_id=district_id,
        )
        for district_id in sorted(set(district_ids))
    )


def invite(actor: Actor, account: Account) -> str:
    """A token for a link that sets the password once, within a week; older links end.

    A new password for who reads dossiers is the admin's to give. Raises NotAllowed.
    """
    if not may_give(actor, account.role) or _gains(actor, account, account.role):
        raise NotAllowed
    _end_links(account)
    token = secret()
    db.session.add(
        Invitation(
            id=new_id(),
            municipality_id=account.municipality_id,
            account_id=account.id,
            token_hash=_digest(token),
            expires_at=now() + timedelta(days=INVITATION_DAYS),
        )
    )
    trail.note(actor.municipality_id, actor.account_id, "account.invite", "account", account.id)
    return token


def _end_links(account: Account) -> None:
    db.session.execute(delete(Invitation).where(Invitation.account_id == account.id))


def invited_account(token: str) -> tuple[Account, Invitation]:
    """Whose link this is; raises InvitationGone."""
    rows = select(Invitation).where(Invitation.token_hash == _digest(token))
    invitation = db.session.scalars(rows).first()
    if invitation is None or invitation.used_at or invitation.expires_at < now():
        raise InvitationGone
    account = db.session.get(Account, invitation.account_id)
    if account is None or not account.active:
        raise InvitationGone
    return account, invitation


def accept_invitation(token: str, password: str) -> Account:
    """Set the password of an invited account; raises InvitationGone or InvalidInput."""
    account, invitation = invited_account(token)
    faults = passwords.password_errors(password)
    if faults:
        raise InvalidInput(*faults)
    account.password_hash = passwords.hash_password(password)
    invitation.used_at = now()
    sessions.close_every_session(account.id)
    trail.note(account.municipality_id, account.id, "account.password", "account", account.id)
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

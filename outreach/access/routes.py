"""Signing in and out, one's own account, invitations, and the colleagues."""

from typing import Any

from flask import Response, current_app, jsonify, request
from flask_jwt_extended import (
    get_jwt,
    set_refresh_cookies,
    unset_refresh_cookies,
    verify_jwt_in_request,
)
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError
from sqlalchemy import select

from outreach.access import accounts, schemas, scope, sessions
from outreach.access.actor import current_actor
from outreach.access.models import Account, AccountDistrict, Municipality
from outreach.access.roles import ROLES, Permission, Role
from outreach.db import db
from outreach.errors import NotFound, NotSignedIn
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import PUBLIC, Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("access", "Sessions, accounts, roles, districts and teams")


def _me(account: Account) -> dict[str, Any]:
    municipality = db.session.get(Municipality, account.municipality_id)
    if municipality is None:
        raise NotFound
    return {
        "id": account.id,
        "name": account.name,
        "first_name": account.first_name,
        "role": account.role,
        "language": account.language,
        "municipality": municipality.name,
        "permissions": sorted(ROLES[Role(account.role)]),
    }


def _session_answer(account: Account, access: str, refresh: str) -> Response:
    body = {"access_token": access, "account": _me(account)}
    response = jsonify(schemas.SessionOut().dump(body))
    set_refresh_cookies(response, refresh)
    return response


@routes.post("/sessions", permission=PUBLIC, body=schemas.SignInBody(), answer=schemas.SessionOut())
def sign_in(body: dict[str, str]) -> Response:
    """Sign in with an address and a password."""
    origin = request.remote_addr or ""
    return _session_answer(*sessions.sign_in(body["email"], body["password"], origin))


@routes.post("/sessions/refresh", permission=PUBLIC, answer=schemas.SessionOut())
def refresh_session() -> Response:
    """Swap the refresh cookie for new tokens; asks for the `X-CSRF-TOKEN` header."""
    try:
        verify_jwt_in_request(refresh=True, locations=["cookies"])
    except (JWTExtendedException, PyJWTError) as fault:
        raise NotSignedIn from fault
    claims = get_jwt()
    return _session_answer(*sessions.rotate(claims["sid"], claims["jti"]))


@routes.delete("/sessions/current", permission=Permission.OWN_ACCOUNT, status=204)
def sign_out() -> Response:
    """Close this session."""
    actor = current_actor()
    if actor.session_id:
        sessions.close_session(actor.session_id)
    response = Response(status=204)
    unset_refresh_cookies(response)
    return response


@routes.get("/me", permission=Permission.OWN_ACCOUNT, answer=schemas.MeOut())
def read_me() -> dict[str, Any]:
    """Who is signed in, and what they may do."""
    return _me(_own_account())


@routes.put(
    "/me/language",
    permission=Permission.OWN_ACCOUNT,
    body=schemas.LanguageBody(),
    answer=schemas.MeOut(),
)
def choose_language(body: dict[str, str]) -> dict[str, Any]:
    """Choose the language of one's own screens."""
    account = _own_account()
    account.language = body["language"]
    return _me(account)


def _own_account() -> Account:
    actor = current_actor()
    return first_or_404(scope.visible_accounts(actor).where(Account.id == actor.account_id))


@routes.post(
    "/invitations/lookup",
    permission=PUBLIC,
    body=schemas.TokenBody(),
    answer=schemas.InvitedOut(),
)
def look_up_invitation(body: dict[str, str]) -> dict[str, Any]:
    """Whose invitation a link is."""
    account, _ = accounts.invited_account(body["token"])
    return _me(account) | {"email": account.email}


@routes.post(
    "/invitations/acceptance",
    permission=PUBLIC,
    body=schemas.AcceptBody(),
    answer=schemas.InvitedOut(),
)
def accept_invitation(body: dict[str, str]) -> dict[str, Any]:
    """Take up an invitation by choosing a password."""
    account = accounts.accept_invitation(body["token"], body["password"])
    return _me(account) | {"email": account.email}


def _with_districts(found: list[Account]) -> list[dict[str, Any]]:
    rows = select(AccountDistrict).where(AccountDistrict.account_id.in_([a.id for a in found]))
    districts: dict[str, list[str]] = {}
    for row in db.session.scalars(rows.order_by(AccountDistrict.district_id)):
        districts.setdefault(row.account_id, []).append(row.district_id)
    names = [n for n in schemas.AccountOut().fields if n not in {"district_ids", "signed_up"}]
    return [
        {name: getattr(account, name) for name in names}
        | {
            "district_ids": districts.get(account.id, []),
            "signed_up": bool(account.password_hash),
        }
        for account in found
    ]


@routes.get(
    "/accounts",
    permission=Permission.ACCOUNT_READ,
    query=AfterQuery(),
    answer=page_of(schemas.AccountOut, "AccountPage"),
)
def list_accounts(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Colleagues by name."""
    rows = scope.visible_accounts(current_actor())
    found = page(rows, [Account.name, Account.id], query["after"])
    return Page(_with_districts(found.items), found.next)


@routes.post(
    "/accounts",
    permission=Permission.ACCOUNT_WRITE,
    body=schemas.AccountBody(),
    answer=schemas.AccountOut(),
    status=201,
)
def create_account(body: dict[str, Any]) -> dict[str, Any]:
    """Make an account; it opens after its invitation is taken up."""
    return _with_districts([accounts.create_account(current_actor(), body)])[0]


@routes.patch(
    "/accounts/<uuid:account_id>",
    permission=Permission.ACCOUNT_WRITE,
    body=schemas.AccountChange(),
    answer=schemas.AccountOut(),
)
def change_account(body: dict[str, Any], account_id: Any) -> dict[str, Any]:
    """Change or deactivate a colleague."""
    account = _account(account_id)
    return _with_districts([accounts.change_account(current_actor(), account, body)])[0]


@routes.post(
    "/accounts/<uuid:account_id>/invitation",
    permission=Permission.ACCOUNT_WRITE,
    answer=schemas.InvitationOut(),
    status=201,
)
def invite(account_id: Any) -> dict[str, Any]:
    """A link to copy and hand over; older links of this account end."""
    token = accounts.invite(current_actor(), _account(account_id))
    public_url = current_app.config["PUBLIC_URL"]
    # After the '#': it never reaches a server's log.
    link = f"{public_url}/invitation#{token}"
    return {"link": link, "days": accounts.INVITATION_DAYS}


def _account(account_id: Any) -> Account:
    rows = scope.visible_accounts(current_actor()).where(Account.id == str(account_id))
    return first_or_404(rows)


@routes.get(
    "/roles",
    permission=Permission.MUNICIPALITY_READ,
    answer=page_of(schemas.RoleOut, "RolePage"),
)
def list_roles() -> dict[str, Any]:
    """Every role and what it may do: one page for a privacy officer."""
    items = [{"role": role, "permissions": sorted(ROLES[role])} for role in Role]
    return {"items": items, "next": ""}

"""Before every view: the session lives, the account is active, the role holds the permission."""

from flask import Flask, current_app, g, request
from flask_jwt_extended import get_jwt, verify_jwt_in_request
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError

from outreach.access.actor import Actor, actor_of
from outreach.access.models import Account, Session
from outreach.db import db
from outreach.errors import NotAllowed, NotSignedIn
from outreach.web.routing import PUBLIC

OPEN_ENDPOINTS = {"static"}


def required_permission(endpoint: str) -> str | None:
    """What the view behind an endpoint asks for; None when it names nothing."""
    permission = getattr(current_app.view_functions[endpoint], "permission", None)
    return PUBLIC if endpoint in OPEN_ENDPOINTS else permission


def _signed_in() -> Actor:
    try:
        verify_jwt_in_request(locations=["headers"])
    except (JWTExtendedException, PyJWTError) as fault:
        raise NotSignedIn from fault
    session = db.session.get(Session, get_jwt().get("sid", ""))
    if session is None or session.revoked_at:
        raise NotSignedIn
    account = db.session.get(Account, session.account_id)
    if account is None or not account.active:
        raise NotSignedIn
    return actor_of(account, session.id)


def register(app: Flask) -> None:
    """Guard every route; one that names no permission lets nobody in."""

    @app.before_request
    def _guard() -> None:
        if request.endpoint is None:
            return
        permission = required_permission(request.endpoint)
        if permission == PUBLIC:
            return
        g.actor = _signed_in()
        # Read in a transaction of its own: a slow body must not hold the writer's lock.
        db.session.commit()
        if permission is None or not g.actor.may(permission):
            raise NotAllowed

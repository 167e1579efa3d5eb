"""Signing in and staying in: short access tokens, a rotating refresh cookie, revocation at once."""

from datetime import timedelta

from flask_jwt_extended import create_access_token, create_refresh_token, get_jti
from sqlalchemy import select, update

from outreach.access import passwords
from outreach.access.models import Account, Session
from outreach.audit import trail
from outreach.clock import new_id, now
from outreach.db import db
from outreach.errors import NotSignedIn, Problem

ROTATION_GRACE = timedelta(seconds=60)


class WrongSignIn(Problem):
    """Address or password is wrong; which of the two is not told."""

    code = "wrong-sign-in"
    status = 401


def sign_in(email: str, password: str, origin: str) -> tuple[Account, str, str]:
    """The account with its access and refresh token; raises WrongSignIn or TooManyTries.

    An address may belong to accounts in several municipalities; the password tells which.
    """
    passwords.refuse_when_tried_too_often(email, origin)
    rows = select(Account).where(Account.email == email.strip().lower()).order_by(Account.id)
    accounts = list(db.session.scalars(rows))
    fitting = [a for a in accounts if passwords.fits(a.password_hash, password)]
    if not accounts:
        passwords.fits("", password)
    account = next((a for a in fitting if a.active), None)
    if account is None:
        passwords.count_failure(email, origin)
        db.session.commit()  # the count outlives the refusal
        raise WrongSignIn
    passwords.forget_failures(email)
    access, refresh = open_session(account)
    trail.note(account.municipality_id, account.id, "session.open", "account", account.id)
    return account, access, refresh


def open_session(account: Account) -> tuple[str, str]:
    """A new sign-in of an account: its access and its refresh token."""
    session = Session(
        id=new_id(),
        municipality_id=account.municipality_id,
        account_id=account.id,
        refresh_id="",
        previous_refresh_id="",
        rotated_at=now(),
        started_at=now(),
        last_seen_at=now(),
    )
    db.session.add(session)
    return _tokens(session)


def _tokens(session: Session) -> tuple[str, str]:
    claims = {"sid": session.id}
    access = create_access_token(session.account_id, additional_claims=claims)
    refresh = create_refresh_token(session.account_id, additional_claims=claims)
    session.previous_refresh_id, session.refresh_id = session.refresh_id, str(get_jti(refresh))
    session.rotated_at = now()
    session.last_seen_at = now()
    return access, refresh


def rotate(session_id: str, refresh_id: str) -> tuple[Account, str, str]:
    """New tokens for a refresh token; raises NotSignedIn.

    One that was used before closes the session, unless it is the last one within a minute:
    then its answer may have been lost on the way.
    """
    rows = select(Session).where(Session.id == session_id).with_for_update()
    session = db.session.scalars(rows).first()
    if session is None or session.revoked_at:
        raise NotSignedIn
    lost_answer = (
        refresh_id == session.previous_refresh_id and now() < session.rotated_at + ROTATION_GRACE
    )
    if refresh_id != session.refresh_id and not lost_answer:
        session.revoked_at = now()
        db.session.commit()  # the theft stays closed although this request is refused
        raise NotSignedIn
    account = db.session.get(Account, session.account_id)
    if account is None or not account.active:
        raise NotSignedIn
    return account, *_tokens(session)


def close_session(session_id: str) -> None:
    """Sign out: the tokens of this session open nothing from now on."""
    rows = update(Session).where(Session.id == session_id, Session.revoked_at.is_(None))
    db.session.execute(rows.values(revoked_at=now()))


def close_every_session(account_id: str) -> None:
    """Everything this account has open, on every device."""
    rows = update(Session).where(Session.account_id == account_id, Session.revoked_at.is_(None))
    db.session.execute(rows.values(revoked_at=now()))

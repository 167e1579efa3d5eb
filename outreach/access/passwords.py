"""Argon2id passwords, and counted tries that slow guessing without telling who exists."""

import hashlib
import hmac
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

from outreach.access.models import FailedTry
from outreach.clock import now
from outreach.db import db
from outreach.errors import InputError, TooManyTries

SHORTEST = 12
COMMON = ("wachtwoord", "password", "welkom", "123456", "qwerty", "voordeur")
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
_hasher = PasswordHasher()
# Verified when nobody has the address, so that both answers take as long.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """An Argon2id hash with its parameters."""
    return _hasher.hash(password)


def password_errors(password: str) -> list[InputError]:
    """What is wrong with a new password: too short, or too common with its digits stripped."""
    if len(password) < SHORTEST:
        return [InputError("/password", "password-too-short")]
    bare = password.lower().strip("0123456789!?. ")
    if bare in COMMON or len(set(password)) < SHORTEST // 3:
        return [InputError("/password", "password-too-common")]
    return []


def fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one behind the hash; an empty hash fits nothing."""
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(password_hash)


def _key(kind: str, value: str) -> str:
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def _email_key(email: str) -> str:
    """One key for every way to write an address that finds the same account."""
    return _key("email", email.strip().lower())


def refuse_when_tried_too_often(email: str, origin: str) -> None:
    """Raise TooManyTries while the address or the caller has to wait."""
    for key in (_email_key(email), _key("origin", origin)):
        tried = db.session.get(FailedTry, key)
        if tried and tried.until > now():
            raise TooManyTries(seconds=int((tried.until - now()).total_seconds()) + 1)


def count_failure(email: str, origin: str) -> None:
    """Count one failed try; after five each next one doubles the wait, up to 15 minutes.

    A caller's address has ten times the room: a whole base may share one.
    """
    for key, free in (
        (_email_key(email), FREE_TRIES),
        (_key("origin", origin), FREE_TRIES * 10),
    ):
        tried = db.session.get(FailedTry, key)
        if tried is None:
            tried = FailedTry(key=key, count=0, until=now())
            db.session.add(tried)
        tried.count += 1
        over = tried.count - free
        wait = timedelta(seconds=2 ** min(over, 10)) if over > 0 else timedelta()
        tried.until = now() + min(wait, LONGEST_WAIT)


def forget_failures(email: str) -> None:
    """After a good sign-in the address starts afresh."""
    tried = db.session.get(FailedTry, _email_key(email))
    if tried:
        db.session.delete(tried)

"""Counted tries, under keyed hashes: each one past a free number doubles the wait."""

import hashlib
import hmac
from datetime import timedelta

from flask import current_app

from outreach.access.models import FailedTry
from outreach.clock import now
from outreach.db import db
from outreach.errors import TooManyTries

LONGEST_WAIT = timedelta(minutes=15)


def key_of(kind: str, value: str) -> str:
    """What is counted, told to nobody who reads the table."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def refuse_while_waiting(key: str) -> None:
    """Raise TooManyTries while the wait of a key lasts."""
    tried = db.session.get(FailedTry, key)
    if tried and tried.until > now():
        raise TooManyTries(seconds=int((tried.until - now()).total_seconds()) + 1)


def count(key: str, free: int) -> None:
    """Count one try; past `free` each next one doubles the wait, up to 15 minutes."""
    tried = db.session.get(FailedTry, key)
    if tried is None:
        tried = FailedTry(key=key, count=0, until=now())
        db.session.add(tried)
    tried.count += 1
    over = tried.count - free
    wait = timedelta(seconds=2 ** min(over, 10)) if over > 0 else timedelta()
    tried.until = now() + min(wait, LONGEST_WAIT)


def forget(key: str) -> None:
    """Start afresh."""
    tried = db.session.get(FailedTry, key)
    if tried:
        db.session.delete(tried)

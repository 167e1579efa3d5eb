"""Counted tries, under keyed hashes: each one past a free number doubles the wait."""

import hashlib
import hmac
from datetime import timedelta

from flask import current_app
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

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
    over = _one_more(key) - free
    wait = timedelta(seconds=2 ** min(over, 10)) if over > 0 else timedelta()
    until = now() + min(wait, LONGEST_WAIT)
    db.session.execute(update(FailedTry).where(FailedTry.key == key).values(until=until))


def _one_more(key: str) -> int:
    """The number of tries with this one; the database adds it, for many may try at once."""
    first = {"key": key, "count": 1, "until": now()}
    more = {"count": FailedTry.count + 1}
    counted: ReturningInsert[int]
    if db.engine.dialect.name == "postgresql":
        upsert = postgresql.insert(FailedTry).values(first)
        changed = upsert.on_conflict_do_update(index_elements=[FailedTry.key], set_=more)
        counted = changed.returning(FailedTry.count)
    else:
        lite = sqlite.insert(FailedTry).values(first)
        changed_lite = lite.on_conflict_do_update(index_elements=[FailedTry.key], set_=more)
        counted = changed_lite.returning(FailedTry.count)
    return db.session.execute(counted).scalar_one()


def forget(key: str) -> None:
    """Start afresh."""
    tried = db.session.get(FailedTry, key)
    if tried:
        db.session.delete(tried)

"""Trying again what clashed with another request of the same moment."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from outreach.db import db

Answer = TypeVar("Answer")
TRIES = 5
# Another phone wrote at the same moment: a fresh snapshot shows what it did.
PASSING = {"40001", "40P01", "23505"}


def retried(act: Callable[[bool], Answer]) -> Answer:
    """What `act` answers; it is told whether this is the last try, and commits by itself."""
    for _ in range(TRIES - 1):
        try:
            return act(False)
        except DBAPIError as fault:
            db.session.rollback()
            if getattr(fault.orig, "sqlstate", None) not in PASSING:
                break
    return act(True)

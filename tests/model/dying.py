"""A server that is killed in the midst of a request: not one statement more, nothing committed."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event

Answer = TypeVar("Answer")


class Killed(BaseException):
    """Not an error of the app, which it could deal with: the end of its process."""


class _Life:
    """`left`: statements until it ends; None is for ever."""

    left: int | None = None


_life = _Life()


def after(statements: int, work: Callable[[], Answer]) -> Answer | None:
    """Do it; None when it was killed before it was done. What rolls back runs into the end too."""
    _life.left = statements
    try:
        reply = work()
    except BaseException:
        if _life.left != 0:
            raise
        return None
    else:
        return None if _life.left == 0 else reply
    finally:
        _life.left = None


@event.listens_for(Engine, "before_cursor_execute")
def _count(*_: Any) -> None:
    if _life.left is None:
        return
    _life.left = max(_life.left - 1, 0)
    if _life.left == 0:
        raise Killed


@event.listens_for(Engine, "commit")
def _commits(_: Connection) -> None:
    if _life.left == 0:
        raise Killed

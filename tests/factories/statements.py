"""What a test asks of the database: the statements, in order."""

from collections.abc import Iterator
from contextlib import contextmanager

from outreach.db import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent while this is open."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    db.event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        db.event.remove(db.engine, "before_cursor_execute", listen)

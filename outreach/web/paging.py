"""Paging by key: rows after the last one seen, so that inserts never shift a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from outreach.db import db
from outreach.errors import NotFound
from outreach.web.cursors import read_cursor, write_cursor

PAGE_SIZE = 100
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """At most 100 rows, and the cursor of the next page ('' at the end)."""

    items: list[Row]
    next: str


def page(
    rows: Select[Row],
    by: Sequence[InstrumentedAttribute[Any]],
    after: str,
    *,
    newest_first: bool = False,
) -> Page[Row]:
    """The rows after `after`, ordered by columns of one entity that together are unique.

    `newest_first` turns the order round, for what is read from its end.
    """
    bound_to = ",".join(str(column) for column in by)
    if after:
        # Typed as their columns: an id is stored in another form than it is written.
        last = [
            literal(_as_column(value, column), column.type)
            for value, column in zip(read_cursor(bound_to, after), by, strict=True)
        ]
        here, there = tuple_(*by), tuple_(*last)
        rows = rows.where(here < there if newest_first else here > there)
    order = [column.desc() if newest_first else column for column in by]
    found = list(db.session.scalars(rows.order_by(*order).limit(PAGE_SIZE + 1)))
    full = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    last_key = [_written(getattr(found[-1], column.key)) for column in by] if full else []
    return Page(found, write_cursor(bound_to, last_key) if full else "")


def first_or_404(rows: Select[Row]) -> Row:
    """The one row, or NotFound: what is out of scope looks like what does not exist."""
    found = db.session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _as_column(value: Any, column: InstrumentedAttribute[Any]) -> Any:
    kind = column.type.python_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind is date else value

"""Paging by key: rows after the last one seen, so that inserts never shift a page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, Uuid, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from outreach.db import db
from outreach.errors import InputError, InvalidInput, NotFound
from outreach.web.schemas import storable

PAGE_SIZE = 100
LARGEST_NUMBER = 2**31 - 1
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """At most 100 rows, and the key of the next page ('' at the end)."""

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
    if after:
        # Typed as their columns: an id is stored in another form than it is written.
        last = [literal(v, column.type) for v, column in zip(_read_key(after, by), by, strict=True)]
        here, there = tuple_(*by), tuple_(*last)
        rows = rows.where(here < there if newest_first else here > there)
    order = [column.desc() if newest_first else column for column in by]
    found = list(db.session.scalars(rows.order_by(*order).limit(PAGE_SIZE + 1)))
    full = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    key = [getattr(found[-1], column.key) for column in by] if full else []
    return Page(found, _write_key(key) if full else "")


def first_or_404(rows: Select[Row]) -> Row:
    """The one row, or NotFound: what is out of scope looks like what does not exist."""
    found = db.session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def _write_key(values: list[Any]) -> str:
    plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read_key(after: str, by: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        return [_as_column(value, column) for value, column in zip(values, by, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error) as fault:
        raise InvalidInput(InputError("/after", "not-a-page")) from fault


def _as_column(value: Any, column: InstrumentedAttribute[Any]) -> Any:
    kind = column.type.python_type
    if kind is datetime and isinstance(value, str):
        return _instant(value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, bool) or not isinstance(value, kind if kind is int else str):
        raise TypeError(value)
    if isinstance(value, str):
        if storable(value) != value:
            raise ValueError("no database holds this text")
        return str(UUID(value)) if isinstance(column.type, Uuid) else value
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise ValueError("no database holds this number")
    return value


def _instant(said: str) -> datetime:
    at = datetime.fromisoformat(said)
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)

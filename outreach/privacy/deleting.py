"""Deleting rows of one municipality, and saying how many went."""

from typing import Any

from sqlalchemy import ColumnElement, delete

from outreach.db import db


def delete_rows(table: type[Any], municipality_id: str, *conditions: ColumnElement[bool]) -> int:
    """Delete this municipality's rows for which all conditions hold."""
    rows = delete(table).where(table.municipality_id == municipality_id, *conditions)
    return len(db.session.scalars(rows.returning(table.id)).all())

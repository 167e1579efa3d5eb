"""Which municipality a command is about."""

import click
from sqlalchemy import select

from outreach.access.models import Municipality
from outreach.db import db


def municipality_meant(wanted: str) -> str:
    """The id of the one that is named, or of the only one; a wrong name is wrong use."""
    rows = select(Municipality.id, Municipality.name).order_by(Municipality.name)
    found: list[tuple[str, str]] = [(row.id, row.name) for row in db.session.execute(rows)]
    db.session.rollback()  # who asks has transactions of its own
    if wanted:
        name = wanted.strip().casefold()
        found = [(i, n) for i, n in found if name == n.casefold() or name == i]
    if len(found) != 1:
        names = ", ".join(name for _, name in found) or "-"
        raise click.BadParameter(f"choose one municipality: {names}", param_hint="--municipality")
    return found[0][0]

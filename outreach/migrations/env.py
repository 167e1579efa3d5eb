"""Runs migrations on the app's own database, inside one transaction where it can."""

from typing import Any, Literal

from alembic import context
from alembic.operations.ops import CreateTableOp
from flask import current_app

from outreach.db import METADATA, UtcDateTime


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our instants are plain timestamps to the database: a migration outlives our classes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _without_marks(_context: Any, _revision: Any, scripts: list[Any]) -> None:
    """Retention marks are for the code that reads the tables, not for the database."""
    for operation in scripts[0].upgrade_ops.ops + scripts[0].downgrade_ops.ops:
        if isinstance(operation, CreateTableOp):
            operation.info = {}


def _run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_item=_render,
            process_revision_directives=_without_marks,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


_run()

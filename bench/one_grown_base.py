"""Grows a demo on PostgreSQL to so many households of others, each with its door, talk and plan.

A process of its own, with the server's settings in its environment. The rows are copies of the
demo's, under ids of their own; only the account that is measured gets nothing more.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import Engine, text

from bench.grown import GROWN, SHARED, Grown
from outreach.app import create_app
from outreach.db import METADATA, db

# Which of the rows that are there is copied must not be chance.
FIRST = "ORDER BY id LIMIT 1"
# Keys between copies are right, so nothing checks them; what a crash would lose is made again.
FAST = ("session_replication_role = replica", "synchronous_commit = off")
AT_ONCE = 2


def grow(engine: Engine, households: int) -> None:
    """Add so many households, and what goes with them; no table waits for another."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(partial(_copy, engine, households), GROWN))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        # Else what was made is still being written to the disk while something is measured.
        connection.execute(text("CHECKPOINT"))


def _copy(engine: Engine, households: int, one: Grown) -> None:
    last = (households - 1) // one.shared
    with engine.begin() as connection:
        for setting in FAST:
            connection.execute(text(f"SET LOCAL {setting}"))
        grown = connection.execute(text(_copying(one)), {"last": last}).rowcount
    if grown != last + 1:
        raise SystemExit(f"{one.table} grew by {grown} rows instead of {last + 1}")


def _copying(one: Grown) -> str:
    names = [column.name for column in METADATA.tables[one.table].columns]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(_value(one, name) for name in names)
    return (
        f'INSERT INTO "{one.table}" ({columns}) SELECT {values} '  # noqa: S608 - our own names
        f"FROM (SELECT n * {one.shared} AS n FROM generate_series(0, :last) AS n) AS numbers, "
        f'(SELECT * FROM "{one.source or one.table}" WHERE {one.like} {FIRST}) AS one'
    )


def _value(one: Grown, column: str) -> str:
    """The id of the row that household `n` has or shares, what was said, or the copied value."""
    if column in one.named:
        what = one.named[column]
        return f"md5('{what}' || (n / {SHARED.get(what, 1)}))::uuid"
    return one.said.get(column, f'one."{column}"')


if __name__ == "__main__":
    with create_app().app_context():
        grow(db.engine, int(sys.argv[1]))

"""Clean addresses on their way in: a temporary table that only this connection sees.

Filling it takes no lock on the real tables, so reading a long file stops nobody's work.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Index, MetaData, Table
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from outreach import clock
from outreach.territory.models import Address
from outreach.territory.reading import Columns

IDS_AT_ONCE = 200_000
ID_BYTES = 16
VERSION_4 = bytes(byte & 0x0F | 0x40 for byte in range(256))
VARIANT_1 = bytes(byte & 0x3F | 0x80 for byte in range(256))

ADDRESS = Address.metadata.tables[Address.__tablename__]


class Stage:
    """The temporary table, filled through the driver itself: the fastest way on both databases.

    It holds an id, in case the address turns out to be new, the fields the list speaks of, and
    `known`: the address of the register that it is, once that was looked up.
    """

    def __init__(self, connection: Connection, fields: Sequence[str], expected: int) -> None:
        self.filled = ("id", *fields)
        columns = [Column(name, ADDRESS.c[name].type) for name in self.filled]
        columns.append(Column("known", ADDRESS.c.id.type))
        self.table = Table("incoming_address", MetaData(), *columns, prefixes=["TEMPORARY"])
        self.has_bag_ids = "bag_id" in fields
        self.count = 0
        self._ids = fresh_ids(expected)
        self._driver: Any = connection.connection.driver_connection
        self._dialect = connection.dialect
        self._is_postgres = self._dialect.name == "postgresql"

    def begin(self) -> None:
        """Make the table, in a transaction that touches nothing else."""
        if not self._is_postgres:
            self._run("BEGIN")
        self._run(str(CreateTable(self.table).compile(dialect=self._dialect)))

    def add(self, addresses: Columns) -> None:
        """Put these in, given by column."""
        names = ", ".join(self.filled)
        rows = zip(self._ids, *addresses, strict=False)
        cursor = self._driver.cursor()
        if self._is_postgres:
            with cursor.copy(f"COPY {self.table.name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(self.filled))
            add = f"INSERT INTO {self.table.name} ({names}) VALUES ({marks})"  # noqa: S608
            cursor.executemany(add, rows)
        cursor.close()
        self.count += len(addresses[0])

    def finish(self) -> None:
        """Close the transaction, so that the load can have one of its own."""
        if self.has_bag_ids:
            for name in ("bag_id", "known"):
                index = Index(f"incoming_{name}", self.table.c[name])
                self._run(str(CreateIndex(index).compile(dialect=self._dialect)))
        if self._is_postgres:
            self._run(f"ANALYZE {self.table.name}")
        self._driver.commit()

    def drop(self) -> None:
        """Take the table away, whatever happened before."""
        self._driver.rollback()
        self._run(str(DropTable(self.table, if_exists=True).compile(dialect=self._dialect)))
        self._driver.commit()

    def _run(self, statement: str) -> None:
        self._driver.cursor().execute(statement)


@contextmanager
def staged(connection: Connection, fields: Sequence[str], expected: int) -> Iterator[Stage]:
    """An empty stage for about `expected` addresses; gone afterwards."""
    stage = Stage(connection, fields, expected)
    stage.begin()
    try:
        yield stage
    finally:
        stage.drop()


def fresh_ids(expected: int) -> Iterator[str]:
    """UUIDv4s as 32 hex digits, from the clock's port, ascending within each large block.

    Ascending, because an index takes rows in order several times faster than scattered ones;
    each is still drawn from all of them.
    """
    while True:
        count = max(1, min(expected, IDS_AT_ONCE))
        drawn = bytearray(hashlib.shake_256(clock.new_id().encode()).digest(ID_BYTES * count))
        drawn[6::ID_BYTES] = drawn[6::ID_BYTES].translate(VERSION_4)
        drawn[8::ID_BYTES] = drawn[8::ID_BYTES].translate(VARIANT_1)
        digits = drawn.hex()
        yield from sorted(digits[at : at + 32] for at in range(0, 32 * count, 32))

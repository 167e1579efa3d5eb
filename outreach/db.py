"""The database: one metadata, tenant keys, marks that say what is personal and how long it stays.

Every column is made by `plain()` or `personal()`, every table by `tenant_table()` with its
retention class; a test fails on one that is not. Ids are UUIDv4 as text, instants aware UTC.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    DateTime,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    event,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator


class Retention(StrEnum):
    """How long a kind of record stays; the privacy slice turns each into a rule."""

    REGISTER = "register"  # public facts about addresses: while the municipality runs the work
    ACCOUNT = "account"  # staff and volunteers: until they leave
    DOOR = "door"  # who was in when: 30 days after the campaign, counts kept
    DOSSIER = "dossier"  # what households said: the municipality's rule, or at once on their word
    CONCERN = "concern"  # safeguarding: its own rule
    INCIDENT = "incident"  # what befell a volunteer: a year after it was closed
    TRAIL = "trail"  # who did what
    EXCHANGE = "exchange"  # sync bookkeeping: 800 days for outcomes
    MESSAGE = "message"  # that a colleague was told of something, never of what
    CONTENT = "content"  # guides and texts: while a talk names them


class IdType(Uuid[str]):
    """An id as text. Where the database keeps bare hex, dashes are put in without parsing it."""

    def __init__(self) -> None:
        super().__init__(as_uuid=False)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], str | None] | None:
        """A phone's whole day is thousands of ids: parsing each cost a third of an exchange."""
        if dialect.supports_native_uuid:
            # SQLAlchemy has not typed this method.
            return super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call,no-any-return]
        return _with_dashes


def _with_dashes(bare: str | None) -> str | None:
    if bare is None:
        return None
    return f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; naive ones are refused because nobody knows where they are from."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is; a decorated type does not say so by itself."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC) if value else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it was UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


Id = Annotated[str, "uuid"]
Day = date
Instant = Annotated[datetime, "instant"]
LongText = Annotated[str, "text"]
Document = Annotated[dict[str, Any], "json"]
Words = Annotated[list[str], "json list"]


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Model(DeclarativeBase):
    """Names every constraint, so that migrations can find it on both databases."""

    registry = registry(
        metadata=METADATA,
        type_annotation_map={
            Id: IdType(),
            Instant: UtcDateTime(),
            LongText: Text(),
            Document: JSON(),
            Words: JSON(),
            str: String(200),
        },
    )
    metadata = METADATA


def plain(*args: Any, **options: Any) -> MappedColumn[Any]:
    """A column that says nothing about a person."""
    return mapped_column(*args, info={"personal": False}, **options)


def personal(*args: Any, **options: Any) -> MappedColumn[Any]:
    """A column that says something about a person."""
    return mapped_column(*args, info={"personal": True}, **options)


class Tenant:
    """Every row of a municipality: its own id, and the municipality in every key."""

    id: Mapped[Id] = plain(primary_key=True)
    municipality_id: Mapped[Id] = plain(ForeignKey("municipality.id"))


def tenant_table(
    retention: Retention, *items: SchemaItem, **references: str
) -> tuple[SchemaItem | dict[str, Any], ...]:
    """`__table_args__` of a tenant table; `household_id="household"` stays inside the tenant."""
    keys: Iterable[SchemaItem] = (
        ForeignKeyConstraint(
            ["municipality_id", column], [f"{target}.municipality_id", f"{target}.id"]
        )
        for column, target in references.items()
    )
    own = UniqueConstraint("municipality_id", "id")
    return (own, *keys, *items, {"info": {"retention": retention}})


db = SQLAlchemy(metadata=METADATA, session_options={"expire_on_commit": False})


def _is_reading() -> bool:
    return has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if "sqlite3" not in type(connection).__module__:
        return
    connection.isolation_level = None  # we say BEGIN ourselves, or savepoints are ignored
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=15000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a read that turns into a write later can't wait, it fails.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _is_reading() else "BEGIN IMMEDIATE")


def overwrite_deleted() -> bool:
    """Write SQLite's file anew and empty its journal: there deleted words can stay; True when done.

    `secure_delete` blanks a row that goes, but not the copy of it that a split page or an old page
    in the journal still has. False while somebody else is at work. Another database does this in
    its own way: there it is always True.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.remove()
    with closing(db.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError:  # locked, or no room on the disk for a second copy
            return False
        told = cursor.fetchone()
    return told is not None and told[0] == 0  # 1: somebody still reads an old page

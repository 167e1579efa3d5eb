"""Rows of the trail, and differences between what two people recorded."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from outreach.db import (
    Document,
    Id,
    Instant,
    Model,
    Retention,
    Tenant,
    personal,
    plain,
    tenant_table,
)


class TrailEntry(Tenant, Model):
    """One deed: action, object, result, origin, actor, time. `seal` chains it to the one before."""

    __tablename__ = "trail_entry"
    __table_args__ = tenant_table(
        Retention.TRAIL, Index("ix_trail_entry_order", "municipality_id", "number", unique=True)
    )

    number: Mapped[int] = plain()
    at: Mapped[Instant] = plain()
    actor_id: Mapped[Id | None] = personal()
    action: Mapped[str] = plain(String(60))
    object_kind: Mapped[str] = plain(String(40))
    object_id: Mapped[Id | None] = plain()
    result: Mapped[str] = plain(String(20))
    origin: Mapped[str] = plain(String(20))
    reason: Mapped[str] = personal(default="")
    seal: Mapped[str] = plain(String(64))


class Difference(Tenant, Model):
    """Two people changed one field: the value not shown waits here until a person settles it.

    `subject` is the dossier, `object_id` the row, `field` its column. Values are wrapped as
    `{"value": …}` so that a missing value stays distinct from none.
    """

    __tablename__ = "difference"
    __table_args__ = tenant_table(
        Retention.DOSSIER,
        Index("ix_difference_dossier_id", "dossier_id"),
        Index("ix_difference_object_id", "object_id"),
    )

    dossier_id: Mapped[Id] = plain()
    object_kind: Mapped[str] = plain(String(40))
    object_id: Mapped[Id] = plain()
    field: Mapped[str] = plain(String(40))
    shown: Mapped[Document] = personal()
    other: Mapped[Document] = personal()
    other_by: Mapped[Id] = personal()
    mutation_id: Mapped[Id | None] = plain()
    found_at: Mapped[Instant] = plain()
    settled_at: Mapped[Instant | None] = plain()
    settled_by: Mapped[Id | None] = personal()

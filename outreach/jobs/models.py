"""A job: what it is, how far it is, what came of it."""

from sqlalchemy import String
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


class Job(Tenant, Model):
    """Long work. `state` is waiting, running, done, failed or cancelled; `total` 0 = unknown."""

    __tablename__ = "job"
    __table_args__ = tenant_table(Retention.EXCHANGE)

    kind: Mapped[str] = plain(String(40))
    state: Mapped[str] = plain(String(20), default="waiting")
    done: Mapped[int] = plain(default=0)
    total: Mapped[int] = plain(default=0)
    result: Mapped[Document] = plain(default=dict)
    cancel_wanted: Mapped[bool] = plain(default=False)
    started_by: Mapped[Id] = personal()
    started_at: Mapped[Instant] = plain()
    ended_at: Mapped[Instant | None] = plain()

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

ACTIVE = ("waiting", "running")


class Job(Tenant, Model):
    """Long work. `state` is waiting, running, done, failed or cancelled; `total` 0 = unknown.

    `attempt` names who does it now: what another attempt writes does not count any more.
    `attempts` counts them since it last got further.
    """

    __tablename__ = "job"
    __table_args__ = tenant_table(Retention.EXCHANGE)

    kind: Mapped[str] = plain(String(40))
    state: Mapped[str] = plain(String(20), default="waiting")
    done: Mapped[int] = plain(default=0)
    total: Mapped[int] = plain(default=0)
    expected_at: Mapped[Instant | None] = plain()
    result: Mapped[Document] = plain(default=dict)
    cancel_wanted: Mapped[bool] = plain(default=False)
    attempt: Mapped[Id | None] = plain()
    attempts: Mapped[int] = plain(default=0)
    started_by: Mapped[Id] = personal()
    started_at: Mapped[Instant] = plain()
    ended_at: Mapped[Instant | None] = plain()

"""A concern of a volunteer."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from outreach.db import (
    Id,
    Instant,
    LongText,
    Model,
    Retention,
    Tenant,
    personal,
    plain,
    tenant_table,
)


class Concern(Tenant, Model):
    """Facts a volunteer saw or heard. May attach to an address alone, or to nothing.

    `state`: new, discussed or decided; `decision` from a fixed list, `weighing` in words.
    """

    __tablename__ = "concern"
    __table_args__ = tenant_table(Retention.CONCERN, address_id="address", reporter_id="account")

    address_id: Mapped[Id | None] = personal()
    reporter_id: Mapped[Id] = personal()
    facts: Mapped[LongText] = personal()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()
    state: Mapped[str] = plain(String(20), default="new")
    decision: Mapped[str] = personal(String(30), default="")
    weighing: Mapped[LongText] = personal(default="")
    decided_by: Mapped[Id | None] = personal()
    decided_at: Mapped[Instant | None] = plain()

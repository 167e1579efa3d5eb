"""What befell a volunteer on the way, outside any dossier."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from outreach.db import (
    Day,
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


class Incident(Tenant, Model):
    """Aggression, a dog, an accident, or something else; at no address and of no household.

    `urgent`: somebody is hurt, or wants to be called now. `round_id` is the round that was walked,
    which may be gone by now; `district_id` whose supervisors see it, None where nobody can tell.
    `outcome` from a fixed list and `note` in words are said by who closes it.
    """

    __tablename__ = "incident"
    __table_args__ = tenant_table(Retention.INCIDENT, reporter_id="account", district_id="district")

    reporter_id: Mapped[Id] = personal(index=True)
    district_id: Mapped[Id | None] = plain()
    round_id: Mapped[Id | None] = plain()
    kind: Mapped[str] = personal(String(20))
    date: Mapped[Day] = plain()
    day_part: Mapped[str] = plain(String(10))
    facts: Mapped[LongText] = personal()
    hurt: Mapped[bool] = personal(default=False)
    call_now: Mapped[bool] = personal(default=False)
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()
    taken_by: Mapped[Id | None] = personal()
    taken_at: Mapped[Instant | None] = plain()
    called_by: Mapped[Id | None] = personal()
    called_at: Mapped[Instant | None] = plain()
    outcome: Mapped[str] = personal(String(20), default="")
    note: Mapped[LongText] = personal(default="")
    closed_by: Mapped[Id | None] = personal()
    closed_at: Mapped[Instant | None] = plain()

    @property
    def urgent(self) -> bool:
        """Whether a call cannot wait until it suits."""
        return self.hurt or self.call_now

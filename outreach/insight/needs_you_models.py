"""What somebody does not want to see on their list for a while."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import Id, Instant, Model, Retention, Tenant, plain, tenant_table


class NeedsYouSnooze(Tenant, Model):
    """A line that this person put off `until` an instant; others still see it."""

    __tablename__ = "needs_you_snooze"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("account_id", "key", name="uq_needs_you_snooze_key"),
        account_id="account",
    )

    account_id: Mapped[Id] = plain()
    key: Mapped[str] = plain(String(80))
    until: Mapped[Instant] = plain()

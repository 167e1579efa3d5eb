"""What goes out, what somebody chose about it, and the browsers that asked for a push."""

from sqlalchemy import Index, String, UniqueConstraint, text
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


class Message(Tenant, Model):
    """That somebody is to hear of one thing on one channel. It holds no word of what it is.

    `cause_id`: the thing; `target_id`: the account for mail, the browser for push. `state`:
    waiting, sent, refused (by who receives it), dropped (nobody to tell) or given_up. `batch_id`
    is set by the first try: what goes out together then goes out together in every try.
    """

    __tablename__ = "message"
    __table_args__ = tenant_table(
        Retention.MESSAGE,
        UniqueConstraint(
            "municipality_id", "kind", "cause_id", "channel", "target_id", name="uq_message_once"
        ),
        Index(
            "ix_message_waiting",
            "next_try_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    account_id: Mapped[Id] = personal()
    kind: Mapped[str] = plain(String(40))
    cause_id: Mapped[Id] = plain()
    channel: Mapped[str] = plain(String(10))
    target_id: Mapped[Id] = plain()
    urgent: Mapped[bool] = plain()
    state: Mapped[str] = plain(String(20), default="waiting")
    tries: Mapped[int] = plain(default=0)
    made_at: Mapped[Instant] = plain()
    next_try_at: Mapped[Instant] = plain()
    batch_id: Mapped[Id | None] = plain()
    ended_at: Mapped[Instant | None] = plain()


class MessageChoice(Tenant, Model):
    """What somebody chose; who chose nothing has no row.

    Times are Amsterdam's, "22:00", "" for none. `refused_mail` is the digest of an address that
    took no mail: another address is tried again.
    """

    __tablename__ = "message_choice"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        UniqueConstraint("municipality_id", "account_id", name="uq_message_choice_account"),
    )

    account_id: Mapped[Id] = personal()
    mail: Mapped[bool] = personal(default=True)
    quiet_from: Mapped[str] = personal(String(5), default="")
    quiet_until: Mapped[str] = personal(String(5), default="")
    daily_at: Mapped[str] = personal(String(5))
    refused_mail: Mapped[str] = personal(String(64), default="")


class PushSubscription(Tenant, Model):
    """A browser that hears there is something new; `digest` makes one row of one browser.

    The browser's own keys are not kept: they seal what a push says, and ours say nothing.
    """

    __tablename__ = "push_subscription"
    __table_args__ = tenant_table(
        Retention.ACCOUNT,
        Index("ix_push_subscription_account", "municipality_id", "account_id"),
    )

    account_id: Mapped[Id] = personal()
    endpoint: Mapped[LongText] = personal()
    digest: Mapped[str] = personal(String(64), unique=True)
    made_at: Mapped[Instant] = plain()

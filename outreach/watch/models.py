"""Who is out, until when, when they were last heard, and what was raised because of it."""

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from outreach.db import Id, Instant, Model, Retention, Tenant, personal, plain, tenant_table


class RoundWatch(Tenant, Model):
    """A round that somebody began to walk. `state`: waiting, out, done or late.

    Instants are the server's: of when it heard. `until` is Amsterdam's wall clock on the day of the
    round ("18:00"); at `due_at` nobody has heard of them for too long, and while that is null
    nobody is waited for. `spell` counts how often they were overdue, `changes` how often the
    board's line became another. Its id is the round's. Waiting: the start was taken back. Late is
    what first came in when it should have been over: nobody is waited for then.
    """

    __tablename__ = "round_watch"
    __table_args__ = tenant_table(Retention.DOOR, round_id="round")

    round_id: Mapped[Id] = plain(unique=True)
    state: Mapped[str] = plain(String(10))
    checked_in: Mapped[bool] = plain(default=False)
    checked_out: Mapped[bool] = plain(default=False)
    until: Mapped[str] = personal(String(5))
    started_at: Mapped[Instant] = personal()
    last_contact_at: Mapped[Instant] = personal()
    finished_at: Mapped[Instant | None] = personal()
    due_at: Mapped[Instant | None] = plain(index=True)
    spell: Mapped[int] = plain(default=0)
    changes: Mapped[int] = plain(default=0)


class WatchAlert(Tenant, Model):
    """Somebody must call a pair. `kind`: overdue, once per `spell`; or help, with the phone's id.

    `round_id` is null when help is called without a round; `account_id` is who called it. At
    `next_tell_at` the supervisors hear of it (again). `outcome` is "" until it is closed.
    """

    __tablename__ = "watch_alert"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("round_id", "kind", "spell", name="uq_watch_alert_once"),
        Index(
            "ix_watch_alert_open",
            "municipality_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        round_id="round",
    )

    round_id: Mapped[Id | None] = plain()
    account_id: Mapped[Id | None] = personal()
    kind: Mapped[str] = plain(String(10))
    spell: Mapped[int | None] = plain()
    raised_at: Mapped[Instant] = personal()
    next_tell_at: Mapped[Instant | None] = plain()
    told: Mapped[int] = plain(default=0)
    taken_by: Mapped[Id | None] = personal()
    taken_at: Mapped[Instant | None] = plain()
    closed_by: Mapped[Id | None] = personal()
    closed_at: Mapped[Instant | None] = plain()
    outcome: Mapped[str] = plain(String(20), default="")

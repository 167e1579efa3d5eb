"""A plan of rounds on the desk, and how it was before each change."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
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


class RoundPlan(Tenant, Model):
    """Which pair rings where, for the days of a period. `state`: searching, proposed, published.

    `content` holds who goes where and no more: shifts with their pairs, the order of doors, locks
    (`layouts.Layout`). Everything else of a door is read anew each time. `settings`: times, minutes
    and where the base is. `rounds`: the rounds on the phones, by shift. `version` names what the
    desk shows: a change that names another one was made to something else. `step`: see below.
    """

    __tablename__ = "round_plan"
    __table_args__ = tenant_table(Retention.DOOR, campaign_id="campaign")

    campaign_id: Mapped[Id] = plain(index=True)
    first_day: Mapped[date] = plain()
    last_day: Mapped[date] = plain()
    state: Mapped[str] = plain(String(20))
    settings: Mapped[Document] = plain()
    content: Mapped[Document] = personal()
    rounds: Mapped[Document] = plain(default=dict)
    version: Mapped[Id] = plain()
    step: Mapped[int] = plain(default=0)
    job_id: Mapped[Id | None] = plain()
    made_by: Mapped[Id] = personal()
    changed_by: Mapped[Id | None] = personal()
    made_at: Mapped[Instant] = plain()
    published_at: Mapped[Instant | None] = plain()


class RoundPlanStep(Tenant, Model):
    """The content of a plan at one moment; the plan's own `step` says which one shows."""

    __tablename__ = "round_plan_step"
    __table_args__ = tenant_table(
        Retention.DOOR,
        UniqueConstraint("round_plan_id", "number", name="uq_round_plan_step_number"),
        round_plan_id="round_plan",
    )

    round_plan_id: Mapped[Id] = plain()
    number: Mapped[int] = plain()
    content: Mapped[Document] = personal()

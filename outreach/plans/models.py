"""A plan, its goals and steps, and the visit or call some weeks later."""

from datetime import date

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


class Plan(Tenant, Model):
    """Informal, owned by the household; its id is reserved by the stop."""

    __tablename__ = "plan"
    __table_args__ = tenant_table(Retention.DOSSIER, household_id="household")

    household_id: Mapped[Id] = plain(index=True)
    conversation_id: Mapped[Id] = plain(index=True)
    print_wanted: Mapped[bool] = plain(default=False)
    bring_by: Mapped[Id | None] = personal()
    bring_on: Mapped[date | None] = personal()
    printed_at: Mapped[Instant | None] = plain()
    made_at: Mapped[Instant] = plain()
    received_at: Mapped[Instant] = plain()


class Goal(Tenant, Model):
    """What the household wants to reach, in its own words."""

    __tablename__ = "goal"
    __table_args__ = tenant_table(Retention.DOSSIER, plan_id="plan")

    plan_id: Mapped[Id] = plain(index=True)
    position: Mapped[int] = plain()
    domain: Mapped[str] = plain(String(40), default="")
    text: Mapped[LongText] = personal()


class Step(Tenant, Model):
    """Who does what, when.

    `who`: resident, volunteer, someone (named in `who_name`) or resident_offers;
    `status`: open, done, partly, not_done or not_needed.
    """

    __tablename__ = "step"
    __table_args__ = tenant_table(Retention.DOSSIER, goal_id="goal")

    goal_id: Mapped[Id] = plain(index=True)
    position: Mapped[int] = plain()
    text: Mapped[LongText] = personal()
    who: Mapped[str] = personal(String(20))
    who_name: Mapped[str] = personal(default="")
    by: Mapped[str] = personal(String(60), default="")
    status: Mapped[str] = personal(String(20), default="open")


class Aftercare(Tenant, Model):
    """Coming back to a plan. `kind`: visit or call; `outcome` '' until it was done.

    Outcomes: spoken, someone_else, no_answer, wrong_number, moved.
    """

    __tablename__ = "aftercare"
    __table_args__ = tenant_table(
        Retention.DOSSIER, household_id="household", plan_id="plan", account_id="account"
    )

    household_id: Mapped[Id] = plain(index=True)
    plan_id: Mapped[Id] = plain()
    campaign_id: Mapped[Id] = plain()
    account_id: Mapped[Id] = personal(index=True)
    due_on: Mapped[date] = personal()
    day_part: Mapped[str] = personal(String(10), default="")
    kind: Mapped[str] = plain(String(10))
    outcome: Mapped[str] = personal(String(20), default="")
    more_help: Mapped[bool] = personal(default=False)
    closed_at: Mapped[Instant | None] = plain()
    received_at: Mapped[Instant] = plain()

"""Campaigns and the bases from which pairs set out."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from outreach.db import Id, Instant, Model, Retention, Tenant, plain, tenant_table


class BaseLocation(Tenant, Model):
    """Where pairs start, rest and confer. `attended_by`: who is there to receive them."""

    __tablename__ = "base_location"
    __table_args__ = tenant_table(Retention.REGISTER, district_id="district")

    district_id: Mapped[Id] = plain()
    name: Mapped[str] = plain()
    address: Mapped[str] = plain(default="")
    opening_hours: Mapped[str] = plain(default="")
    attended_by: Mapped[str] = plain(default="")


class Campaign(Tenant, Model):
    """Area + period + guide + base.

    `kind`: preventive or early_signal; `state`: draft, published or closed;
    `letter_on` is the day the announcement letter went out; `incentive`: what people get for
    their time, in words; `copied_from_id`: the campaign whose choices this one took over.
    """

    __tablename__ = "campaign"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        district_id="district",
        area_id="area",
        guide_id="guide",
        consent_text_id="consent_text",
        base_location_id="base_location",
    )

    district_id: Mapped[Id] = plain()
    area_id: Mapped[Id] = plain()
    guide_id: Mapped[Id] = plain()
    consent_text_id: Mapped[Id] = plain()
    base_location_id: Mapped[Id] = plain()
    name: Mapped[str] = plain()
    kind: Mapped[str] = plain(String(20))
    state: Mapped[str] = plain(String(20), default="draft")
    starts_on: Mapped[date] = plain()
    ends_on: Mapped[date] = plain()
    letter_on: Mapped[date | None] = plain()
    aftercare_weeks: Mapped[int] = plain(default=6)
    incentive: Mapped[str] = plain(default="")
    copied_from_id: Mapped[Id | None] = plain()
    created_at: Mapped[Instant] = plain()

"""What is kept of a campaign when it is over."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from outreach.db import Day, Id, Model, Retention, Tenant, plain, tenant_table


class CampaignFigure(Tenant, Model):
    """One figure of a campaign that ended, as it may be read by anybody.

    `name` stands in `counting`; `count` is None where the number is hidden: what is hidden is
    not kept either, so that no later rule or report can let it out.
    """

    __tablename__ = "campaign_figure"
    __table_args__ = tenant_table(
        Retention.REGISTER,
        UniqueConstraint("campaign_id", "name", name="uq_campaign_figure_name"),
        campaign_id="campaign",
    )

    campaign_id: Mapped[Id] = plain()
    name: Mapped[str] = plain(String(40))
    count: Mapped[int | None] = plain()
    counted_on: Mapped[Day] = plain()

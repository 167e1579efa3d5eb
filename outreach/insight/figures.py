"""The figures of a campaign: counted once, when it ends, and never again."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select

from outreach.audit import trail
from outreach.campaigns.models import Campaign
from outreach.clock import new_id, today
from outreach.db import db
from outreach.insight import counting
from outreach.insight.hiding import Shown
from outreach.insight.models import CampaignFigure
from outreach.visits.models import CampaignCount
from outreach.visits.words import DAY_PARTS


def keep_figures(campaign: Campaign, actor_id: str | None = None) -> None:
    """Count the campaign and keep what may be read of it; once only.

    A second count, after late work came in, would tell by its difference what one door said.
    """
    were_forgotten = exists().where(CampaignCount.campaign_id == campaign.id)
    if kept_figures(campaign) or db.session.scalar(select(were_forgotten)):
        return
    for name, count in counting.readable(counting.count(campaign)).items():
        db.session.add(
            CampaignFigure(
                id=new_id(),
                municipality_id=campaign.municipality_id,
                campaign_id=campaign.id,
                name=name,
                count=count,
                counted_on=today(),
            )
        )
    db.session.flush()
    trail.note(campaign.municipality_id, actor_id, "campaign.count", "campaign", campaign.id)


def kept_figures(campaign: Campaign) -> Shown:
    """What was kept, by name; empty when nothing was."""
    rows = select(CampaignFigure).where(CampaignFigure.campaign_id == campaign.id)
    return {row.name: row.count for row in db.session.scalars(rows)}


def with_figures(rows: Select[Campaign]) -> Select[Campaign]:
    """Those of these campaigns of which figures were kept."""
    return rows.where(exists().where(CampaignFigure.campaign_id == Campaign.id))


def whole_figures(campaign: Campaign) -> dict[str, Any]:
    """The campaign and its figures, as FiguresOut shows them; none while it runs."""
    found, about = kept_figures(campaign), listed([campaign])[0]
    return about | {
        "figures": [
            {"name": name, "count": found[name]} for name in counting.NAMES if name in found
        ],
        "best_day_part": best_day_part(found),
    }


def listed(campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    """Campaigns with the day on which they were counted, as CountedCampaignOut shows them."""
    days = counted(campaigns)
    return [
        {
            "campaign_id": campaign.id,
            "name": campaign.name,
            "state": campaign.state,
            "starts_on": campaign.starts_on,
            "ends_on": campaign.ends_on,
            "counted_on": days.get(campaign.id),
        }
        for campaign in campaigns
    ]


def counted(campaigns: Collection[Campaign]) -> dict[str, date]:
    """On which day each of these was counted."""
    ids = [campaign.id for campaign in campaigns]
    rows = select(CampaignFigure.campaign_id, func.max(CampaignFigure.counted_on)).where(
        CampaignFigure.campaign_id.in_(ids)
    )
    return dict(db.session.execute(rows.group_by(CampaignFigure.campaign_id)).all())


# What a part must be ahead of the next before it is called the best: chance is not a hint.
CLEARLY = 0.05


def best_day_part(found: Shown) -> str | None:
    """The day part in which most of those who were rung opened; None when that is not clear."""
    shares = []
    for part in DAY_PARTS:
        opened, tries = found.get(f"opened.{part}"), found.get(f"tries.{part}")
        if opened is not None and tries:
            shares.append((opened / tries, part))
    if len(shares) < 2:  # noqa: PLR2004 - one alone is not the best of anything
        return None
    (best, part), (next_best, _) = sorted(shares, reverse=True)[:2]
    return part if best - next_best >= CLEARLY else None

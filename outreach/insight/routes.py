"""A campaign from its first look to its last page: what it needs, when, and what it came to."""

from typing import Any

from flask import Response

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns.models import Campaign
from outreach.campaigns.routes import whole
from outreach.campaigns.schemas import WholeCampaignOut
from outreach.campaigns.scope import visible_campaign
from outreach.insight import calendar, copying, ending, figures, readiness, report, schemas, scope
from outreach.web.paging import Page, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("insight", "What a campaign needs, its calendar, its end and what it came to")


@routes.get(
    "/campaigns/<uuid:campaign_id>/readiness",
    permission=Permission.CAMPAIGN_READ,
    answer=schemas.ReadinessOut(),
)
def read_readiness(campaign_id: Any) -> dict[str, Any]:
    """What the campaign still needs, point by point; it stops nobody."""
    return readiness.readiness(current_actor(), visible_campaign(campaign_id))


@routes.get(
    "/campaigns/<uuid:campaign_id>/calendar",
    permission=Permission.CAMPAIGN_READ,
    answer=schemas.CalendarOut(),
)
def read_calendar(campaign_id: Any) -> dict[str, Any]:
    """The campaign by the day, in counts."""
    return calendar.calendar(visible_campaign(campaign_id))


@routes.get(
    "/campaigns/<uuid:campaign_id>/loose-ends",
    permission=Permission.CAMPAIGN_READ,
    answer=schemas.LooseEndsOut(),
)
def read_loose_ends(campaign_id: Any) -> dict[str, Any]:
    """What is still open, before one closes the campaign."""
    return ending.loose_ends(visible_campaign(campaign_id))


@routes.post(
    "/campaigns/<uuid:campaign_id>/closing",
    permission=Permission.CAMPAIGN_WRITE,
    answer=WholeCampaignOut(),
)
def close_campaign(campaign_id: Any) -> dict[str, Any]:
    """End a campaign, and keep what it came to."""
    return whole(ending.end_campaign(current_actor(), visible_campaign(campaign_id)))


@routes.get(
    "/campaign-figures",
    permission=Permission.FIGURES_READ,
    query=AfterQuery(),
    answer=page_of(schemas.CountedCampaignOut, "CountedCampaignPage"),
)
def list_figures(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Campaigns that were counted, by their first day."""
    rows = scope.counted_campaigns(current_actor())
    found = page(rows, [Campaign.starts_on, Campaign.id], query["after"])
    return Page(figures.listed(found.items), found.next)


@routes.get(
    "/campaigns/<uuid:campaign_id>/figures",
    permission=Permission.FIGURES_READ,
    answer=schemas.FiguresOut(),
)
def read_figures(campaign_id: Any) -> dict[str, Any]:
    """What a campaign came to; a count under ten is null, and so is what gives one away."""
    return figures.whole_figures(scope.campaign_with_figures(campaign_id))


@routes.post(
    "/campaigns/<uuid:campaign_id>/reports",
    permission=Permission.FIGURES_READ,
    content_type="application/pdf",
)
def print_report(campaign_id: Any) -> Response:
    """One page for the alderman, in plain Dutch."""
    campaign = scope.campaign_with_figures(campaign_id)
    return Response(report.report_pdf(campaign), mimetype="application/pdf")


@routes.post(
    "/campaigns/<uuid:campaign_id>/copies",
    permission=Permission.CAMPAIGN_WRITE,
    body=schemas.CopyBody(),
    answer=WholeCampaignOut(),
    status=201,
)
def copy_campaign(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """A draft that takes over what worked."""
    return whole(copying.copy_campaign(current_actor(), visible_campaign(campaign_id), body))

"""What goes along to the doors: calling cards and badges, as PDFs that are kept nowhere."""

from typing import Any

from flask import Response

from outreach.access.actor import current_actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.access.scope import volunteers_in
from outreach.campaigns.scope import visible_campaign
from outreach.letters import badges, calling_cards
from outreach.letters import field_paper_schemas as schemas
from outreach.letters.print_files import PDF
from outreach.web.paging import Page, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("field-paper", "Paper that goes along to the doors: calling cards and badges")


@routes.get(
    "/campaigns/<uuid:campaign_id>/calling-card",
    permission=Permission.PAPER_PRINT,
    answer=schemas.CallingCardOut(),
)
def read_calling_card(campaign_id: Any) -> dict[str, Any]:
    """What the calling card of a campaign says, as it was last printed or as it comes ready."""
    return calling_cards.shown(visible_campaign(campaign_id))


@routes.post(
    "/campaigns/<uuid:campaign_id>/calling-cards",
    permission=Permission.PAPER_PRINT,
    body=schemas.CallingCardsBody(),
    content_type="application/pdf",
)
def print_calling_cards(body: dict[str, Any], campaign_id: Any) -> Response:
    """Sheets of four cards; what they say is kept for the next time."""
    campaign = visible_campaign(campaign_id)
    return Response(calling_cards.print_cards(current_actor(), campaign, body), mimetype=PDF)


@routes.get(
    "/campaigns/<uuid:campaign_id>/badges",
    permission=Permission.PAPER_PRINT,
    query=AfterQuery(),
    answer=page_of(schemas.BadgeOut, "BadgePage"),
)
def list_badges(query: dict[str, str], campaign_id: Any) -> Page[dict[str, Any]]:
    """Volunteers of the campaign's district by name: who can have a badge, or why not."""
    campaign = visible_campaign(campaign_id)
    rows = volunteers_in(current_actor(), campaign.district_id)
    found = page(rows, [Account.name, Account.id], query["after"])
    return Page(badges.with_badges(found.items, campaign), found.next)


@routes.post(
    "/campaigns/<uuid:campaign_id>/badge-sheets",
    permission=Permission.PAPER_PRINT,
    body=schemas.BadgesBody(),
    content_type="application/pdf",
)
def print_badges(body: dict[str, Any], campaign_id: Any) -> Response:
    """Badges of these volunteers, eight on a sheet."""
    campaign = visible_campaign(campaign_id)
    chosen = [str(account_id) for account_id in body["account_ids"]]
    return Response(badges.print_badges(current_actor(), campaign, chosen), mimetype=PDF)

"""The desk's side of vouchers: name them, put codes in, and see how they stand."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns.scope import visible_campaign
from outreach.visits import voucher_counts, voucher_stock
from outreach.visits.voucher_schemas import (
    AddedOut,
    LinesBody,
    SchemeBody,
    VoidedOut,
    VouchersOut,
)
from outreach.web.routing import Routes

routes = Routes("vouchers", "What a campaign gives, and what was given; never to whom")
AT = "/campaigns/<uuid:campaign_id>/vouchers"


@routes.get(AT, permission=Permission.CAMPAIGN_READ, answer=VouchersOut())
def read_vouchers(campaign_id: Any) -> dict[str, Any]:
    """How the vouchers of a campaign stand."""
    return voucher_counts.standing_of(visible_campaign(campaign_id))


@routes.put(AT, permission=Permission.CAMPAIGN_WRITE, body=SchemeBody(), answer=VouchersOut())
def name_vouchers(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Say what they are called, and whether they bear codes."""
    campaign = visible_campaign(campaign_id)
    name, with_codes = body["name"], body["with_codes"]
    voucher_stock.name_vouchers(current_actor(), campaign, name, with_codes=with_codes)
    return voucher_counts.standing_of(campaign)


@routes.post(
    f"{AT}/codes", permission=Permission.CAMPAIGN_WRITE, body=LinesBody(), answer=AddedOut()
)
def add_codes(body: dict[str, Any], campaign_id: Any) -> dict[str, int]:
    """Put a series of codes in the stock."""
    campaign = visible_campaign(campaign_id)
    return voucher_stock.add_codes(current_actor(), campaign, body["lines"])


@routes.post(
    f"{AT}/voided-codes", permission=Permission.CAMPAIGN_WRITE, body=LinesBody(), answer=VoidedOut()
)
def void_codes(body: dict[str, Any], campaign_id: Any) -> dict[str, int]:
    """Say of codes that they must not be given any more."""
    campaign = visible_campaign(campaign_id)
    return voucher_stock.void_codes(current_actor(), campaign, body["lines"])

"""Campaigns and bases at the desk."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns import areas, planning, schemas, scope
from outreach.campaigns.models import BaseLocation, Campaign
from outreach.campaigns.scope import visible_campaign
from outreach.clock import today
from outreach.db import db
from outreach.errors import InvalidInput
from outreach.territory import choosing
from outreach.territory.choice_schemas import DoorCountBody, DoorCountsOut
from outreach.territory.choices import Choice
from outreach.territory.models import Area
from outreach.territory.scope import visible_addresses
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("campaigns", "Campaigns: streets, a period, a guide, and a base to start from")
LISTED = tuple(name for name in schemas.CampaignOut().fields if name != "doors")


@routes.get(
    "/base-locations",
    permission=Permission.CAMPAIGN_READ,
    query=AfterQuery(),
    answer=page_of(schemas.BaseOut, "BasePage"),
)
def list_bases(query: dict[str, str]) -> Page[BaseLocation]:
    """Bases of one's own districts, by name."""
    rows = scope.visible_bases(current_actor())
    return page(rows, [BaseLocation.name, BaseLocation.id], query["after"])


@routes.post(
    "/base-locations",
    permission=Permission.CAMPAIGN_WRITE,
    body=schemas.BaseBody(),
    answer=schemas.BaseOut(),
    status=201,
)
def create_base(body: dict[str, Any]) -> BaseLocation:
    """Make a base."""
    return planning.create_base(current_actor(), body | {"district_id": str(body["district_id"])})


@routes.put(
    "/base-locations/<uuid:base_id>",
    permission=Permission.CAMPAIGN_WRITE,
    body=schemas.BaseChange(),
    answer=schemas.BaseOut(),
)
def change_base(body: dict[str, Any], base_id: Any) -> BaseLocation:
    """Say anew where a base is, when it is open and who is there."""
    actor = current_actor()
    base = first_or_404(scope.visible_bases(actor).where(BaseLocation.id == str(base_id)))
    return planning.change_base(actor, base, body)


@routes.get(
    "/campaigns",
    permission=Permission.CAMPAIGN_READ,
    query=AfterQuery(),
    answer=page_of(schemas.CampaignOut, "CampaignPage"),
)
def list_campaigns(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Campaigns of one's own districts, in order of their first day."""
    rows = scope.visible_campaigns(current_actor())
    found = page(rows, [Campaign.starts_on, Campaign.id], query["after"])
    return Page(_listed(found.items), found.next)


@routes.post(
    "/campaigns",
    permission=Permission.CAMPAIGN_WRITE,
    body=schemas.CampaignBody(),
    answer=schemas.WholeCampaignOut(),
    status=201,
)
def create_campaign(body: dict[str, Any]) -> dict[str, Any]:
    """Make a draft campaign."""
    return whole(planning.create_campaign(current_actor(), _with_text_ids(body)))


@routes.post(
    "/door-counts",
    permission=Permission.CAMPAIGN_WRITE,
    body=DoorCountBody(),
    answer=DoorCountsOut(),
)
def count_doors(body: dict[str, Any]) -> choosing.Counts:
    """What a choice of doors comes to: how many, and why others are not among them."""
    actor = current_actor()
    choice, here = Choice.read(body["choice"]), actor.municipality_id
    with choosing.within("/choice"):
        faults = [*choosing.faults(choice, here)]
        if faults:
            raise InvalidInput(*faults)
        return choosing.count(visible_addresses(actor), choice, here, body["until"] or today())


@routes.get(
    "/campaigns/<uuid:campaign_id>",
    permission=Permission.CAMPAIGN_READ,
    answer=schemas.WholeCampaignOut(),
)
def read_campaign(campaign_id: Any) -> dict[str, Any]:
    """A campaign with its streets."""
    return whole(visible_campaign(campaign_id))


@routes.put(
    "/campaigns/<uuid:campaign_id>",
    permission=Permission.CAMPAIGN_WRITE,
    body=schemas.CampaignBody(),
    answer=schemas.WholeCampaignOut(),
)
def change_campaign(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Replace a draft campaign."""
    campaign = visible_campaign(campaign_id)
    return whole(planning.change_campaign(current_actor(), campaign, _with_text_ids(body)))


@routes.post(
    "/campaigns/<uuid:campaign_id>/publication",
    permission=Permission.CAMPAIGN_WRITE,
    answer=schemas.WholeCampaignOut(),
)
def publish_campaign(campaign_id: Any) -> dict[str, Any]:
    """Publish a draft: rounds can be made."""
    return whole(planning.publish_campaign(current_actor(), visible_campaign(campaign_id)))


def _with_text_ids(body: dict[str, Any]) -> dict[str, Any]:
    """Ids are text inside."""
    ids = {name: str(value) for name, value in body.items() if name.endswith("_id") and value}
    return body | ids


def _listed(campaigns: list[Campaign]) -> list[dict[str, Any]]:
    doors = areas.doors_of([campaign.area_id for campaign in campaigns])
    return [
        {name: getattr(campaign, name) for name in LISTED}
        | {"doors": doors.get(campaign.area_id, 0)}
        for campaign in campaigns
    ]


def whole(campaign: Campaign) -> dict[str, Any]:
    """A campaign with its doors and streets, as WholeCampaignOut shows it."""
    area = db.session.get_one(Area, campaign.area_id)
    return _listed([campaign])[0] | {
        "streets": areas.street_list(area.id),
        "choice": areas.choice_of(area).kept(),
    }

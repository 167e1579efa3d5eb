"""The desk's side of the resident's page: who wants a call, how many chose what, another code."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns.areas import addresses_in
from outreach.campaigns.scope import visible_campaign
from outreach.letters import runs
from outreach.letters.schemas import LetterDoorSearch, LetterDoorsOut
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of
from outreach.wishes import calling, counting, renewing, schemas, scope
from outreach.wishes.models import CallRequest

routes = Routes("wishes", "What residents answered to their letter")


@routes.get(
    "/call-requests",
    permission=Permission.CALL_ANSWER,
    query=AfterQuery(),
    answer=page_of(schemas.CallRequestOut, "CallRequestPage"),
)
def list_call_requests(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Who asked to be called in the last 14 days, who asked first first; called or not."""
    rows = scope.visible_calls(current_actor())
    found = page(rows, [CallRequest.asked_at, CallRequest.id], query["after"])
    return Page(calling.with_doors(found.items), found.next)


@routes.post("/call-requests/<uuid:call_id>/done", permission=Permission.CALL_ANSWER, status=204)
def finish_call_request(call_id: Any) -> str:
    """They were called: the number goes."""
    actor = current_actor()
    waiting = scope.waiting_calls(actor).where(CallRequest.id == str(call_id))
    calling.finish(actor, first_or_404(waiting))
    return ""


@routes.get(
    "/campaigns/<uuid:campaign_id>/wish-counts",
    permission=Permission.ROUND_READ,
    answer=schemas.WishCountsOut(),
)
def read_wish_counts(campaign_id: Any) -> dict[str, Any]:
    """How many doors chose what behind the code of their letter."""
    return counting.counts_of(visible_campaign(campaign_id))


@routes.post(
    "/campaigns/<uuid:campaign_id>/code-door-searches",
    permission=Permission.LETTER_WRITE,
    body=LetterDoorSearch(),
    answer=LetterDoorsOut(),
)
def search_code_doors(body: dict[str, str], campaign_id: Any) -> dict[str, Any]:
    """Doors of a campaign by street and number, those where nobody should ring too."""
    campaign = visible_campaign(campaign_id)
    return runs.search_doors(addresses_in(campaign.area_id), body["text"])


@routes.post(
    "/campaigns/<uuid:campaign_id>/code-renewals",
    permission=Permission.LETTER_WRITE,
    body=schemas.RenewalBody(),
    status=204,
)
def renew_code(body: dict[str, Any], campaign_id: Any) -> str:
    """Make the code of one door worthless, with what was chosen with it; a next letter has one."""
    campaign = visible_campaign(campaign_id)
    renewing.renew_code(current_actor(), campaign, str(body["address_id"]))
    return ""

"""Plans of rounds at the desk: start, follow, change, publish; and who falls ill on the day."""

from typing import Any

from flask import Response, after_this_request, request

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.campaigns.scope import visible_campaign
from outreach.dispatch import (
    boards,
    bodies,
    changing,
    falling_ill,
    proposing,
    publishing,
    schemas,
    starting,
)
from outreach.dispatch.models import RoundPlan
from outreach.dispatch.scope import visible_plan, visible_plans
from outreach.visits.models import Round
from outreach.visits.scope import visible_rounds
from outreach.web.paging import Page, first_or_404, page
from outreach.web.problems import asked_language
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("dispatch", "Plan rounds: which pair rings where, when, and what does not fit")


def _board(plan: RoundPlan) -> dict[str, Any]:
    return boards.board(current_actor(), plan, asked_language())


@routes.post(
    "/campaigns/<uuid:campaign_id>/round-plan-proposal",
    permission=Permission.ROUND_READ,
    body=bodies.PeriodBody(),
    answer=schemas.ProposalOut(),
)
def propose_plan(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Who can walk when, the pairs that are proposed, and how much there is to do."""
    return proposing.proposal(current_actor(), visible_campaign(campaign_id), body)


@routes.post(
    "/campaigns/<uuid:campaign_id>/round-plans",
    permission=Permission.ROUND_WRITE,
    body=bodies.RoundPlanBody(),
    answer=schemas.PlanBoardOut(),
    status=201,
)
def start_plan(body: dict[str, Any], campaign_id: Any) -> dict[str, Any]:
    """Search for a plan; `search` says which job does it."""
    return _board(starting.start_plan(current_actor(), visible_campaign(campaign_id), body))


@routes.get(
    "/campaigns/<uuid:campaign_id>/round-plans",
    permission=Permission.ROUND_READ,
    query=AfterQuery(),
    answer=page_of(schemas.RoundPlanOut, "RoundPlanPage"),
)
def list_plans(query: dict[str, str], campaign_id: Any) -> Page[dict[str, Any]]:
    """Plans of a campaign, the newest first; what was discarded is gone."""
    campaign = visible_campaign(campaign_id)
    rows = visible_plans(current_actor()).where(RoundPlan.campaign_id == campaign.id)
    order = [RoundPlan.made_at, RoundPlan.id]
    found = page(rows, order, query["after"], newest_first=True)
    return Page([boards.in_a_list(plan) for plan in found.items], found.next)


@routes.get(
    "/round-plans/<uuid:round_plan_id>",
    permission=Permission.ROUND_READ,
    answer=schemas.PlanBoardOut(),
)
def read_plan(round_plan_id: Any) -> dict[str, Any]:
    """The whole plan; 304 for who names the ETag of what still holds."""
    after_this_request(_tagged)
    return _board(visible_plan(round_plan_id))


@routes.post(
    "/round-plans/<uuid:round_plan_id>/stop",
    permission=Permission.ROUND_WRITE,
    answer=schemas.PlanBoardOut(),
)
def stop_search(round_plan_id: Any) -> dict[str, Any]:
    """End the search now and keep the best so far."""
    return _board(starting.stop(visible_plan(round_plan_id)))


@routes.post(
    "/round-plans/<uuid:round_plan_id>/moves",
    permission=Permission.ROUND_WRITE,
    body=bodies.MovesBody(),
    answer=schemas.PlanBoardOut(),
)
def change_plan(body: dict[str, Any], round_plan_id: Any) -> dict[str, Any]:
    """Make changes by hand: all of them, or none when one breaks a rule."""
    return _board(changing.change(current_actor(), visible_plan(round_plan_id), body))


@routes.post(
    "/round-plans/<uuid:round_plan_id>/undo",
    permission=Permission.ROUND_WRITE,
    body=bodies.VersionBody(),
    answer=schemas.PlanBoardOut(),
)
def undo_change(body: dict[str, Any], round_plan_id: Any) -> dict[str, Any]:
    """Back to how it was before the last change."""
    return _board(changing.undo(current_actor(), visible_plan(round_plan_id), body))


@routes.post(
    "/round-plans/<uuid:round_plan_id>/redo",
    permission=Permission.ROUND_WRITE,
    body=bodies.VersionBody(),
    answer=schemas.PlanBoardOut(),
)
def redo_change(body: dict[str, Any], round_plan_id: Any) -> dict[str, Any]:
    """Make again what was undone."""
    return _board(changing.redo(current_actor(), visible_plan(round_plan_id), body))


@routes.post(
    "/round-plans/<uuid:round_plan_id>/solve-again",
    permission=Permission.ROUND_WRITE,
    body=bodies.AgainBody(),
    answer=schemas.PlanBoardOut(),
)
def solve_again(body: dict[str, Any], round_plan_id: Any) -> dict[str, Any]:
    """Search once more; what is locked stays in its round, what was published stays as it is."""
    return _board(starting.solve_again(current_actor(), visible_plan(round_plan_id), body))


@routes.post(
    "/round-plans/<uuid:round_plan_id>/publication",
    permission=Permission.ROUND_WRITE,
    body=bodies.PublicationBody(),
    answer=schemas.PlanBoardOut(),
)
def publish_plan(body: dict[str, Any], round_plan_id: Any) -> dict[str, Any]:
    """Give rounds to the phones, or give them what has changed in rounds they have."""
    return _board(publishing.publish(current_actor(), visible_plan(round_plan_id), body))


@routes.delete("/round-plans/<uuid:round_plan_id>", permission=Permission.ROUND_WRITE, status=204)
def discard_plan(round_plan_id: Any) -> str:
    """Throw a plan away; rounds that were published stay."""
    starting.discard(current_actor(), visible_plan(round_plan_id))
    return ""


@routes.post(
    "/rounds/<uuid:round_id>/falls-ill",
    permission=Permission.ROUND_WRITE,
    body=bodies.IllBody(),
    answer=schemas.IllOut(),
)
def falls_ill(body: dict[str, Any], round_id: Any) -> dict[str, Any]:
    """Somebody cannot go on: another goes instead, or the doors go to other pairs of that day."""
    rows = visible_rounds(current_actor()).where(Round.id == str(round_id))
    return falling_ill.falls_ill(current_actor(), first_or_404(rows), body, asked_language())


def _tagged(response: Response) -> Response:
    """Who watches a search asks again and again, mostly to hear that nothing changed."""
    response.add_etag(weak=True)  # it is packed later, in more than one way
    response.make_conditional(request)
    return response

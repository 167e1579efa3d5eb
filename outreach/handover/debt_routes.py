"""Requests for debt help that reached no team by a hand-over, for the lead of the district."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.conversations.models import DebtHelpRequest
from outreach.handover import debt_requests, schemas, scope
from outreach.web.paging import Page, page
from outreach.web.routing import Routes
from outreach.web.schemas import page_of

routes = Routes("debt-help", "Requests for debt help without a hand-over")
OPEN_ORDER = [
    DebtHelpRequest.taken_rank,
    DebtHelpRequest.crisis_rank,
    DebtHelpRequest.asked_on,
    DebtHelpRequest.id,
]
ENDED_ORDER = [DebtHelpRequest.ended_at, DebtHelpRequest.id]


@routes.get(
    "/debt-help-requests",
    permission=Permission.DEBT_HELP_READ,
    query=schemas.InboxQuery(),
    answer=page_of(schemas.DebtRequestItemOut, "DebtRequestPage"),
)
def list_debt_requests(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Who waits, a crisis first and then the oldest, before what was taken on; or what ended."""
    ended = query["state"] == "closed"
    at = DebtHelpRequest.ended_at
    rows = scope.visible_debt_requests(current_actor()).where(
        at.is_not(None) if ended else at.is_(None)
    )
    order = ENDED_ORDER if ended else OPEN_ORDER
    found = page(rows, order, query["after"], newest_first=ended)
    return Page(debt_requests.request_lines(found.items), found.next)


@routes.post(
    "/debt-help-requests/<uuid:request_id>/opening",
    permission=Permission.DEBT_HELP_READ,
    answer=schemas.DebtRequestOut(),
)
def open_debt_request(request_id: Any) -> dict[str, Any]:
    """Name, contact and request, nothing of the talk; each look is written down."""
    return debt_requests.open_request(current_actor(), str(request_id))


@routes.post(
    "/debt-help-requests/<uuid:request_id>/acceptance",
    permission=Permission.DEBT_HELP_ANSWER,
    answer=schemas.DebtRequestOut(),
)
def take_on_debt_request(request_id: Any) -> dict[str, Any]:
    """Take it on: whoever does sees to the first talk. Again by the same person changes nothing."""
    return debt_requests.take_on(current_actor(), str(request_id))


@routes.post(
    "/debt-help-requests/<uuid:request_id>/return",
    permission=Permission.DEBT_HELP_ANSWER,
    answer=schemas.DebtRequestOut(),
)
def put_back_debt_request(request_id: Any) -> dict[str, Any]:
    """Let it wait again; its clock ran on."""
    return debt_requests.put_back(current_actor(), str(request_id))


@routes.post(
    "/debt-help-requests/<uuid:request_id>/closing",
    permission=Permission.DEBT_HELP_ANSWER,
    body=schemas.DebtClosingBody(),
    answer=schemas.DebtRequestOut(),
)
def close_debt_request(body: dict[str, str], request_id: Any) -> dict[str, Any]:
    """End it: the first talk was held, nobody could be reached, or it is not needed any more."""
    return debt_requests.close(current_actor(), str(request_id), **body)

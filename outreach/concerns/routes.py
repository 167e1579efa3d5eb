"""The desk's side of concerns: a list without content, opening with a reason, deciding."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.concerns import schemas, weighing
from outreach.concerns.models import Concern
from outreach.concerns.scope import visible_concerns
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("concerns", "Worries of volunteers, for who guards safety")


def _concern(concern_id: Any) -> Concern:
    return first_or_404(visible_concerns(current_actor()).where(Concern.id == str(concern_id)))


@routes.get(
    "/concerns",
    permission=Permission.CONCERN_READ,
    query=AfterQuery(),
    answer=page_of(schemas.ConcernOut, "ConcernPage"),
)
def list_concerns(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Who raised a concern and when; not where, and not what."""
    rows = visible_concerns(current_actor())
    found = page(rows, [Concern.received_at, Concern.id], query["after"])
    return Page(weighing.with_reporters(found.items), found.next)


@routes.post(
    "/concerns/<uuid:concern_id>/opening",
    permission=Permission.CONCERN_READ,
    body=schemas.ReasonBody(),
    answer=schemas.OpenedConcernOut(),
)
def open_concern(body: dict[str, str], concern_id: Any) -> dict[str, Any]:
    """Read a concern; the reason is kept."""
    return weighing.open_concern(current_actor(), _concern(concern_id), body["reason"])


@routes.post(
    "/concerns/<uuid:concern_id>/decision",
    permission=Permission.CONCERN_DECIDE,
    body=schemas.DecisionBody(),
    answer=schemas.ConcernOut(),
)
def decide(body: dict[str, str], concern_id: Any) -> dict[str, Any]:
    """Decide what is done."""
    concern = _concern(concern_id)
    weighing.decide(current_actor(), concern, body["decision"], body["weighing"])
    return weighing.with_reporters([concern])[0]

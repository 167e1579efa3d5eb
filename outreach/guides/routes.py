"""Reading guides, and choosing one for a campaign."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.guides import schemas, scope
from outreach.guides.models import ConsentText, Guide
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("guides", "Conversation guides and consent texts, immutable per version")


@routes.get(
    "/guides",
    permission=Permission.GUIDE_READ,
    query=AfterQuery(),
    answer=page_of(schemas.GuideOut, "GuidePage"),
)
def list_guides(query: dict[str, str]) -> Page[Guide]:
    """Guides by key and version."""
    rows = scope.visible_guides(current_actor())
    return page(rows, [Guide.key, Guide.version, Guide.id], query["after"])


@routes.get(
    "/guides/<uuid:guide_id>",
    permission=Permission.GUIDE_READ,
    answer=schemas.WholeGuideOut(),
)
def read_guide(guide_id: Any) -> Guide:
    """One guide, whole."""
    return first_or_404(scope.visible_guides(current_actor()).where(Guide.id == str(guide_id)))


@routes.get(
    "/consent-texts",
    permission=Permission.GUIDE_READ,
    query=AfterQuery(),
    answer=page_of(schemas.ConsentTextOut, "ConsentTextPage"),
)
def list_consent_texts(query: dict[str, str]) -> Page[ConsentText]:
    """Consent texts by key and version."""
    rows = scope.visible_consent_texts(current_actor())
    return page(rows, [ConsentText.key, ConsentText.version, ConsentText.id], query["after"])

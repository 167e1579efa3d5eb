"""A team's inbox of hand-overs, the dossier behind each, and the answers to it."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.handover import answering, inbox, reading, schemas, scope
from outreach.handover.models import Handover
from outreach.handover.states import ENDED, OPEN
from outreach.web.paging import Page, page
from outreach.web.routing import Routes
from outreach.web.schemas import page_of

routes = Routes("handover", "Hand-overs to a neighbourhood team, and its answers")
INBOX_ORDER = [
    Handover.crisis_rank,
    Handover.clock_day,
    Handover.urgency_rank,
    Handover.received_at,
    Handover.id,
]


@routes.get(
    "/handovers",
    permission=Permission.HANDOVER_READ,
    query=schemas.InboxQuery(),
    answer=page_of(schemas.HandoverItemOut, "HandoverPage"),
)
def list_handovers(query: dict[str, str]) -> Page[dict[str, Any]]:
    """The own team's, open or ended: crisis, then the clock that ends soonest, then the oldest.

    A household in a crisis that asked for debt help counts as one, whatever the hand-over says.
    """
    states = OPEN if query["state"] == "open" else ENDED
    rows = scope.visible_handovers(current_actor()).where(Handover.state.in_(states))
    found = page(rows, INBOX_ORDER, query["after"])
    return Page(inbox.inbox_lines(found.items), found.next)


@routes.get(
    "/handovers/<uuid:handover_id>",
    permission=Permission.HANDOVER_READ,
    answer=schemas.HandoverOut(),
)
def open_handover(handover_id: Any) -> dict[str, Any]:
    """Open the dossier: only what is shared. The first look marks it seen; each is written down."""
    return reading.read_dossier(answering.open_dossier(current_actor(), str(handover_id)))


@routes.post(
    "/handovers/<uuid:handover_id>/acceptance",
    permission=Permission.HANDOVER_ANSWER,
    answer=schemas.HandoverOut(),
)
def accept_handover(handover_id: Any) -> dict[str, Any]:
    """Take it on; whoever does is responsible from now."""
    return reading.read_dossier(answering.accept(current_actor(), str(handover_id)))


@routes.post(
    "/handovers/<uuid:handover_id>/refusal",
    permission=Permission.HANDOVER_ANSWER,
    body=schemas.RefusalBody(),
    answer=schemas.HandoverOut(),
)
def refuse_handover(body: dict[str, str], handover_id: Any) -> dict[str, Any]:
    """Refuse it with a reason; its content goes out of sight."""
    return reading.read_dossier(answering.refuse(current_actor(), str(handover_id), **body))


@routes.post(
    "/handovers/<uuid:handover_id>/question",
    permission=Permission.HANDOVER_ANSWER,
    body=schemas.QuestionBody(),
    answer=schemas.HandoverOut(),
)
def ask_about_handover(body: dict[str, str], handover_id: Any) -> dict[str, Any]:
    """Send it back to the volunteer with a question."""
    return reading.read_dossier(answering.ask(current_actor(), str(handover_id), **body))


@routes.post(
    "/handovers/<uuid:handover_id>/closing",
    permission=Permission.HANDOVER_ANSWER,
    body=schemas.ClosingBody(),
    answer=schemas.HandoverOut(),
)
def close_handover(body: dict[str, str], handover_id: Any) -> dict[str, Any]:
    """End it with an outcome, words, and what the volunteer may be told."""
    return reading.read_dossier(answering.close(current_actor(), str(handover_id), **body))

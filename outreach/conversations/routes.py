"""The desk's side of talks: volunteers who asked to be called. Talks themselves are no desk's."""

from typing import Any

from flask import Response

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.conversations import debriefing, scope
from outreach.conversations.models import Debrief
from outreach.conversations.schemas import DebriefOut
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("conversations", "Volunteers who want to talk a visit over")


@routes.get(
    "/debriefs",
    permission=Permission.DEBRIEF_READ,
    query=AfterQuery(),
    answer=page_of(DebriefOut, "DebriefPage"),
)
def list_debriefs(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Who waits to be called, longest first."""
    waiting = scope.visible_calls(current_actor())
    found = page(waiting, [Debrief.received_at, Debrief.id], query["after"])
    return Page(debriefing.with_volunteers(found.items), found.next)


@routes.get(
    "/debriefs/answered",
    permission=Permission.DEBRIEF_READ,
    query=AfterQuery(),
    answer=page_of(DebriefOut, "AnsweredDebriefPage"),
)
def list_answered_debriefs(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Who was called, by whom and when, for as long as that is kept; what came in last first."""
    answered = scope.answered_calls(current_actor())
    by = [Debrief.received_at, Debrief.id]
    found = page(answered, by, query["after"], newest_first=True)
    return Page(debriefing.with_volunteers(found.items), found.next)


@routes.post("/debriefs/<uuid:debrief_id>/taking", permission=Permission.DEBRIEF_READ, status=204)
def take_debrief(debrief_id: Any) -> Response:
    """Say that I call; the volunteer's phone shows it."""
    actor = current_actor()
    waiting = scope.visible_calls(actor).where(Debrief.id == str(debrief_id))
    debriefing.take(actor, first_or_404(waiting))
    return Response(status=204)


@routes.post("/debriefs/<uuid:debrief_id>/call", permission=Permission.DEBRIEF_READ, status=204)
def call_volunteer(debrief_id: Any) -> Response:
    """Say that the volunteer was called."""
    actor = current_actor()
    waiting = scope.visible_calls(actor).where(Debrief.id == str(debrief_id))
    debriefing.call(actor, first_or_404(waiting))
    return Response(status=204)

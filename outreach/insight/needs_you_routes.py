"""What needs a supervisor or a coordinator, and putting a line off for a while."""

from typing import Any

from flask import Response

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.insight import needs_you as listing
from outreach.insight.needs_you_schemas import NeedsYouOut, PutOffBody
from outreach.web.routing import Routes

routes = Routes("needs-you", "What needs somebody today, in twenty lines")


@routes.get("/needs-you", permission=Permission.NEEDS_YOU_READ, answer=NeedsYouOut())
def read_needs_you() -> listing.NeedsYou:
    """What needs whoever asks: of their own districts, the most pressing first."""
    return listing.needs_you(current_actor())


@routes.post(
    "/needs-you/snoozes", permission=Permission.NEEDS_YOU_READ, body=PutOffBody(), status=204
)
def put_off(body: dict[str, Any]) -> Response:
    """Do not show me this line for a while; my colleagues still see it."""
    listing.put_off(current_actor(), body["key"], body["days"])
    return Response(status=204)


@routes.delete("/needs-you/snoozes", permission=Permission.NEEDS_YOU_READ, status=204)
def show_all() -> Response:
    """Show me again what I had put off."""
    listing.show_all(current_actor())
    return Response(status=204)

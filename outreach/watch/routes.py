"""The board at the desk, a round opened on it, and what somebody must call about."""

from typing import Any

from flask import Response, request

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.visits.models import Round
from outreach.watch import alarms, alerts, board, doors, keeping, schemas, scope
from outreach.watch.models import WatchAlert
from outreach.web import compression
from outreach.web.paging import first_or_404
from outreach.web.routing import Routes

routes = Routes("watch", "Who is out now, how far they are, and who must be called")


@routes.get("/watch/board", permission=Permission.ROUND_WATCH, answer=schemas.BoardOut())
def read_board() -> Response:
    """Today's rounds with how far they are; 304 to whoever names the tag of what stands."""
    found = board.board(current_actor(), request.headers.get("If-None-Match", "").strip('"'))
    if found.body is None:
        answer = Response(status=304)
    else:
        answer = compression.lightly(Response(found.body, mimetype="application/json"))
    answer.set_etag(found.tag)
    return answer


@routes.get("/watch/alerts", permission=Permission.ROUND_WATCH, answer=schemas.AlertsOut())
def list_alerts() -> dict[str, Any]:
    """What is open now: help that was called, and pairs that nobody heard of."""
    return {"alerts": alarms.open_now(current_actor())}


@routes.get(
    "/watch/rounds/<uuid:round_id>",
    permission=Permission.ROUND_WATCH,
    answer=schemas.WatchedRoundOut(),
)
def read_watched_round(round_id: Any) -> dict[str, Any]:
    """A round with the time of each door, for seven days."""
    rows = scope.watched_rounds(current_actor()).where(Round.id == str(round_id))
    return doors.watched_round(first_or_404(rows))


def _alert(alert_id: Any) -> WatchAlert:
    return first_or_404(scope.alerts_of(current_actor()).where(WatchAlert.id == str(alert_id)))


@routes.post("/watch/alerts/<uuid:alert_id>/taking", permission=Permission.ROUND_WATCH, status=204)
def take_alert(alert_id: Any) -> str:
    """I call them: the others see that."""
    alerts.take(current_actor(), _alert(alert_id))
    return ""


@routes.post(
    "/watch/alerts/<uuid:alert_id>/closing",
    permission=Permission.ROUND_WATCH,
    body=schemas.AlertClosingBody(),
    status=204,
)
def close_alert(body: dict[str, Any], alert_id: Any) -> str:
    """Somebody spoke with them: how it ended. A pair that is still out is waited for anew."""
    alert = alerts.close(current_actor(), _alert(alert_id), body["outcome"])
    keeping.settle(alert)
    return ""

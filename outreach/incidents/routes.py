"""The desk's side of incidents: the list without what happened, one of them, and the answers."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.incidents import answering, schemas
from outreach.incidents.models import Incident
from outreach.incidents.scope import visible_incidents
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("incidents", "What befell volunteers on the way, and who calls them back")


def _incident(incident_id: Any) -> Incident:
    return first_or_404(visible_incidents(current_actor()).where(Incident.id == str(incident_id)))


def _shown(incident: Incident) -> dict[str, Any]:
    return answering.with_people([incident])[0]


@routes.get(
    "/incidents",
    permission=Permission.INCIDENT_READ,
    query=AfterQuery(),
    answer=page_of(schemas.IncidentOut, "IncidentPage"),
)
def list_incidents(query: dict[str, str]) -> Page[dict[str, Any]]:
    """What came in last first; not what happened."""
    rows = visible_incidents(current_actor())
    by = [Incident.received_at, Incident.id]
    found = page(rows, by, query["after"], newest_first=True)
    return Page(answering.with_people(found.items), found.next)


@routes.get(
    "/incidents/<uuid:incident_id>",
    permission=Permission.INCIDENT_READ,
    answer=schemas.OpenedIncidentOut(),
)
def read_incident(incident_id: Any) -> dict[str, Any]:
    """One incident, with what happened."""
    return _shown(_incident(incident_id))


@routes.post(
    "/incidents/<uuid:incident_id>/taking",
    permission=Permission.INCIDENT_ANSWER,
    answer=schemas.OpenedIncidentOut(),
)
def take_incident(incident_id: Any) -> dict[str, Any]:
    """Say that I call; the volunteer's phone shows it."""
    incident = _incident(incident_id)
    answering.take(current_actor(), incident)
    return _shown(incident)


@routes.post(
    "/incidents/<uuid:incident_id>/call",
    permission=Permission.INCIDENT_ANSWER,
    answer=schemas.OpenedIncidentOut(),
)
def call_about_incident(incident_id: Any) -> dict[str, Any]:
    """Say that the volunteer was called."""
    incident = _incident(incident_id)
    answering.call(current_actor(), incident)
    return _shown(incident)


@routes.post(
    "/incidents/<uuid:incident_id>/closing",
    permission=Permission.INCIDENT_ANSWER,
    body=schemas.CloseBody(),
    answer=schemas.OpenedIncidentOut(),
)
def close_incident(body: dict[str, str], incident_id: Any) -> dict[str, Any]:
    """Say what came of it."""
    incident = _incident(incident_id)
    answering.close(current_actor(), incident, body["outcome"], body["note"])
    return _shown(incident)

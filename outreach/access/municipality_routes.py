"""The municipality's own settings: name, districts, teams and their duty numbers."""

from typing import Any

from outreach.access import organising, schemas, scope
from outreach.access.actor import current_actor
from outreach.access.models import District, Municipality, Team
from outreach.access.roles import Permission
from outreach.db import db
from outreach.errors import NotFound
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("municipality", "The municipality, its districts and its teams")


@routes.get(
    "/municipality",
    permission=Permission.MUNICIPALITY_READ,
    answer=schemas.MunicipalityOut(),
)
def read_municipality() -> Municipality:
    """The tenant."""
    return _municipality()


@routes.put(
    "/municipality",
    permission=Permission.MUNICIPALITY_WRITE,
    body=schemas.MunicipalityBody(),
    answer=schemas.MunicipalityOut(),
)
def set_municipality(body: dict[str, Any]) -> Municipality:
    """Name, privacy contact, duty number, and how long and how soon phones stay open and shut."""
    return organising.set_municipality(current_actor(), _municipality(), body)


def _municipality() -> Municipality:
    found = db.session.get(Municipality, current_actor().municipality_id)
    if found is None:
        raise NotFound
    return found


@routes.get(
    "/districts",
    permission=Permission.MUNICIPALITY_READ,
    query=AfterQuery(),
    answer=page_of(schemas.DistrictOut, "DistrictPage"),
)
def list_districts(query: dict[str, str]) -> Page[District]:
    """Districts of one's own work."""
    rows = scope.visible_districts(current_actor())
    return page(rows, [District.name, District.id], query["after"])


@routes.post(
    "/districts",
    permission=Permission.MUNICIPALITY_WRITE,
    body=schemas.DistrictBody(),
    answer=schemas.DistrictOut(),
    status=201,
)
def create_district(body: dict[str, Any]) -> District:
    """Make a district."""
    return organising.create_district(current_actor(), body["name"])


@routes.put(
    "/districts/<uuid:district_id>",
    permission=Permission.MUNICIPALITY_WRITE,
    body=schemas.DistrictBody(),
    answer=schemas.DistrictOut(),
)
def rename_district(body: dict[str, Any], district_id: Any) -> District:
    """Rename a district."""
    actor = current_actor()
    district = first_or_404(scope.visible_districts(actor).where(District.id == str(district_id)))
    return organising.rename_district(actor, district, body["name"])


@routes.get(
    "/teams",
    permission=Permission.MUNICIPALITY_READ,
    query=AfterQuery(),
    answer=page_of(schemas.TeamOut, "TeamPage"),
)
def list_teams(query: dict[str, str]) -> Page[Team]:
    """Neighbourhood teams by name."""
    return page(scope.visible_teams(current_actor()), [Team.name, Team.id], query["after"])


@routes.post(
    "/teams",
    permission=Permission.MUNICIPALITY_WRITE,
    body=schemas.TeamBody(),
    answer=schemas.TeamOut(),
    status=201,
)
def create_team(body: dict[str, Any]) -> Team:
    """Make a team."""
    return organising.create_team(current_actor(), body)


@routes.put(
    "/teams/<uuid:team_id>",
    permission=Permission.MUNICIPALITY_WRITE,
    body=schemas.TeamBody(),
    answer=schemas.TeamOut(),
)
def change_team(body: dict[str, Any], team_id: Any) -> Team:
    """Change a team's name, district or duty number."""
    actor = current_actor()
    team = first_or_404(scope.visible_teams(actor).where(Team.id == str(team_id)))
    return organising.change_team(actor, team, body)

"""Streets to choose from, and the import of addresses."""

from typing import Any

from flask import Response
from sqlalchemy import Select
from werkzeug.datastructures import FileStorage

from outreach.access.actor import current_actor
from outreach.access.roles import Permission
from outreach.errors import NotFound
from outreach.jobs.models import Job
from outreach.jobs.schemas import JobOut
from outreach.jobs.showing import shown
from outreach.territory import drawing, import_jobs, opening, refused_rows, uploads
from outreach.territory.background import Background, background, town
from outreach.territory.drawing import Inside
from outreach.territory.homes import is_home
from outreach.territory.models import Address
from outreach.territory.points import Box, MapPoints, map_points
from outreach.territory.schemas import (
    AddressListBody,
    BoxQuery,
    DrawnArea,
    InsideOut,
    MapBackgroundOut,
    MapPointsOut,
    StreetOut,
    StreetSearch,
)
from outreach.territory.scope import visible_addresses, visible_imports
from outreach.territory.streets import streets
from outreach.web.paging import Page, first_or_404
from outreach.web.problems import asked_language
from outreach.web.routing import Routes
from outreach.web.schemas import AfterQuery, page_of

routes = Routes("territory", "Addresses, streets and their import")
STREET_PAGE = page_of(StreetOut, "StreetPage")


@routes.get("/streets", permission=Permission.ADDRESS_READ, query=AfterQuery(), answer=STREET_PAGE)
def list_streets(query: dict[str, str]) -> Page[dict[str, Any]]:
    """Streets by town and name, with their doors counted."""
    return streets(visible_addresses(current_actor()), query["after"])


@routes.post(
    "/street-searches", permission=Permission.ADDRESS_READ, body=StreetSearch(), answer=STREET_PAGE
)
def search_streets(body: dict[str, str]) -> Page[dict[str, Any]]:
    """Streets with this text in their name or their town's."""
    return streets(visible_addresses(current_actor()), body["after"], body["text"])


@routes.get(
    "/address-points",
    permission=Permission.ADDRESS_READ,
    query=BoxQuery(),
    answer=MapPointsOut(),
)
def read_address_points(query: dict[str, Any]) -> MapPoints:
    """What a map shows here: each door, or streets where there are too many doors."""
    box = Box(query["south"], query["west"], query["north"], query["east"])
    return map_points(_addresses(query["homes_only"]), box, query["zoom"])


@routes.get("/map-background", permission=Permission.ADDRESS_READ, answer=MapBackgroundOut())
def read_map_background() -> dict[str, Background | Box | None]:
    """Where pictures of the town come from, and where the town lies."""
    return {"tiles": background(), "town": town(visible_addresses(current_actor()))}


@routes.post(
    "/area-searches",
    permission=Permission.ADDRESS_READ,
    body=DrawnArea(),
    answer=InsideOut(),
)
def search_area(body: dict[str, Any]) -> Inside:
    """How many doors lie inside a drawn area, by street."""
    area = drawing.drawn(body["corners"])
    return drawing.inside(_addresses(body["homes_only"]), area)


@routes.post(
    "/address-imports",
    permission=Permission.ADDRESS_IMPORT,
    files=AddressListBody(),
    answer=JobOut(),
    status=202,
    largest_file=opening.LARGEST,
)
def start_import(files: dict[str, FileStorage]) -> dict[str, Any]:
    """Send a list or a BAG extract; the job that answers shows what importing it would do."""
    return shown(import_jobs.preview(current_actor(), files["file"]), asked_language())


@routes.post(
    "/address-imports/<uuid:job_id>/confirmation",
    permission=Permission.ADDRESS_IMPORT,
    answer=JobOut(),
    status=202,
)
def confirm_import(job_id: Any) -> dict[str, Any]:
    """Import the list that was shown."""
    return shown(import_jobs.confirm(current_actor(), _import(job_id)), asked_language())


@routes.get(
    "/address-imports/<uuid:job_id>/refused-rows",
    permission=Permission.ADDRESS_IMPORT,
    content_type="text/csv",
)
def read_refused_rows(job_id: Any) -> Response:
    """The rows that were not taken, with the reason in words, for a spreadsheet."""
    path = uploads.refused_rows_of(_import(job_id).id)
    if not path.exists():
        raise NotFound
    answer = Response(
        refused_rows.as_csv(path, asked_language()), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="refused-rows.csv"'
    return answer


def _addresses(homes_only: bool) -> Select[Address]:
    addresses = visible_addresses(current_actor())
    return addresses.where(is_home()) if homes_only else addresses


def _import(job_id: Any) -> Job:
    return first_or_404(visible_imports(current_actor()).where(Job.id == str(job_id)))

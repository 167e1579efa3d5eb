"""Volunteers at the desk: who can walk, who may, and what is missing."""

from typing import Any

from outreach.access.actor import current_actor
from outreach.access.models import Account
from outreach.access.roles import Permission
from outreach.errors import InputError, InvalidInput
from outreach.languages import SPOKEN
from outreach.volunteers import profiles, reading, schemas, scope
from outreach.volunteers.availability import available
from outreach.web.paging import Page, first_or_404, page
from outreach.web.routing import Routes
from outreach.web.schemas import page_of

routes = Routes("volunteers", "Volunteers: when they can walk, and whether they may")


def _volunteer(account_id: Any) -> Account:
    rows = scope.visible_volunteers(current_actor()).where(Account.id == str(account_id))
    return first_or_404(rows)


@routes.get(
    "/volunteers",
    permission=Permission.VOLUNTEER_READ,
    query=schemas.VolunteerQuery(),
    answer=page_of(schemas.VolunteerReadyOut, "VolunteerReadyPage"),
)
def list_volunteers(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """Volunteers by name: all, or only who can walk on a date and day part."""
    actor = current_actor()
    rows = scope.visible_volunteers(actor)
    on, day_part = query["date"], query["day_part"]
    if bool(on) != bool(day_part):
        raise InvalidInput(InputError("/dayPart" if on else "/date", "missing"))
    if on:
        rows = rows.where(Account.id.in_(available(actor.municipality_id, on, day_part)))
    found = page(rows, [Account.name, Account.id], query["after"])
    return Page(reading.for_planning(found.items), found.next)


@routes.get(
    "/volunteers/<uuid:account_id>",
    permission=Permission.VOLUNTEER_READ,
    answer=schemas.VolunteerReadyOut(),
)
def read_volunteer(account_id: Any) -> dict[str, Any]:
    """What planning needs of one volunteer."""
    return reading.for_planning([_volunteer(account_id)])[0]


@routes.put(
    "/volunteers/<uuid:account_id>/first-rounds",
    permission=Permission.VOLUNTEER_START,
    body=schemas.FirstRoundsBody(),
    answer=schemas.VolunteerReadyOut(),
)
def set_first_rounds(body: dict[str, bool], account_id: Any) -> dict[str, Any]:
    """Say whether somebody still walks with a mentor."""
    account = _volunteer(account_id)
    profiles.set_first_rounds(current_actor(), account, with_mentor=body["starts_with_mentor"])
    return reading.for_planning([account])[0]


@routes.get(
    "/volunteers/<uuid:account_id>/profile",
    permission=Permission.VOLUNTEER_WRITE,
    answer=schemas.ProfileOut(),
)
def read_profile(account_id: Any) -> dict[str, Any]:
    """The whole profile of one volunteer."""
    return reading.whole(_volunteer(account_id))


@routes.put(
    "/volunteers/<uuid:account_id>/profile",
    permission=Permission.VOLUNTEER_WRITE,
    body=schemas.ProfileBody(),
    answer=schemas.ProfileOut(),
)
def write_profile(body: dict[str, Any], account_id: Any) -> dict[str, Any]:
    """Replace the profile of one volunteer."""
    account = _volunteer(account_id)
    profiles.write_profile(current_actor(), account, body)
    return reading.whole(account)


@routes.get(
    "/spoken-languages",
    permission=Permission.VOLUNTEER_WRITE,
    answer=schemas.SpokenLanguagesOut(),
)
def read_spoken_languages() -> dict[str, tuple[str, ...]]:
    """The languages besides Dutch that somebody can be said to speak."""
    return {"codes": SPOKEN}

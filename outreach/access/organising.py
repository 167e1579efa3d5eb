"""Setting up the municipality: its settings, districts and teams."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import District, Municipality, Team
from outreach.audit import trail
from outreach.clock import new_id
from outreach.db import db
from outreach.errors import InputError, InvalidInput

# What an admin may choose for all phones: hours without contact, minutes untouched, minutes late.
BOUNDS = {
    "lease_hours": (1, 336),
    "lock_minutes": (2, 30),
    "talk_lock_minutes": (5, 60),
    "cover_minutes": (1, 15),
    "watch_minutes": (5, 120),
}


def set_municipality(
    actor: Actor, municipality: Municipality, body: dict[str, Any]
) -> Municipality:
    """Replace the settings an admin may set; raises InvalidInput with all that is wrong."""
    _refuse([*_blank(body["name"]), *_wrong_times(body)])
    for name, value in body.items():
        setattr(municipality, name, value)
    trail.note(municipality.id, actor.account_id, "municipality.change", "municipality")
    return municipality


def _wrong_times(body: dict[str, Any]) -> Iterator[InputError]:
    """Out of bounds, or such that one of them would never come into play."""
    wrong = [name for name, (least, most) in BOUNDS.items() if not least <= body[name] <= most]
    for name in wrong:
        least, most = BOUNDS[name]
        yield InputError(f"/{name}", "not-in-range", {"least": least, "most": most})
    if wrong:
        return
    if body["cover_minutes"] > body["lock_minutes"]:
        yield InputError("/cover_minutes", "covers-after-shutting")
    if body["talk_lock_minutes"] < body["lock_minutes"]:
        yield InputError("/talk_lock_minutes", "shuts-sooner-in-a-talk")


def create_district(actor: Actor, name: str) -> District:
    """Make a district; raises InvalidInput when the name is blank or taken."""
    _refuse([*_name_faults(actor, District, name)])
    district = District(id=new_id(), municipality_id=actor.municipality_id, name=name.strip())
    db.session.add(district)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "district.create", "district", district.id)
    return district


def rename_district(actor: Actor, district: District, name: str) -> District:
    """Rename a district; raises InvalidInput when the name is blank or taken."""
    _refuse([*_name_faults(actor, District, name, but=district.id)])
    district.name = name.strip()
    trail.note(actor.municipality_id, actor.account_id, "district.change", "district", district.id)
    return district


def create_team(actor: Actor, body: dict[str, Any]) -> Team:
    """Make a team; raises InvalidInput with all that is wrong with it."""
    _check_team(actor, body)
    said = body | {"name": body["name"].strip()}
    team = Team(id=new_id(), municipality_id=actor.municipality_id, **said)
    db.session.add(team)
    db.session.flush()
    trail.note(actor.municipality_id, actor.account_id, "team.create", "team", team.id)
    return team


def change_team(actor: Actor, team: Team, body: dict[str, Any]) -> Team:
    """Replace a team's name, district and duty number."""
    _check_team(actor, body, but=team.id)
    for name, value in body.items():
        setattr(team, name, value.strip() if name == "name" else value)
    trail.note(actor.municipality_id, actor.account_id, "team.change", "team", team.id)
    return team


def _check_team(actor: Actor, body: dict[str, Any], but: str = "") -> None:
    faults = [*_name_faults(actor, Team, body["name"], but=but)]
    districts = select(District.id).where(District.municipality_id == actor.municipality_id)
    if body["district_id"] not in set(db.session.scalars(districts)):
        faults.append(InputError("/district_id", "unknown-district"))
    _refuse(faults)


def _name_faults(
    actor: Actor, kind: type[District | Team], name: str, but: str = ""
) -> Iterator[InputError]:
    yield from _blank(name)
    rows = select(kind.id).where(
        kind.municipality_id == actor.municipality_id, kind.name == name.strip()
    )
    if set(db.session.scalars(rows)) - {but}:
        yield InputError("/name", "already-exists")


def _blank(name: str) -> Iterator[InputError]:
    if not name.strip():
        yield InputError("/name", "missing")


def _refuse(faults: list[InputError]) -> None:
    if faults:
        raise InvalidInput(*faults)

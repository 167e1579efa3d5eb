"""Doors where nobody rings, as the desk keeps them: who said so, until when, what was told."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from outreach.access.actor import Actor
from outreach.access.models import Account
from outreach.audit import trail
from outreach.clock import now, today
from outreach.db import db
from outreach.errors import Conflict, InputError, InvalidInput
from outreach.territory.holds import UNSAFE
from outreach.territory.models import Address, DoorHold


class Why(StrEnum):
    """Why people may ring here again. `moved`: who did not want a visit lives elsewhere now."""

    MOVED = "moved"
    RESIDENT_ASKED = "resident_asked"
    MISTAKE = "mistake"


class NotAboutSafety(Conflict):
    """Only about a door that was found unsafe is a resident told, and only they object."""

    code = "hold-not-unsafe"


def shown(found: Sequence[DoorHold]) -> list[dict[str, Any]]:
    """Holds with their door, and who set and who decided them; a resident has no name here."""
    doors = {
        row.id: row
        for row in db.session.scalars(
            select(Address).where(Address.id.in_([hold.address_id for hold in found]))
        )
    }
    people = {hold.set_by for hold in found} | {hold.decided_by for hold in found}
    rows = select(Account.id, Account.name).where(Account.id.in_([*filter(None, people)]))
    names = dict(db.session.execute(rows).all())
    return [
        {
            "id": hold.id,
            "street": doors[hold.address_id].street,
            "number": doors[hold.address_id].number,
            "postcode": doors[hold.address_id].postcode,
            "kind": hold.kind,
            "set_at": hold.set_at,
            "set_by": names.get(hold.set_by or "", ""),
            "decided_by": names.get(hold.decided_by or "", ""),
            "ends_on": hold.ends_on,
            "informed_on": hold.informed_on,
            "objected_on": hold.objected_on,
        }
        for hold in found
    ]


def lift(actor: Actor, hold: DoorHold, why: Why) -> None:
    """From now on people may ring here again."""
    hold.lifted_at = now()
    hold.lifted_why = why
    db.session.flush()
    _note(actor, hold, "door.lift", why)


def note_telling(
    actor: Actor, hold: DoorHold, informed_on: date | None, objected_on: date | None
) -> None:
    """Write down when a resident was told, and when they objected: then it is decided again.

    Raises NotAboutSafety for another kind, InvalidInput for a day to come.
    """
    if hold.kind != UNSAFE:
        raise NotAboutSafety
    said = {"/informed_on": informed_on, "/objected_on": objected_on}
    ahead = [InputError(at, "not-yet") for at, day in said.items() if day and day > today()]
    if ahead:
        raise InvalidInput(*ahead)
    hold.informed_on, hold.objected_on = informed_on, objected_on
    db.session.flush()
    _note(actor, hold, "door.tell", "objected" if objected_on else "informed")


def _note(actor: Actor, hold: DoorHold, action: str, result: str) -> None:
    trail.note(actor.municipality_id, actor.account_id, action, "door_hold", hold.id, result=result)

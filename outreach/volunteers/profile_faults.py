"""Everything that can be wrong with a profile, told at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from outreach.access.models import Account
from outreach.access.roles import Role
from outreach.clock import today
from outreach.errors import InputError
from outreach.territory.doors import Door, addresses_at, written_number, written_postcode
from outreach.territory.street_names import Street, unknown_streets


def faults_of(account: Account, body: dict[str, Any]) -> list[InputError]:
    """What is wrong with a whole profile."""
    here = account.municipality_id
    return [
        *_wrong_certificate(body),
        *new_and_experienced(account, body),
        *_wrong_absences(body["absences"]),
        *unknown_streets(here, [Street(one["city"], one["street"]) for one in body["streets"]]),
        *_unknown_addresses(here, body["addresses"]),
    ]


def _wrong_certificate(body: dict[str, Any]) -> Iterator[InputError]:
    """Whoever saw it wrote down both its days; without seeing it there is nothing to write."""
    made: date | None = body["certificate_date"]
    ends: date | None = body["certificate_expires_on"]
    if not body["certificate_seen"]:
        if made or ends:
            yield InputError("/certificate_seen", "not-seen-yet")
        return
    if made is None:
        yield InputError("/certificate_date", "missing")
    elif made > today():
        yield InputError("/certificate_date", "in-the-future")
    if ends is None:
        yield InputError("/certificate_expires_on", "missing")
    elif made and ends <= made:
        yield InputError("/certificate_expires_on", "ends-before-it-began")


def new_and_experienced(account: Account, body: dict[str, Any]) -> Iterator[InputError]:
    """Who is new goes along with nobody."""
    if body["starts_with_mentor"] and (body["experienced"] or account.role == Role.MENTOR):
        yield InputError("/starts_with_mentor", "new-and-experienced")


def _wrong_absences(absences: Sequence[dict[str, date | None]]) -> Iterator[InputError]:
    for place, absence in enumerate(absences):
        first, last = absence["first_day"], absence["last_day"]
        for name in ("first_day", "last_day"):
            if absence[name] is None:
                yield InputError(f"/absences/{place}/{name}", "missing")
        if first and last and last < first:
            yield InputError(f"/absences/{place}/last_day", "before-start")


def _unknown_addresses(
    municipality_id: str, written: Sequence[dict[str, str | None]]
) -> Iterator[InputError]:
    doors = [door_of(one) for one in written]
    known = addresses_at(municipality_id, [door for door in doors if door])
    for place, (one, door) in enumerate(zip(written, doors, strict=True)):
        pointer = f"/addresses/{place}"
        yield from _wrongly_written(pointer, one)
        if door and door not in known:
            yield InputError(f"{pointer}/number", "unknown-address")


def _wrongly_written(pointer: str, one: dict[str, str | None]) -> Iterator[InputError]:
    postcode, number = one["postcode"], one["number"]
    if not postcode:
        yield InputError(f"{pointer}/postcode", "missing")
    elif written_postcode(postcode) is None:
        yield InputError(f"{pointer}/postcode", "not-a-postcode")
    if not number:
        yield InputError(f"{pointer}/number", "missing")
    elif written_number(number) is None:
        yield InputError(f"{pointer}/number", "not-a-house-number")


def door_of(one: dict[str, str | None]) -> Door | None:
    """The door that somebody wrote down; None where it is not well written."""
    postcode = written_postcode(one["postcode"] or "")
    number = written_number(one["number"] or "")
    return Door(postcode, *number) if postcode and number else None

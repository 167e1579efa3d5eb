"""Finding a door as people write it: a postcode and a number, "9991 sa" and "12a-3"."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select, tuple_

from outreach.db import db
from outreach.territory import cleaning
from outreach.territory.models import Address
from outreach.territory.problems import Refusal


class Door(NamedTuple):
    """A postcode and a number; letter and suffix in small letters, '' where there is none."""

    postcode: str
    number: int
    letter: str
    suffix: str


def written_postcode(raw: str) -> str | None:
    """The postcode as the register has it; None when this is none."""
    try:
        return cleaning.postcode(raw)
    except Refusal:
        return None


def written_number(raw: str) -> tuple[int, str, str] | None:
    """Number, letter and suffix of what stands on a door; None when this is no house number."""
    number, letter, suffix = cleaning.split_number(raw, "", "")
    try:
        return cleaning.house_number(number), letter.lower(), suffix.lower()
    except Refusal:
        return None


def addresses_at(municipality_id: str, doors: Collection[Door]) -> dict[Door, list[Address]]:
    """The addresses at each door; both `a` and `A` where the register has both."""
    letter, suffix = func.lower(Address.house_letter), func.lower(Address.house_suffix)
    rows = select(Address).where(
        Address.municipality_id == municipality_id,
        tuple_(Address.postcode, Address.house_number, letter, suffix).in_(doors),
    )
    found: dict[Door, list[Address]] = {}
    for row in db.session.scalars(rows.order_by(Address.id)):
        door = Door(
            row.postcode, row.house_number, row.house_letter.lower(), row.house_suffix.lower()
        )
        found.setdefault(door, []).append(row)
    return found

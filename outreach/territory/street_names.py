"""A street by its name, as people choose one; which of those names the register knows."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select, tuple_

from outreach.db import db
from outreach.errors import InputError
from outreach.territory.models import Address


class Street(NamedTuple):
    """A street; the same name in another city is another street."""

    city: str
    street: str


def known_streets(municipality_id: str, streets: Collection[Street]) -> set[Street]:
    """Those of the streets that have addresses here."""
    rows = select(Address.city, Address.street).where(
        Address.municipality_id == municipality_id,
        tuple_(Address.city, Address.street).in_(streets),
    )
    return {Street(*row) for row in db.session.execute(rows.distinct())}


def unknown_streets(municipality_id: str, streets: Sequence[Street]) -> Iterator[InputError]:
    """A fault for each chosen street that has no addresses here."""
    known = known_streets(municipality_id, streets) if streets else set()
    for place, street in enumerate(streets):
        if street not in known:
            yield InputError(f"/streets/{place}", "unknown-street", {"street": street.street})

"""A sensible order of doors: by postcode and street, up the odd side and down the even side.

Postcodes follow the streets of a neighbourhood; the alphabet does not.
"""

import re
from collections.abc import Iterable

from outreach.territory.models import Address

Parts = tuple[tuple[int, str], ...]


def walking_order(addresses: Iterable[Address]) -> list[Address]:
    """The addresses as a pair meets them; the same addresses always give the same order."""
    streets: dict[tuple[str, str, str], list[Address]] = {}
    for address in addresses:
        streets.setdefault((address.postcode, address.city, address.street), []).append(address)
    ordered: list[Address] = []
    for _, doors in sorted(streets.items()):
        ordered += _up_and_down(doors)
    return ordered


def _up_and_down(doors: list[Address]) -> list[Address]:
    odd = [door for door in doors if door.house_number % 2]
    even = [door for door in doors if not door.house_number % 2]
    return sorted(odd, key=_along) + sorted(even, key=_along, reverse=True)


def _along(door: Address) -> tuple[int, Parts, Parts, str]:
    """Where a door lies along its side; the id settles what nothing else tells apart."""
    return door.house_number, _parts(door.house_letter), _parts(door.house_suffix), door.id


def _parts(addition: str) -> Parts:
    """Numbers in it count as numbers, so that 2 comes before 10; without one comes first."""
    found = re.findall(r"([0-9]+)|([^0-9]+)", addition)
    return tuple((int(number or 0), word) for number, word in found)

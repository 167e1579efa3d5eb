"""A sensible order of doors: street by street, up the odd side and down the even side."""

from collections.abc import Iterable

from outreach.territory.models import Address


def walking_order(addresses: Iterable[Address]) -> list[Address]:
    """The addresses as a pair meets them; the same addresses always give the same order."""
    streets: dict[tuple[str, str], list[Address]] = {}
    for address in addresses:
        streets.setdefault((address.city, address.street), []).append(address)
    ordered: list[Address] = []
    for _, doors in sorted(streets.items()):
        ordered += _up_and_down(doors)
    return ordered


def _up_and_down(doors: list[Address]) -> list[Address]:
    odd = [door for door in doors if door.house_number % 2]
    even = [door for door in doors if not door.house_number % 2]
    return sorted(odd, key=_along) + sorted(even, key=_along, reverse=True)


def _along(door: Address) -> tuple[int, str, str, str, str]:
    """Where a door lies along its side; the id settles what nothing else tells apart."""
    return door.house_number, door.house_letter, door.house_suffix, door.postcode, door.id

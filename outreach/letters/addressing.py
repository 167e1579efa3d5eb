"""How a door is written on an envelope: a street that is long takes two lines, the town one."""

import textwrap

from outreach.territory.models import Address

# What fits the window at 12 points, also in wide letters.
LONGEST_LINE = 30
STREET_LINES = 2


def address_lines(address: Address) -> list[str]:
    """Two or three lines below "Aan de bewoners van", as the post writes them."""
    number = address.number
    street = textwrap.wrap(address.street, LONGEST_LINE) or [""]
    if len(street[-1]) + 1 + len(number) <= LONGEST_LINE:
        street[-1] = f"{street[-1]} {number}".strip()
    else:
        street.append(number)
    if len(street) > STREET_LINES:
        # Three lines would push the town out of the window: the post needs number and postcode.
        room = LONGEST_LINE - len(number) - 2
        street = [street[0], f"{' '.join(street[1:])[:room]}. {number}"]
    postcode = address.postcode
    if len(postcode) == len("1234AB"):
        postcode = f"{postcode[:4]} {postcode[4:]}"
    return [*street, f"{postcode}  {address.city.upper()}"[:LONGEST_LINE]]

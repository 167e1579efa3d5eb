"""Streets with their doors, read from the addresses page by page."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, func, tuple_

from outreach.db import db
from outreach.territory.models import Address
from outreach.web.cursors import read_cursor, write_cursor
from outreach.web.paging import PAGE_SIZE, Page

KEY = (Address.city, Address.street)
LIST = "streets"


@dataclass(frozen=True)
class ListedStreet:
    """A street, how many doors it has and over how many postcodes they lie."""

    city: str
    street: str
    doors: int
    postcodes: int


def streets(addresses: Select[Address], after: str, text: str = "") -> Page[dict[str, Any]]:
    """At most a page of streets by city and name; `text` is a part of the name or the city.

    Grouped in the order of `ix_address_street`, so the database stops after one page.
    """
    rows = addresses.with_only_columns(*KEY, func.count(), func.count(Address.postcode.distinct()))
    wanted = " ".join(text.split())
    if wanted:
        in_name = Address.street.icontains(wanted, autoescape=True)
        rows = rows.where(in_name | Address.city.icontains(wanted, autoescape=True))
    if after:
        rows = rows.where(tuple_(*KEY) > tuple_(*read_cursor(LIST, after)))
    found = db.session.execute(rows.group_by(*KEY).order_by(*KEY).limit(PAGE_SIZE + 1)).all()
    items = [asdict(ListedStreet(*row)) for row in found[:PAGE_SIZE]]
    last = [items[-1]["city"], items[-1]["street"]] if len(found) > PAGE_SIZE else None
    return Page(items, write_cursor(LIST, last) if last else "")

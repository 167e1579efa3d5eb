"""Reading back what an import left in the register."""

from typing import Any

from sqlalchemy import Connection, select

from outreach.territory.models import Address

HERE = "11111111-1111-4111-8111-111111111111"
THERE = "22222222-2222-4222-8222-222222222222"


def rows(connection: Connection, municipality_id: str = HERE) -> list[dict[str, Any]]:
    """Every address of a municipality, by door."""
    table = Address.metadata.tables["address"]
    found = select(table).where(table.c.municipality_id == municipality_id)
    order = (table.c.postcode, table.c.house_number, table.c.house_letter, table.c.house_suffix)
    read = [dict(row) for row in connection.execute(found.order_by(*order)).mappings()]
    connection.rollback()
    return read

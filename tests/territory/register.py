"""A register of addresses without an app, and reading back what an import left in it."""

from typing import Any

from sqlalchemy import Connection, Engine, select

from outreach.access.models import Municipality
from outreach.db import METADATA
from outreach.territory.models import Address

HERE = "11111111-1111-4111-8111-111111111111"
THERE = "22222222-2222-4222-8222-222222222222"


def prepare(engine: Engine) -> None:
    """Make the tables and the two municipalities."""
    tables = [METADATA.tables[kind.__tablename__] for kind in (Municipality, Address)]
    METADATA.create_all(engine, tables)
    with engine.begin() as connection:
        for municipality_id in (HERE, THERE):
            row = (
                tables[0]
                .insert()
                .values(
                    id=municipality_id,
                    name="Wilgendam",
                    privacy_contact="",
                    duty_phone="",
                    lease_hours=72,
                )
            )
            connection.execute(row)


def rows(connection: Connection, municipality_id: str = HERE) -> list[dict[str, Any]]:
    """Every address of a municipality, by door."""
    table = Address.metadata.tables["address"]
    found = select(table).where(table.c.municipality_id == municipality_id)
    order = (table.c.postcode, table.c.house_number, table.c.house_letter, table.c.house_suffix)
    read = [dict(row) for row in connection.execute(found.order_by(*order)).mappings()]
    connection.rollback()
    return read

"""A register of addresses without an app: two municipalities in an in-memory database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, StaticPool, create_engine

from outreach.access.models import Municipality
from outreach.db import METADATA
from outreach.territory.models import Address
from tests.territory.register import HERE, THERE


@pytest.fixture
def register() -> Iterator[Connection]:
    """A connection to the register, in no transaction."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    tables = [METADATA.tables[kind.__tablename__] for kind in (Municipality, Address)]
    METADATA.create_all(engine, tables)
    with engine.connect() as connection:
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
        connection.commit()
        yield connection
    engine.dispose()

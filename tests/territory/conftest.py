"""A register of addresses without an app: two municipalities in an in-memory database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, StaticPool, create_engine

from tests.territory.register import prepare


@pytest.fixture
def register() -> Iterator[Connection]:
    """A connection to the register, in no transaction."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    prepare(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()

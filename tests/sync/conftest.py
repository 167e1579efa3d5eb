"""A volunteer's phone that synced once, and who settles what waits."""

import pytest
from flask.testing import FlaskClient

from tests.factories.phone import Phone
from tests.factories.town import Town, headers_for


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> Phone:
    synced = Phone(client, town.person("volunteer"))
    synced.sync()
    return synced


@pytest.fixture
def coordinator(town: Town) -> dict[str, str]:
    return headers_for(town.person("coordinator"))

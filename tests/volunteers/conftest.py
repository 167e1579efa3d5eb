"""The desks of who guards volunteers and of who plans them."""

import pytest
from flask.testing import FlaskClient

from tests.campaigns.desk import Desk
from tests.factories.town import Town, headers_for


@pytest.fixture
def coordinator(client: FlaskClient, town: Town) -> Desk:
    """Who guards volunteers."""
    return Desk(client, headers_for(town.person("coordinator")))


@pytest.fixture
def supervisor(client: FlaskClient, town: Town) -> Desk:
    """Who plans them."""
    return Desk(client, headers_for(town.person("supervisor")))

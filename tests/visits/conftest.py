"""Two phones of a pair, and the supervisor's desk."""

import pytest
from flask.testing import FlaskClient

from tests.campaigns.desk import Desk
from tests.factories.town import Town, headers_for
from tests.visits.phone import Phone


@pytest.fixture
def mine(town: Town) -> Phone:
    """The phone of one of the town's pair."""
    return Phone(town.person("volunteer"))


@pytest.fixture
def partners(town: Town) -> Phone:
    """The phone of the other."""
    return Phone(town.person("partner_of_pair"))


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    """The desk of the town's supervisor."""
    return Desk(client, headers_for(town.person("supervisor")))

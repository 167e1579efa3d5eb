"""A town whose letters were printed, a resident, the desk and a phone."""

import pytest
from flask.testing import FlaskClient

from outreach.db import db
from outreach.letters.codes import give_codes
from tests.campaigns.desk import Desk
from tests.factories.town import Town, headers_for
from tests.visits.phone import Phone
from tests.wishes.resident import Resident


@pytest.fixture
def town(town: Town) -> Town:
    """Every door has a code."""
    give_codes(town.campaign, [address.id for address in town.addresses])
    db.session.commit()
    return town


@pytest.fixture
def resident(client: FlaskClient, town: Town) -> Resident:
    """Whoever lives behind the first door."""
    return Resident(client, town)


@pytest.fixture
def neighbour(client: FlaskClient, town: Town) -> Resident:
    """Whoever lives behind the second."""
    return Resident(client, town, 1)


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    """The desk of the town's supervisor."""
    return Desk(client, headers_for(town.person("supervisor")))


@pytest.fixture
def phone(town: Town) -> Phone:
    """The phone of one of the pair that walks past these doors."""
    return Phone(town.person("volunteer"))

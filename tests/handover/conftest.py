"""A household that shares, and the desk of a coach who receives."""

import pytest
from flask.testing import FlaskClient

from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town
from tests.handover.desk import Desk


@pytest.fixture
def talk(town: Town) -> Talk:
    """A household that agreed to notes and to share with the town's first team."""
    made = make_talk(town)
    made.agrees("share", town.team)
    return made


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    """The desk of a coach of the receiving team."""
    return Desk(client, town)

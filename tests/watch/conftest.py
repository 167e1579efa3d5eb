"""A town whose pair walks this afternoon, servers of mail and push, and a clock to move."""

import pytest
from flask import current_app
from flask.testing import FlaskClient

from outreach import clock
from outreach.db import db
from outreach.messages import channels
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town
from tests.messages.conftest import AFTERNOON, office, service, ways
from tests.watch.watching import Desk

__all__ = ["office", "service", "ways"]


@pytest.fixture
def staff(ways: channels.Channels) -> Town:
    """Everybody can sign in; it is half past two in Amsterdam, and a round is today's."""
    del ways
    # Replayed ids are those of another test, whose board this process still has.
    current_app.extensions.pop("watch.boards", None)
    clock.replay(1, AFTERNOON)
    town = build_town()
    for person in town.people.values():
        person.password_hash = "chosen"
    db.session.commit()
    return town


@pytest.fixture
def phone(client: FlaskClient, staff: Town) -> Phone:
    synced = Phone(client, staff.person("volunteer"))
    synced.sync()
    return synced


@pytest.fixture
def partner(client: FlaskClient, staff: Town) -> Phone:
    synced = Phone(client, staff.person("partner_of_pair"))
    synced.sync()
    return synced


@pytest.fixture
def desk(client: FlaskClient, staff: Town) -> Desk:
    return Desk(client, staff.person("supervisor"))

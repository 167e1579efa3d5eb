"""Servers of mail and push to send to, and colleagues who can sign in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from outreach import clock
from outreach.access import reaching
from outreach.config import MailSettings, PushSettings, Security
from outreach.db import db
from outreach.messages import channels, push
from tests.factories.town import Town
from tests.messages.post_office import HERE, PostOffice, post_office
from tests.messages.push_service import PushService, push_service

SENDER = "voordeur@wilgendam.example"
# A Tuesday afternoon in Amsterdam.
AFTERNOON = datetime(2026, 3, 3, 13, 30, tzinfo=UTC)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as found:
        yield found


@pytest.fixture
def ways(
    app: Flask, office: PostOffice, service: PushService, tmp_path: Path
) -> Iterator[channels.Channels]:
    """Mail and push in the place of the app's own, which has neither; nobody sends by itself."""
    own = app.extensions["messages"]
    mail = MailSettings(HERE, office.port, Security.NONE, SENDER)
    pushing = PushSettings("beheer@wilgendam.example", (service.origin,))
    found = channels.set_up(app, mail, pushing, reaching.where_reached)
    found.key_file = tmp_path / "push" / "key.pem"
    push.make_key(found.key_file)
    yield found
    app.extensions["messages"] = own


@pytest.fixture
def staff(ways: channels.Channels, town: Town) -> Town:
    """The town, in which everybody took up their invitation, on a Tuesday afternoon."""
    for person in town.people.values():
        person.password_hash = "chosen"
    db.session.commit()
    clock.replay(1, AFTERNOON)
    return town

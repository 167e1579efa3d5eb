"""Guessing a password is slow, however the address is written."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from outreach.access import tries
from outreach.access.models import FailedTry
from outreach.db import db
from tests.factories.town import Town


def test_spaces_around_an_address_buy_no_further_tries(client: FlaskClient, town: Town) -> None:
    email = town.person("volunteer").email
    statuses = [
        client.post("/v1/sessions", json={"email": written, "password": "wrong"}).status_code
        for written in (" " * spaces + email for spaces in range(7))
    ]
    assert statuses == [401] * 6 + [429]


@pytest.mark.usefixtures("town")
def test_tries_at_the_same_time_are_all_counted() -> None:
    tries.count("key", 5)
    db.session.commit()
    held = db.session.get_one(FailedTry, "key")
    assert held.count == 1
    # Another process counts while this one holds what it read.
    others = update(FailedTry).values(count=FailedTry.count + 6)
    db.session.execute(others, execution_options={"synchronize_session": False})
    assert held.count == 1
    tries.count("key", 5)
    db.session.commit()
    db.session.expire_all()
    assert db.session.get_one(FailedTry, "key").count == 8

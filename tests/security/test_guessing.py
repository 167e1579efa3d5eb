"""Guessing a password is slow, however the address is written."""

from flask.testing import FlaskClient

from tests.factories.town import Town


def test_spaces_around_an_address_buy_no_further_tries(client: FlaskClient, town: Town) -> None:
    email = town.person("volunteer").email
    statuses = [
        client.post("/v1/sessions", json={"email": written, "password": "wrong"}).status_code
        for written in (" " * spaces + email for spaces in range(7))
    ]
    assert statuses == [401] * 6 + [429]

"""A link that was made for one job opens no other."""

import pytest
from flask.testing import FlaskClient

from tests.factories.town import Town, headers_for


def _link_of(client: FlaskClient, town: Town, person: str) -> str:
    invited = client.post(
        f"/v1/accounts/{town.person(person).id}/invitation",
        headers=headers_for(town.person("coordinator")),
    )
    return str(invited.get_json()["link"]).partition("#")[2]


@pytest.mark.parametrize(
    "change", [{"role": "admin"}, {"email": "somebody.else@wilgendam.example"}]
)
def test_a_link_from_before_an_account_changed_opens_nothing(
    client: FlaskClient, town: Town, change: dict[str, str]
) -> None:
    token = _link_of(client, town, "volunteer")
    admin = headers_for(town.person("admin"))
    where = f"/v1/accounts/{town.person('volunteer').id}"
    assert client.patch(where, json=change, headers=admin).status_code == 200
    taken = client.post(
        "/v1/invitations/acceptance", json={"token": token, "password": "vier groene fietsen 7"}
    )
    assert taken.status_code == 404


def test_a_link_from_before_an_account_was_closed_does_not_wake_with_it(
    client: FlaskClient, town: Town
) -> None:
    token = _link_of(client, town, "volunteer")
    admin = headers_for(town.person("admin"))
    where = f"/v1/accounts/{town.person('volunteer').id}"
    for active in (False, True):
        client.patch(where, json={"active": active}, headers=admin)
    assert client.post("/v1/invitations/lookup", json={"token": token}).status_code == 404

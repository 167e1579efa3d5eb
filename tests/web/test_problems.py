"""What a caller sent wrong is told apart from what the line made of it."""

import json

import pytest
from flask.testing import FlaskClient

from outreach.clock import new_id
from tests.factories.town import Town, headers_for


@pytest.mark.parametrize("path", ["/v1/devices", "/v1/sync"])
def test_a_body_that_was_cut_anywhere_is_the_lines_doing(
    client: FlaskClient, town: Town, path: str
) -> None:
    headers = headers_for(town.person("volunteer")) | {"Content-Type": "application/json"}
    whole = json.dumps({"device_id": new_id(), "said": "één"}, ensure_ascii=False).encode()
    for length in range(1, len(whole)):
        answer = client.post(path, data=whole[:length], headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "not-whole"), length


def test_a_whole_body_that_does_not_fit_is_the_callers(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("volunteer"))
    answer = client.post("/v1/devices", json={"said": "één"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "invalid-input")

"""What somebody chooses about their messages, over HTTP: kept, shown, refused with every fault."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.access.roles import Role
from outreach.db import db
from outreach.messages import push, sending
from outreach.messages.channels import Channels
from tests.factories.town import Town, headers_for
from tests.messages.post_office import PostOffice
from tests.messages.push_service import PushService
from tests.messages.telling import tell

CHOSEN = {"mail": True, "quiet_from": "22:00", "quiet_until": "07:00", "daily_at": "08:30"}


def _put(client: FlaskClient, headers: dict[str, str], **change: Any) -> Any:
    return client.put("/v1/me/messages", json=CHOSEN | change, headers=headers)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_begins_with_mail_and_what_can_wait_once_a_day(
    client: FlaskClient, staff: Town, ways: Channels, role: Role
) -> None:
    answer = client.get("/v1/me/messages", headers=headers_for(staff.person(role)))
    assert answer.get_json() == {
        "mail": True,
        "quiet_from": "",
        "quiet_until": "",
        "daily_at": "08:30",
        "mail_set_up": True,
        "mail_refused": False,
        "push_key": push.public_key(ways.key_file),
        "browsers": 0,
    }


def test_where_nothing_is_set_up_that_is_said(client: FlaskClient, town: Town) -> None:
    headers = headers_for(town.person("coordinator"))
    said = client.get("/v1/me/messages", headers=headers).get_json()
    assert (said["mail_set_up"], said["push_key"]) == (False, "")
    body = {"endpoint": "https://web.push.apple.com/abc"}
    refused = client.post("/v1/me/push-browsers", json=body, headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "push-not-set-up")


def test_a_choice_is_kept_and_is_ones_own(client: FlaskClient, staff: Town) -> None:
    own, other = (headers_for(staff.person(r)) for r in ("coordinator", "admin"))
    assert _put(client, own, mail=False).status_code == 200
    kept = client.get("/v1/me/messages", headers=own).get_json()
    assert {name: kept[name] for name in CHOSEN} == CHOSEN | {"mail": False}
    assert client.get("/v1/me/messages", headers=other).get_json()["mail"] is True
    assert _put(client, own, quiet_from="", quiet_until="", daily_at="").status_code == 200


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"quiet_from": ""}, [("/quiet_from", "missing")]),
        ({"quiet_until": ""}, [("/quiet_until", "missing")]),
        ({"quiet_until": "22:00"}, [("/quiet_until", "same-time")]),
        (
            {"quiet_from": "24:00", "quiet_until": "7:00", "daily_at": "noon"},
            [
                ("/daily_at", "does-not-fit"),
                ("/quiet_from", "does-not-fit"),
                ("/quiet_until", "does-not-fit"),
            ],
        ),
    ],
)
def test_every_fault_is_named(
    client: FlaskClient, staff: Town, change: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    refused = _put(client, headers_for(staff.person("coordinator")), **change)
    assert refused.status_code == 400
    assert sorted((e["pointer"], e["code"]) for e in refused.get_json()["errors"]) == faults


def test_a_browser_is_added_told_and_taken_away(
    client: FlaskClient, staff: Town, service: PushService, office: PostOffice
) -> None:
    coordinator = staff.person("coordinator")
    headers = headers_for(coordinator)
    body = {"endpoint": f"{service.origin}/send/desk"}
    for _ in range(2):
        assert client.post("/v1/me/push-browsers", json=body, headers=headers).status_code == 201
    assert client.get("/v1/me/messages", headers=headers).get_json()["browsers"] == 1
    tell(coordinator)
    sending.send_due()
    gone = client.post("/v1/me/push-browsers/removal", json=body, headers=headers)
    assert gone.status_code == 204
    assert client.get("/v1/me/messages", headers=headers).get_json()["browsers"] == 0
    tell(coordinator)
    sending.send_due()
    assert (len(service.pushes), len(office.mails)) == (1, 2)


def test_an_address_that_took_no_mail_is_shown_to_its_owner(
    client: FlaskClient, staff: Town, office: PostOffice
) -> None:
    headers = headers_for(staff.person("coordinator"))
    office.says_to_recipient = "550 no such user"
    tell(staff.person("coordinator"))
    sending.send_due()
    assert client.get("/v1/me/messages", headers=headers).get_json()["mail_refused"] is True
    assert _put(client, headers).get_json()["mail_refused"] is False
    db.session.commit()

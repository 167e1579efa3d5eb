"""An admin sets up the municipality: what does not fit is refused, all of it in one answer."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.access.test_accounts import _new
from tests.factories.phone import Phone
from tests.factories.town import Town, headers_for


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    return headers_for(town.person("admin"))


def _faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.get_json()
    return sorted((fault["pointer"], fault["code"]) for fault in answer.get_json()["errors"])


@pytest.mark.parametrize("change", [{"active": False}, {"role": "coordinator"}])
def test_the_last_active_admin_stays(
    client: FlaskClient, town: Town, admin: dict[str, str], change: dict[str, Any]
) -> None:
    own = f"/v1/accounts/{town.person('admin').id}"
    answer = client.patch(own, json=change, headers=admin)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "last-admin")
    assert client.patch(own, json={"name": "Nog steeds"}, headers=admin).status_code == 200
    other = _new(town, email="b@voorbeeld.example", role="admin")
    made = client.post("/v1/accounts", json=other, headers=admin).get_json()
    path = f"/v1/accounts/{made['id']}"
    assert client.patch(path, json={"active": False}, headers=admin).status_code == 200
    assert client.patch(own, json=change, headers=admin).status_code == 409
    assert client.patch(path, json={"active": True}, headers=admin).status_code == 200
    assert client.patch(own, json=change, headers=admin).status_code == 200


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0"])
def test_blank_names_are_missing(
    client: FlaskClient, town: Town, admin: dict[str, str], blank: str
) -> None:
    missing = ("/name", "missing")
    assert _faults(client.post("/v1/districts", json={"name": blank}, headers=admin)) == [missing]
    district = f"/v1/districts/{town.district.id}"
    assert _faults(client.put(district, json={"name": blank}, headers=admin)) == [missing]
    team = {"name": blank, "district_id": "nowhere", "duty_phone": ""}
    answer = client.post("/v1/teams", json=team, headers=admin)
    assert _faults(answer) == [("/district_id", "unknown-district"), missing]
    person = _new(town, name=blank, first_name=blank, district_ids=["nowhere"])
    answer = client.post("/v1/accounts", json=person, headers=admin)
    expected = [("/district_ids/0", "unknown-district"), ("/first_name", "missing"), missing]
    assert _faults(answer) == expected
    own = f"/v1/accounts/{town.person('admin').id}"
    assert _faults(client.patch(own, json={"name": blank}, headers=admin)) == [missing]


@pytest.mark.parametrize("role", ["wijkcoach", "team_lead"])
def test_who_works_in_a_team_has_one(
    client: FlaskClient, town: Town, admin: dict[str, str], role: str
) -> None:
    missing = [("/team_id", "missing")]
    answer = client.post("/v1/accounts", json=_new(town, role=role), headers=admin)
    assert _faults(answer) == missing
    path = f"/v1/accounts/{town.person('volunteer').id}"
    assert _faults(client.patch(path, json={"role": role}, headers=admin)) == missing
    coach = f"/v1/accounts/{town.person('wijkcoach').id}"
    assert _faults(client.patch(coach, json={"team_id": None}, headers=admin)) == missing
    assert client.patch(coach, json={"phone": "099"}, headers=admin).status_code == 200


SETTINGS = {
    "name": "Wilgendam",
    "privacy_contact": "",
    "duty_phone": "",
    "lease_hours": 72,
    "lock_minutes": 5,
    "talk_lock_minutes": 20,
    "cover_minutes": 1,
    "watch_minutes": 30,
}


@pytest.mark.parametrize(
    ("times", "faults"),
    [
        ({"lease_hours": 0}, [("/lease_hours", "not-in-range")]),
        (
            {"lease_hours": 337, "lock_minutes": 1, "talk_lock_minutes": 61, "cover_minutes": 16},
            [
                ("/cover_minutes", "not-in-range"),
                ("/lease_hours", "not-in-range"),
                ("/lock_minutes", "not-in-range"),
                ("/talk_lock_minutes", "not-in-range"),
            ],
        ),
        (
            {"lock_minutes": 10, "talk_lock_minutes": 9, "cover_minutes": 11},
            [
                ("/cover_minutes", "covers-after-shutting"),
                ("/talk_lock_minutes", "shuts-sooner-in-a-talk"),
            ],
        ),
    ],
)
def test_times_that_make_no_sense_are_refused_with_their_bounds(
    client: FlaskClient,
    admin: dict[str, str],
    times: dict[str, int],
    faults: list[tuple[str, str]],
) -> None:
    answer = client.put("/v1/municipality", json=SETTINGS | times, headers=admin)
    assert _faults(answer) == faults


def test_every_phone_hears_how_long_it_may_read_and_how_soon_it_shuts(
    client: FlaskClient, town: Town, admin: dict[str, str]
) -> None:
    chosen = {"lease_hours": 48, "lock_minutes": 3, "talk_lock_minutes": 30, "cover_minutes": 2}
    answer = client.put("/v1/municipality", json=SETTINGS | chosen, headers=admin)
    assert answer.status_code == 200
    volunteer = town.person("volunteer")
    phone = Phone(client, volunteer)
    phone.sync()
    profile = phone.body(volunteer.id)
    assert profile["lease_hours"] == 48
    assert profile["lock_minutes"] == {"untouched": 3, "talk": 30, "cover": 2}

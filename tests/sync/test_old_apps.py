"""An app that is too old brings its work and gets nothing new, until it is renewed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.clock import today
from outreach.db import db
from outreach.privacy.erasing import erase_household
from tests.contract.scenarios import talk_and_plan
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
# As a phone says it: built so many days ago.
OLD, OF_AGE = 181, 180


@pytest.fixture
def town(app: Flask) -> Town:
    """The town on a fixed day, served with an app of that day."""
    clock.replay(1, NOON)
    app.config["APP_BUILT_ON"] = today()
    return build_town()


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> Phone:
    """A phone that holds its round."""
    made = Phone(client, town.person("volunteer"))
    made.sync()
    return made


def _built(days_ago: int) -> dict[str, str]:
    return {"version": "old", "built_on": (today() - timedelta(days=days_ago)).isoformat()}


def _notice(phone: Phone, town: Town) -> str:
    return phone.write(town.stops[0].id, "door.notice", notice="dog", on=True)


def test_its_work_counts_and_no_dossier_comes(phone: Phone, town: Town) -> None:
    said = _notice(phone, town)
    answer = phone.post(app=_built(OLD)).get_json()
    assert answer["outcomes"] == [{"id": said, "outcome": "applied", "code": ""}]
    assert (answer["renew"], answer["dossiers"], answer["drops"]) == (True, [], [])
    assert (answer["receipt"], answer["more"], answer["need_holdings"]) == (
        phone.receipt,
        False,
        False,
    )


def test_a_new_phone_gets_nothing_from_it_either(client: FlaskClient, town: Town) -> None:
    phone = Phone(client, town.person("volunteer"))
    answer = phone.post(app=_built(OLD)).get_json()
    assert (answer["renew"], answer["dossiers"]) == (True, [])


def test_once_renewed_it_gets_what_it_missed(phone: Phone, town: Town) -> None:
    _notice(phone, town)
    phone.apply(phone.post(app=_built(OLD)).get_json())
    phone.sync()
    assert phone.body(town.stops[0].id)["notices"] == ["dog"]


def test_180_days_is_not_too_old(phone: Phone, town: Town) -> None:
    _notice(phone, town)
    answer = phone.post(app=_built(OF_AGE)).get_json()
    assert (answer["renew"], len(answer["dossiers"])) == (False, 1)


@pytest.mark.parametrize(
    ("served_days_ago", "renew"), [(OLD, False), (OLD + 1, False), (OLD - 1, True)]
)
def test_an_app_as_new_as_the_server_has_is_not_too_old(
    app: Flask, phone: Phone, served_days_ago: int, renew: bool
) -> None:
    """A municipality that did not renew its server for long must not lock out every phone."""
    app.config["APP_BUILT_ON"] = today() - timedelta(days=served_days_ago)
    assert phone.post(app=_built(OLD)).get_json()["renew"] is renew


def test_where_the_server_does_not_know_its_own_app_only_age_counts(
    app: Flask, phone: Phone
) -> None:
    app.config["APP_BUILT_ON"] = None
    assert phone.post(app=_built(OLD)).get_json()["renew"] is True


@pytest.mark.parametrize("said", [date.min, date.max])
def test_a_clock_far_off_breaks_nothing(phone: Phone, said: date) -> None:
    answer = phone.post(app={"version": "odd", "built_on": said.isoformat()})
    assert answer.status_code == 200
    assert answer.get_json()["renew"] is (said == date.min)


def test_what_was_thrown_away_leaves_it_all_the_same(phone: Phone, town: Town) -> None:
    talk_and_plan(phone, town, {})
    phone.sync()
    household_id = town.stops[0].household_id
    assert household_id in phone.dossiers
    erase_household(town.municipality.id, household_id)
    db.session.commit()
    answer = phone.post(app=_built(OLD)).get_json()
    assert (answer["dossiers"], answer["drops"]) == ([], [household_id])
    assert [line["id"] for line in answer["erased"]] == [household_id]
    phone.apply(answer)
    again = phone.post(app=_built(OLD)).get_json()
    assert (again["need_holdings"], again["erased"], again["drops"]) == (False, [], [])


def test_an_unknown_receipt_still_asks_what_it_holds(phone: Phone, town: Town) -> None:
    _notice(phone, town)
    phone.receipt = clock.new_id()
    asked = phone.post(app=_built(OLD)).get_json()
    assert (asked["need_holdings"], asked["outcomes"], asked["renew"]) == (True, [], True)
    versions = {id_: d["version"] for id_, d in phone.dossiers.items()}
    answer = phone.post(app=_built(OLD), holdings=versions).get_json()
    assert (len(answer["outcomes"]), answer["dossiers"]) == (1, [])
    phone.apply(answer)
    assert phone.post(app=_built(OLD)).get_json()["need_holdings"] is False


def test_the_first_app_did_not_say_its_age_and_is_as_old_as_the_last_of_its_kind(
    client: FlaskClient, phone: Phone, app: Flask
) -> None:
    said = phone.request(schema=1)
    del said["app"]

    def answered() -> int:
        reply = client.post("/v1/sync", json=said | {"holdings": {}}, headers=phone.headers)
        return len(reply.get_json()["dossiers"])

    said["holdings_hash"] = Phone(client, phone.account).request()["holdings_hash"]
    assert answered() > 0
    clock.replay(2, datetime(2026, 11, 25, 11, tzinfo=UTC) + timedelta(days=OLD))
    app.config["APP_BUILT_ON"] = today()
    phone.headers = Phone(client, phone.account).headers
    assert answered() == 0

"""*Bel mij*: the number reaches who may call, goes once it was called, and in 14 days anyhow."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import now
from outreach.db import db
from outreach.wishes.models import CallRequest
from tests.campaigns.desk import Desk
from tests.factories.town import Town, headers_for
from tests.wishes.resident import Resident


def _listed(desk: Desk) -> list[dict[str, Any]]:
    status, found = desk.get("/call-requests")
    assert status == 200, found
    items: list[dict[str, Any]] = found["items"]
    return items


def test_a_request_is_on_the_list_at_once(resident: Resident, desk: Desk) -> None:
    assert resident.asks_for_a_call("06-12 34 56 78") == (204, None)
    (call,) = _listed(desk)
    said = {name: call[name] for name in ("street", "number", "campaign", "phone", "language")}
    assert said == {
        "street": "Wilgenhof",
        "number": "10",
        "campaign": "Voorjaar",
        "phone": "0612345678",
        "language": "tr",
    }
    assert (call["done_at"], call["done_by"]) == (None, None)


def test_once_they_were_called_the_number_is_gone(
    resident: Resident, desk: Desk, town: Town
) -> None:
    resident.asks_for_a_call()
    (call,) = _listed(desk)
    assert desk.post(f"/call-requests/{call['id']}/done") == (204, None)
    (called,) = _listed(desk)
    assert (called["phone"], called["done_by"]) == ("", town.person("supervisor").first_name)
    assert db.session.query(CallRequest).one().phone == ""
    assert desk.post(f"/call-requests/{call['id']}/done")[0] == 404


def test_asking_again_puts_the_new_number_in_the_place_of_the_old(
    resident: Resident, desk: Desk
) -> None:
    resident.asks_for_a_call()
    (call,) = _listed(desk)
    desk.post(f"/call-requests/{call['id']}/done")
    resident.asks_for_a_call("+49 1512 3456789")
    (again,) = _listed(desk)
    assert (again["phone"], again["done_at"]) == ("+4915123456789", None)


def test_after_fourteen_days_nobody_sees_it_tidied_or_not(resident: Resident, desk: Desk) -> None:
    resident.asks_for_a_call()
    call = db.session.query(CallRequest).one()
    call.asked_at = now() - timedelta(days=14)
    db.session.commit()
    assert _listed(desk) == []
    assert desk.post(f"/call-requests/{call.id}/done")[0] == 404


def test_another_districts_supervisor_does_not_see_it(
    resident: Resident, client: FlaskClient, town: Town
) -> None:
    resident.asks_for_a_call()
    other = Desk(client, headers_for(town.person("other_supervisor")))
    assert _listed(other) == []
    assert _listed(Desk(client, headers_for(town.person("coordinator")))) != []


@pytest.mark.parametrize("role", ["volunteer", "wijkcoach", "admin", "privacy_officer"])
def test_who_does_not_call_residents_sees_no_numbers(
    client: FlaskClient, town: Town, role: str
) -> None:
    assert Desk(client, headers_for(town.person(role))).get("/call-requests")[0] == 403


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "12345",
        "123456782",
        "06123456789",
        "+0612345678",
        "bel mij",
        "0612345678;1",
        "٠٦١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_telephone_number_is_not_taken(resident: Resident, phone: str) -> None:
    """Nine bare digits could be a citizen service number: they are no telephone number here."""
    status, problem = resident.asks_for_a_call(phone)
    assert status == 400
    assert {(f["pointer"], f["code"]) for f in problem["errors"]} <= {
        ("/phone", "no-phone"),
        ("/phone", "missing"),
        ("/phone", "does-not-fit"),
    }
    assert db.session.query(CallRequest).count() == 0


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"consent": False}, ("/consent", "no-consent")),
        ({"consent": "yes"}, ("/consent", "does-not-fit")),
        ({"consent_version": "0"}, ("/consent_version", "does-not-fit")),
        ({"language": "xx"}, ("/language", "does-not-fit")),
    ],
)
def test_without_a_yes_to_a_text_of_ours_no_number_is_kept(
    resident: Resident, changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    status, problem = resident.asks_for_a_call(**changes)
    assert status == 400
    assert [(f["pointer"], f["code"]) for f in problem["errors"]] == [fault]
    assert db.session.query(CallRequest).count() == 0


def test_which_text_they_agreed_to_is_kept_beside_the_number(resident: Resident) -> None:
    resident.asks_for_a_call(language="ar")
    call = db.session.query(CallRequest).one()
    assert (call.language, call.consent_version) == ("ar", "1")


def test_the_trail_names_neither_number_nor_door(
    resident: Resident, desk: Desk, town: Town
) -> None:
    resident.asks_for_a_call()
    (call,) = _listed(desk)
    desk.post(f"/call-requests/{call['id']}/done")
    rows = db.session.scalars(select(TrailEntry).where(TrailEntry.action.like("call.%")))
    told = {(row.action, row.object_kind, row.object_id, row.reason) for row in rows}
    assert told == {
        ("call.ask", "campaign", town.campaign.id, ""),
        ("call.done", "call_request", call["id"], ""),
    }


def test_asking_for_a_call_changes_nothing_about_the_visit(
    resident: Resident, desk: Desk, town: Town
) -> None:
    resident.wants_another_time("evening")
    resident.asks_for_a_call()
    counts = desk.get(f"/campaigns/{town.campaign.id}/wish-counts")[1]
    assert (counts["another_time"], counts["rather_not"], counts["calls"]) == (1, 0, 1)

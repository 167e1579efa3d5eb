"""What could not be applied waits for a person: seen without content, opened with a reason."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.access.roles import Role
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.conversations.bsn import mask_bsn
from outreach.db import db
from outreach.sync.models import Quarantined
from outreach.visits.models import ContactAttempt
from tests.factories.phone import Phone
from tests.factories.town import Town, headers_for, make_account
from tests.factories.waiting import kept_of, settle, talk_at_a_door_that_is_gone

MARK = "wat de bewoner zei"


def _waiting(client: FlaskClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/v1/quarantine", headers=headers).get_json()["items"]
    return items


def _record(phone: Phone, town: Town, outcome: str, came_from: str) -> str:
    return phone.write(
        town.stops[0].id,
        "visit.record",
        outcome=outcome,
        from_=came_from,
        details={},
        date=today().isoformat(),
        day_part="afternoon",
    )


def test_it_is_listed_with_author_door_kind_and_reason_but_no_content(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(town.stops[0].household_id, "note.sing", text=MARK)
    phone.sync()
    listed = _waiting(client, coordinator)
    assert [(i["author"], i["kind"], i["reason"]) for i in listed] == [
        (town.person("volunteer").first_name, "note.sing", "unknown-kind")
    ]
    assert listed[0]["address"] == {"street": "Wilgenhof", "number": "10"}
    assert MARK not in str(listed)


def test_opening_the_content_takes_a_reason_that_is_logged(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(town.stops[0].household_id, "note.sing", text=MARK)
    phone.sync()
    kept = _waiting(client, coordinator)[0]["id"]
    where = f"/v1/quarantine/{kept}/opening"
    assert client.post(where, json={"reason": ""}, headers=coordinator).status_code == 400
    opened = client.post(where, json={"reason": "op verzoek van Anna"}, headers=coordinator)
    assert opened.get_json()["body"] == {"text": MARK}
    entry = db.session.scalars(
        select(TrailEntry).where(TrailEntry.action == "quarantine.open")
    ).one()
    assert entry.reason == "op verzoek van Anna"


def test_an_id_that_looks_as_if_a_citizen_service_number_is_in_it_stays_whole(
    client: FlaskClient, town: Town, phone: Phone
) -> None:
    note_id = "b4e25d54-f1aa-4bbb-8ccc-d776415463c5"
    assert mask_bsn(note_id) != note_id
    phone.write(town.stops[0].household_id, "note.sing", note_id=note_id, text="776415463")
    phone.sync()
    kept = db.session.scalars(select(Quarantined)).one()
    assert kept.body["body"] == {"note_id": note_id, "text": mask_bsn("776415463")}


def test_a_correction_after_the_round_closed_can_still_be_let_in(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    _record(phone, town, "not_home", "")
    phone.sync()
    town.round.state, town.round.closed_at = "closed", now()
    db.session.commit()
    late = _record(phone, town, "empty", "not_home")
    phone.sync()
    assert phone.outcomes[late]["code"] == "round-closed"
    settled = settle(client, coordinator, kept_of("visit.record"))
    assert settled.get_json()["state"] == "applied"
    db.session.expire_all()
    assert db.session.scalars(select(ContactAttempt.outcome)).all() == ["empty"]
    assert _waiting(client, coordinator) == []


def test_only_who_read_it_lets_it_in(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    talk_at_a_door_that_is_gone(phone, town)
    kept = kept_of("conversation.open")
    where, door = f"/v1/quarantine/{kept.id}", town.stops[1].id
    said = {"decision": "apply", "reason": "gebeld", "stop_id": door, "followers": True}
    other = make_account(
        town.municipality.id, "colleague", Role.COORDINATOR, town.district, town.team
    )
    colleague = headers_for(other)
    client.post(f"{where}/opening", headers=colleague, json={"reason": "nagaan"})
    unread = client.post(f"{where}/settlement", headers=coordinator, json=said)
    assert (unread.status_code, unread.get_json()["code"]) == (409, "read-it-first")
    assert len(_waiting(client, coordinator)) == 3
    client.post(f"{where}/opening", headers=coordinator, json={"reason": "nagaan"})
    settled = client.post(f"{where}/settlement", headers=coordinator, json=said)
    # What waited behind it comes along with what was read.
    assert settled.get_json()["followers"] == 2
    assert _waiting(client, coordinator) == []


def test_what_still_does_not_fit_stays_and_says_so(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(town.stops[0].id, "visit.dance")
    phone.sync()
    answer = settle(client, coordinator, kept_of("visit.dance"))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "still-does-not-fit")
    assert len(_waiting(client, coordinator)) == 1


def test_after_discarding_new_work_of_that_door_applies_again(
    client: FlaskClient, town: Town, phone: Phone, coordinator: dict[str, str]
) -> None:
    phone.write(town.stops[0].id, "visit.dance")
    phone.sync()
    kept = _waiting(client, coordinator)[0]["id"]
    client.post(
        f"/v1/quarantine/{kept}/settlement",
        headers=coordinator,
        json={"decision": "discard", "reason": "oude app"},
    )
    written = _record(phone, town, "not_home", "")
    phone.sync()
    assert phone.outcome(written) == "applied"


def test_a_supervisor_sees_none_of_it(client: FlaskClient, town: Town, phone: Phone) -> None:
    phone.write(town.stops[0].id, "visit.dance")
    phone.sync()
    stranger = headers_for(town.person("supervisor"))
    assert client.get("/v1/quarantine", headers=stranger).status_code == 403


@pytest.mark.parametrize(
    ("kind", "body", "urgent"),
    [
        ("concern.raise", {"facts": MARK, "odd": True}, True),
        ("handover.offer", {"urgency": "crisis"}, True),
        ("handover.offer", {"urgency": "ordinary"}, False),
        ("handover.offer", {}, False),
        ("note.sing", {"urgency": "crisis"}, False),
        ("debt_help.ask", {"crisis": True}, True),
        ("debt_help.ask", {"crisis": False}, False),
    ],
)
def test_what_cannot_wait_says_so_without_its_content(
    client: FlaskClient,
    town: Town,
    phone: Phone,
    coordinator: dict[str, str],
    kind: str,
    body: dict[str, Any],
    urgent: bool,
) -> None:
    phone.write(new_id(), kind, **body)
    phone.sync()
    [listed] = _waiting(client, coordinator)
    assert (listed["kind"], listed["urgent"]) == (kind, urgent)
    assert MARK not in str(listed)

"""A loose note, written while a phone was shut, waits for its coordinator and for nothing else."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from outreach.audit.models import TrailEntry
from outreach.clock import new_id
from outreach.db import db
from outreach.sync.models import Mutation, Quarantined
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.town import Town, headers_for

MARK = "Het dak lekt boven het bed"
BSN = "123456782"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    """A phone that sealed its store and has the round."""
    return sealed_phone(client, town.person("volunteer"))


def _note(phone: SealedPhone, **more: Any) -> str:
    own = new_id()
    body = {
        "door": "Wilgenhof 10",
        "words": MARK,
        "when": "2026-02-03 14:30",
        "said_yes": True,
        "call_today": False,
    }
    note = {"id": own, "dossier_id": own, "kind": "draft.loose", "schema": 2, "body": body | more}
    phone.outbox.append(note | {"made_at": "2026-02-03T13:30:00Z"})
    return own


def _kept() -> Quarantined:
    return db.session.scalars(select(Quarantined)).one()


def _listed(client: FlaskClient, town: Town) -> list[dict[str, Any]]:
    coordinator = headers_for(town.person("coordinator"))
    items: list[dict[str, Any]] = client.get("/v1/quarantine", headers=coordinator).get_json()[
        "items"
    ]
    return items


@pytest.mark.parametrize("why", ["loose", "forgotten", "lapsed", "revoked", "rescue"])
def test_it_waits_with_its_author_but_without_door_or_words(
    client: FlaskClient, phone: SealedPhone, town: Town, why: str
) -> None:
    written = _note(phone)
    phone.hand_over(phone.boxes(why))
    code = f"sent-sealed-{why}"
    assert phone.outcomes[written] == {"id": written, "outcome": "quarantined", "code": code}
    [listed] = _listed(client, town)
    assert (listed["kind"], listed["reason"], listed["address"]) == ("draft.loose", code, None)
    assert listed["author"] == town.person("volunteer").first_name
    assert MARK not in str(listed)
    assert "Wilgenhof" not in str(listed)


@pytest.mark.parametrize(("said", "urgent"), [(True, True), (False, False), ("ja", False)])
def test_only_who_asks_for_a_call_today_cannot_wait(
    client: FlaskClient, phone: SealedPhone, town: Town, said: object, *, urgent: bool
) -> None:
    _note(phone, call_today=said)
    phone.hand_over(phone.boxes("loose"))
    assert [listed["urgent"] for listed in _listed(client, town)] == [urgent]


def test_of_a_phone_that_was_reported_lost_it_says_so_and_calls_nobody_out(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    revocation = f"/v1/devices/{phone.device_id}/revocation"
    assert (
        client.post(revocation, headers=headers_for(town.person("coordinator"))).status_code == 200
    )
    _note(phone, call_today=True)
    phone.hand_over(phone.boxes("loose"))
    assert [(one["reason"], one["urgent"]) for one in _listed(client, town)] == [
        ("sent-sealed-revoked", False)
    ]


def test_its_words_take_a_reason_that_is_logged_and_show_no_bsn(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    _note(phone, words=f"{MARK} {BSN}", door=f"Wilgenhof 10, {BSN}")
    phone.hand_over(phone.boxes("loose"))
    assert BSN not in str(_kept().body)
    where = f"/v1/quarantine/{_kept().id}/opening"
    coordinator = headers_for(town.person("coordinator"))
    opened = client.post(where, json={"reason": "Anna belde"}, headers=coordinator).get_json()
    assert opened["body"]["words"].startswith(MARK)
    assert opened["body"]["door"].startswith("Wilgenhof 10")
    entry = select(TrailEntry).where(TrailEntry.action == "quarantine.open")
    assert db.session.scalars(entry).one().reason == "Anna belde"


def test_it_comes_twice_and_is_there_once(phone: SealedPhone) -> None:
    written = _note(phone)
    boxes = phone.boxes("loose")
    phone.hand_over(boxes)
    first = phone.outcomes[written]
    phone.hand_over(boxes)
    assert phone.outcomes[written] == first
    # And once more with all else, when the phone is given up.
    phone.hand_over(phone.boxes("forgotten"))
    assert phone.outcomes[written] == first
    assert _kept().reason == "sent-sealed-loose"


def test_it_can_be_discarded_with_a_reason_and_never_applied(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    _note(phone)
    phone.hand_over(phone.boxes("loose"))
    statuses = [
        client.post(
            f"/v1/quarantine/{_kept().id}/settlement",
            headers=headers_for(town.person("coordinator")),
            json={"decision": decision, "reason": "gebeld"},
        ).status_code
        for decision in ("apply", "discard")
    ]
    assert statuses == [409, 200]
    assert (_kept().state, _kept().settled_why) == ("discarded", "gebeld")


def test_it_holds_up_nothing_of_its_author(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    _note(phone)
    phone.hand_over(phone.boxes("loose"))
    other = Phone(client, phone.account)
    written = other.write(town.stops[0].id, "door.leave", on=True)
    other.sync()
    assert other.outcome(written) == "applied"


def test_a_database_that_was_put_back_gets_it_again_once(phone: SealedPhone) -> None:
    written = _note(phone)
    boxes = phone.boxes("loose")
    phone.hand_over(boxes)
    phone.outbox.clear()
    db.session.execute(delete(Quarantined))
    db.session.execute(delete(Mutation))
    db.session.commit()
    for _ in range(2):
        answer = phone.post(copies=boxes["boxes"], mutations=[], more=True).get_json()
        assert [line["id"] for line in answer["outcomes"]] == [written]
    assert (_kept().kind, _kept().reason) == ("draft.loose", "sent-sealed-loose")
    assert _kept().body["body"]["words"] == MARK

"""What a phone hands over sealed arrives once, whatever became of account, session or device."""

from base64 import b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach.access import tries
from outreach.access.models import Device
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.sync import box_routes, boxes, escrow
from outreach.sync.models import Mutation, Quarantined
from outreach.visits.models import ContactAttempt
from tests.factories.phone import Phone
from tests.factories.sealing import SealedPhone, sealed_phone
from tests.factories.talks import make_talk
from tests.factories.town import Town, headers_for
from tests.factories.waiting import settle

MARK = "wat de bewoner zei"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> SealedPhone:
    """A phone that sealed its store and has the round."""
    return sealed_phone(client, town.person("volunteer"))


def _not_home(phone: Phone, town: Town, place: int = 0) -> str:
    return phone.write(
        town.stops[place].id,
        "visit.record",
        outcome="not_home",
        from_="",
        details={},
        date=today().isoformat(),
        day_part="afternoon",
    )


def _note(phone: Phone, talk: Any, **more: Any) -> str:
    body = {"note_id": new_id(), "conversation_id": talk.conversation.id, "domain": ""}
    return phone.write(talk.id, "note.add", **(body | {"position": 0, "text": MARK} | more))


def _kept() -> list[Quarantined]:
    return list(db.session.scalars(select(Quarantined).order_by(Quarantined.received_at)))


@pytest.mark.parametrize("why", ["forgotten", "lapsed", "revoked", "rescue"])
def test_a_box_waits_for_a_person_and_says_why_it_came_sealed(
    phone: SealedPhone, town: Town, why: str
) -> None:
    written = _not_home(phone, town)
    reply = phone.hand_over(phone.boxes(why))
    code = f"sent-sealed-{why}"
    assert reply.get_json() == {
        "ids": [written],
        "outcomes": [{"id": written, "outcome": "quarantined", "code": code}],
        "revoked": False,
    }
    [kept] = _kept()
    assert (kept.author_id, kept.device_id) == (phone.account.id, phone.device_id)
    assert (kept.dossier_id, kept.address_id) == (town.stops[0].id, town.stops[0].address_id)
    assert (kept.kind, kept.reason) == ("visit.record", code)
    assert kept.body["body"]["outcome"] == "not_home"
    assert db.session.query(ContactAttempt).count() == 0


def test_it_arrives_after_the_account_was_closed_and_the_device_revoked(
    phone: SealedPhone, town: Town
) -> None:
    _not_home(phone, town)
    phone.account.active = False
    db.session.get_one(Device, phone.device_id).revoked_at = now()
    db.session.commit()
    assert phone.post().status_code == 401
    assert phone.hand_over(phone.boxes("revoked")).status_code == 200
    assert len(_kept()) == 1


def test_a_coordinator_can_let_it_in_after_all(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    _not_home(phone, town)
    phone.hand_over()
    settled = settle(client, headers_for(town.person("coordinator")), _kept()[0])
    assert settled.get_json()["state"] == "applied"
    assert [a.outcome for a in db.session.query(ContactAttempt)] == ["not_home"]


def test_handed_over_twice_it_waits_once(phone: SealedPhone, town: Town) -> None:
    written = _not_home(phone, town)
    phone.hand_over()
    first = phone.outcomes[written]
    phone.hand_over()
    assert phone.outcomes[written] == first
    assert len(_kept()) == 1


def test_sent_plainly_afterwards_it_has_no_effect_either(phone: SealedPhone, town: Town) -> None:
    written = _not_home(phone, town)
    phone.hand_over()
    phone.sync()
    assert phone.outcomes[written]["code"] == "sent-sealed-forgotten"
    assert (len(_kept()), db.session.query(ContactAttempt).count()) == (1, 0)


def test_what_was_applied_before_is_not_put_aside(phone: SealedPhone, town: Town) -> None:
    written = _not_home(phone, town)
    phone.post()
    phone.hand_over()
    assert phone.outcome(written) == "already_applied"
    assert _kept() == []


def test_the_same_id_with_another_body_is_refused(phone: SealedPhone, town: Town) -> None:
    written = _not_home(phone, town)
    phone.post()
    phone.outbox[0]["body"]["outcome"] = "refused"
    phone.hand_over()
    assert phone.outcomes[written]["code"] == "same-id-other-body"


def test_words_of_an_erased_household_are_not_kept(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    talk = make_talk(town)
    written = _note(phone, talk)
    other = Phone(client, phone.account)
    other.write(talk.id, "dossier.discard")
    other.sync()
    phone.hand_over()
    assert phone.outcomes[written] == {
        "id": written,
        "outcome": "erased",
        "code": "dossier-erased",
    }
    assert _kept() == []


def test_words_after_consent_was_taken_back_are_not_kept(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    talk = make_talk(town)
    written = _note(phone, talk)
    other = Phone(client, phone.account)
    other.write(talk.id, "consent.withdraw", consent_id=talk.consents["note"].id)
    other.sync()
    phone.hand_over()
    assert phone.outcomes[written]["code"] == "entry-erased"
    assert _kept() == []


def test_a_note_that_was_taken_out_before_it_came_is_not_kept(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    talk = make_talk(town)
    taken_out, kept = _note(phone, talk), _note(phone, talk)
    other = Phone(client, phone.account)
    other.write(talk.id, "note.remove", note_id=phone.outbox[0]["body"]["note_id"])
    other.sync()
    phone.hand_over()
    assert phone.outcomes[taken_out]["code"] == "entry-erased"
    assert phone.outcomes[kept]["code"] == "sent-sealed-forgotten"


def test_a_citizen_service_number_in_a_box_is_masked(phone: SealedPhone, town: Town) -> None:
    _note(phone, make_talk(town), text="BSN 123456782")
    phone.hand_over()
    assert "123456782" not in str(_kept()[0].body)


def test_a_box_nobody_can_open_is_kept_and_can_only_be_discarded(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    written = _not_home(phone, town)
    escrow.remove_private_half(phone.escrow_key["id"])
    said = phone.boxes()
    phone.hand_over(said)
    [kept] = _kept()
    assert (kept.kind, kept.reason, kept.dossier_id) == ("sealed", "cannot-open", written)
    assert kept.body["body"] == {"box": said["boxes"][0]["box"]}
    coordinator = headers_for(town.person("coordinator"))
    statuses = [
        client.post(
            f"/v1/quarantine/{kept.id}/settlement",
            headers=coordinator,
            json={"decision": decision, "reason": "sleutel weg"},
        ).status_code
        for decision in ("apply", "discard")
    ]
    assert statuses == [409, 200]


@pytest.mark.parametrize(
    "plain",
    [b"", b"[]", b"\xff", b'{"id": 1}', b"[" * 100_000],
    ids=["nothing", "a list", "no text", "no mutation", "deep"],
)
def test_a_box_that_holds_no_mutation_is_kept_too(
    phone: SealedPhone, plain: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escrow, "opened", lambda *_: plain)
    box = {"id": new_id(), "box": b64encode(b"123456782").decode()}
    phone.hand_over(phone.boxes(boxes=[box]))
    assert _kept()[0].body["body"] == {"box": box["box"]}


def test_a_box_under_the_id_of_another_mutation_is_not_taken_for_it(
    phone: SealedPhone, town: Town
) -> None:
    _not_home(phone, town)
    box = phone.box(phone.outbox[0]) | {"id": new_id()}
    phone.hand_over(phone.boxes(boxes=[box]))
    assert phone.outcomes[box["id"]]["code"] == "cannot-open"


def test_what_could_not_be_opened_counts_when_it_comes_plainly(
    phone: SealedPhone, town: Town
) -> None:
    written = _not_home(phone, town)
    escrow.remove_private_half(phone.escrow_key["id"])
    phone.hand_over()
    phone.sync()
    assert phone.outcome(written) == "applied"
    assert _kept() == []
    assert db.session.get_one(Mutation, written).kind == "visit.record"


def test_good_boxes_arrive_beside_a_damaged_one(phone: SealedPhone, town: Town) -> None:
    good = _not_home(phone, town)
    bad = {"id": new_id(), "box": b64encode(b"\x01 damaged").decode()}
    phone.hand_over(phone.boxes(boxes=[bad, phone.box(phone.outbox[0])]))
    assert phone.outcomes[good]["code"] == "sent-sealed-forgotten"
    assert phone.outcomes[bad["id"]]["code"] == "cannot-open"


@pytest.mark.parametrize("part", ["device_id", "made_at", "why", "boxes", "order"])
def test_a_signature_for_something_else_is_refused(
    phone: SealedPhone, town: Town, part: str
) -> None:
    _not_home(phone, town)
    _not_home(phone, town, 1)
    said = phone.boxes()
    other = SealedPhone(phone.client, phone.account)
    other.seal()
    said |= {
        "device_id": {"device_id": other.device_id},
        "made_at": {"made_at": "2026-02-03T14:30:00Z"},
        "why": {"why": "revoked"},
        "boxes": {"boxes": said["boxes"][:1]},
        "order": {"boxes": said["boxes"][::-1]},
    }[part]
    reply = phone.hand_over(said)
    assert (reply.status_code, reply.get_json()["code"]) == (403, "device-unknown")
    assert _kept() == []


def test_unknown_unsealed_and_wrongly_signed_look_alike(
    client: FlaskClient, phone: SealedPhone, town: Town
) -> None:
    unsealed = SealedPhone(client, phone.account, escrow_key=phone.escrow_key)
    unsealed.sync()
    unknown = SealedPhone(client, phone.account, escrow_key=phone.escrow_key)
    thief = SealedPhone(client, phone.account, phone.device_id, escrow_key=phone.escrow_key)
    replies = [who.hand_over() for who in (unsealed, unknown, thief)]
    assert {(reply.status_code, reply.data) for reply in replies} == {(403, replies[0].data)}


def test_who_floods_has_to_wait_and_a_stranger_cannot_make_a_device_wait(
    client: FlaskClient, phone: SealedPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "FREE_REQUESTS", 2)
    thief = SealedPhone(client, phone.account, phone.device_id, escrow_key=phone.escrow_key)
    assert [thief.hand_over().status_code for _ in range(5)] == [403] * 5
    assert [phone.hand_over().status_code for _ in range(4)] == [200, 200, 200, 429]


def test_an_address_that_floods_has_to_wait(
    client: FlaskClient, phone: SealedPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "FREE_REQUESTS", 0)
    stranger = SealedPhone(client, phone.account, escrow_key=phone.escrow_key)
    assert [stranger.hand_over().status_code for _ in range(2)] == [403, 429]
    tries.forget(tries.key_of("boxes-origin", "127.0.0.1"))
    db.session.commit()
    assert stranger.hand_over().status_code == 403


def test_more_than_eight_megabytes_is_too_large(phone: SealedPhone) -> None:
    box = {"id": new_id(), "box": b64encode(bytes(box_routes.LARGEST_HAND_OVER)).decode()}
    assert phone.hand_over(phone.boxes(boxes=[box])).status_code == 413
    box["box"] = b64encode(bytes(5 * 1024 * 1024)).decode()
    assert phone.hand_over(phone.boxes(boxes=[box])).status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"made_at": "2026-02-03T14:30:00"},
        {"made_at": "2026-02-03\n14:30:00Z"},
        {"why": "bored"},
        {"boxes": [{"id": "a", "box": ""}]},
        {"boxes": [{"id": "00000000-0000-4000-8000-000000000000\n", "box": ""}]},
        {"signature": "AAAA"},
        {"signature": 7},
    ],
)
def test_what_is_no_hand_over_is_an_input_error(phone: SealedPhone, odd: dict[str, Any]) -> None:
    assert phone.hand_over(phone.boxes() | odd).status_code == 400


def test_a_device_hears_without_a_session_that_it_was_reported_lost(
    phone: SealedPhone, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "FREE_REQUESTS", 0)
    _not_home(phone, town)
    asks = phone.boxes("asked", boxes=[])
    assert phone.hand_over(asks).get_json() == {"ids": [], "outcomes": [], "revoked": False}
    db.session.get_one(Device, phone.device_id).revoked_at = now()
    db.session.commit()
    assert phone.hand_over(asks).get_json()["revoked"] is True
    assert _kept() == []
    # However often it asked, it can still hand over.
    assert phone.hand_over(phone.boxes("revoked")).get_json()["outcomes"] != []


def test_who_asks_with_boxes_is_told_that_this_is_no_hand_over(
    phone: SealedPhone, town: Town
) -> None:
    _not_home(phone, town)
    assert phone.hand_over(phone.boxes("asked")).status_code == 400
    assert _kept() == []


def test_a_hand_over_is_in_the_trail(phone: SealedPhone, town: Town) -> None:
    _not_home(phone, town)
    phone.hand_over(phone.boxes("revoked"))
    entry = db.session.scalars(select(TrailEntry).where(TrailEntry.action == "boxes.receive")).one()
    assert (entry.actor_id, entry.object_id, entry.reason) == (
        phone.account.id,
        phone.device_id,
        "revoked",
    )
    assert db.session.scalar(select(func.count()).select_from(Mutation)) == 1

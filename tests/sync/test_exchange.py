"""The exchange: one request, receipts, parts, and healing by itself."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import literal, select, union_all, update

from outreach.campaigns.models import Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.guides.models import Guide
from outreach.plans import scope as plans_scope
from outreach.sync import answering
from outreach.sync.models import IssuedDossier, Mutation, Receipt
from outreach.visits.models import ContactAttempt
from tests.contract.scenarios import talk_and_plan
from tests.factories.phone import Phone
from tests.factories.town import Town, build_town

MakePhone = Callable[[str], Phone]


@pytest.fixture
def phone_of(client: FlaskClient, town: Town) -> MakePhone:
    return lambda role: Phone(client, town.person(role))


def _not_home(phone: Phone, town: Town, place: int = 0, came_from: str = "") -> str:
    return phone.write(
        town.stops[place].id,
        "visit.record",
        outcome="not_home",
        from_=came_from,
        details={},
        date=today().isoformat(),
        day_part="afternoon",
    )


def test_one_request_brings_the_whole_round(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    assert phone.requests == 1
    assert [b["state"] for b in phone.of_kind("round")] == ["published"]
    assert len(phone.of_kind("stop")) == len(town.stops)
    assert len(phone.of_kind("guide")) == len(phone.of_kind("consent_text")) == 1
    assert phone.of_kind("profile")[0]["municipality"]["name"] == town.municipality.name


def test_what_the_phone_came_to_itself_does_not_travel_back(
    town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    door = town.stops[0].id
    _not_home(phone, town)
    [lost] = [d for d in phone.post().get_json()["dossiers"] if d["id"] == door]

    reply = phone.post(expects={door: lost["version"]}).get_json()
    assert (reply["as_expected"], reply["dossiers"]) == ([door], [])
    phone.dossiers[door] = lost
    phone.apply(reply)
    after = phone.post().get_json()
    assert (after["need_holdings"], after["dossiers"]) == (False, [])
    assert after["receipt"] == reply["receipt"]


def test_what_the_phone_did_not_come_to_arrives_whole(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    door = town.stops[0].id
    _not_home(phone, town)
    stranger = new_id()
    reply = phone.post(expects={door: "0" * 32, stranger: "0" * 32}).get_json()
    assert reply["as_expected"] == []
    assert [d["id"] for d in reply["dossiers"]] == [door]


def test_what_is_as_expected_takes_no_room_in_a_part(
    town: Town, phone_of: MakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of("volunteer")
    versions = {d["id"]: d["version"] for d in phone.post().get_json()["dossiers"]}
    monkeypatch.setattr(answering, "PART_BYTES", 1)
    reply = phone.post(expects=versions).get_json()
    assert sorted(reply["as_expected"]) == sorted(versions)
    assert (reply["dossiers"], reply["more"]) == ([], False)


def test_nothing_new_is_one_request_under_a_kilobyte(phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    reply = phone.post()
    assert len(reply.data) < 1024
    assert (reply.get_json()["dossiers"], reply.get_json()["drops"]) == ([], [])
    assert reply.get_json()["receipt"] == phone.receipt


def test_what_a_phone_records_is_on_the_server_once(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    written = _not_home(phone, town)
    phone.sync()
    assert phone.outcome(written) == "applied"
    assert [a.outcome for a in db.session.query(ContactAttempt)] == ["not_home"]
    assert phone.body(town.stops[0].id)["attempt"]["outcome"] == "not_home"


def test_an_answer_that_was_lost_is_told_again_with_one_effect(
    town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    written = _not_home(phone, town)
    phone.post()
    phone.sync()
    assert phone.outcome(written) == "already_applied"
    assert db.session.query(Mutation).count() == db.session.query(ContactAttempt).count() == 1


def test_the_same_id_with_another_body_is_refused(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    written = _not_home(phone, town)
    phone.post()
    phone.outbox[0]["body"]["outcome"] = "empty"
    phone.sync()
    assert phone.outcomes[written]["code"] == "same-id-other-body"
    assert [a.outcome for a in db.session.query(ContactAttempt)] == ["not_home"]


def test_an_unknown_receipt_costs_one_round_trip_and_no_dossier(phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    db.session.query(Receipt).delete()
    db.session.commit()
    phone.requests = 0
    reply = phone.post()
    assert reply.get_json()["need_holdings"] is True
    versions = {id_: d["version"] for id_, d in phone.dossiers.items()}
    assert phone.post(holdings=versions).get_json()["dossiers"] == []
    assert phone.requests == 2


def test_a_damaged_phone_heals(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    lost = town.stops[2].id
    del phone.dossiers[lost]
    phone.dossiers[town.stops[3].id]["version"] = "something old"
    phone.sync()
    assert phone.body(lost)["position"] == 2
    assert phone.dossiers[town.stops[3].id]["version"] != "something old"


def test_a_round_given_to_another_pair_leaves_the_phone(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    town.round.state = "draft"
    db.session.commit()
    phone.sync()
    assert phone.of_kind("round") == phone.of_kind("stop") == []


def test_the_right_to_write_outlives_the_right_to_read(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    written = _not_home(phone, town)
    for member in town.members():
        db.session.delete(member)
    db.session.commit()
    phone.sync()
    assert phone.outcome(written) == "applied"


def test_a_door_never_issued_to_this_account_goes_to_quarantine(
    town: Town, phone_of: MakePhone
) -> None:
    stranger = phone_of("other_volunteer")
    stranger.sync()
    written = _not_home(stranger, town)
    stranger.sync()
    assert stranger.outcomes[written] == {
        "id": written,
        "outcome": "quarantined",
        "code": "no-right",
    }
    assert db.session.query(ContactAttempt).count() == 0


def test_an_unknown_kind_is_kept_and_its_followers_go_with_it(
    town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    odd = phone.write(town.stops[0].id, "visit.dance", step=1)
    follower = _not_home(phone, town)
    elsewhere = _not_home(phone, town, 1)
    phone.sync()
    assert [phone.outcomes[m]["code"] for m in (odd, follower)] == [
        "unknown-kind",
        "follows-another",
    ]
    assert phone.outcome(elsewhere) == "applied"
    assert phone.outbox == []


def test_one_bad_mutation_harms_none_of_its_neighbours(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    good = _not_home(phone, town, 0)
    bad = phone.write(town.stops[1].id, "visit.record", outcome="flew away")
    also_good = _not_home(phone, town, 2)
    phone.sync()
    assert [phone.outcome(m) for m in (good, bad, also_good)] == [
        "applied",
        "quarantined",
        "applied",
    ]


def test_both_of_a_pair_recording_one_door_keep_both_words(town: Town, phone_of: MakePhone) -> None:
    anna, partner = phone_of("volunteer"), phone_of("partner_of_pair")
    anna.sync()
    partner.sync()
    _not_home(anna, town)
    later = partner.write(
        town.stops[0].id,
        "visit.record",
        outcome="empty",
        from_="",
        details={},
        date=today().isoformat(),
        day_part="afternoon",
    )
    anna.sync()
    partner.sync()
    assert partner.outcome(later) == "conflicted"
    stop = partner.body(town.stops[0].id)
    assert stop["attempt"]["outcome"] == "empty"
    assert [(d["shown"], d["other"]) for d in stop["differences"]] == [("empty", "not_home")]
    anna.sync()
    anna.write(
        town.stops[0].id,
        "difference.settle",
        difference_id=stop["differences"][0]["id"],
        keep="other",
    )
    anna.sync()
    assert anna.body(town.stops[0].id)["attempt"]["outcome"] == "not_home"
    assert anna.body(town.stops[0].id)["differences"] == []


def test_a_large_answer_comes_in_parts_and_drops_come_last(
    town: Town, phone_of: MakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    gone = "00000000-0000-4000-8000-000000000000"
    phone.dossiers = {gone: {"version": "old", "kind": "stop", "body": {}}}
    monkeypatch.setattr(answering, "PART_BYTES", 1500)
    versions = {gone: "old"}
    first = phone.post(holdings=versions).get_json()
    assert (first["more"], first["drops"]) == (True, [])
    phone.apply(first)
    phone.sync()
    assert gone not in phone.dossiers
    assert len(phone.of_kind("stop")) == len(town.stops)


def test_nothing_crosses_the_municipality(client: FlaskClient, town: Town) -> None:
    other = build_town("Elzendam")
    stranger = Phone(client, other.person("volunteer"))
    stranger.sync()
    written = _not_home(stranger, town)
    stranger.sync()
    assert stranger.outcome(written) == "quarantined"
    said = json.dumps([d["body"] for d in stranger.dossiers.values()])
    assert town.team.id not in said
    assert not any(stop.id in said for stop in town.stops)


def test_a_device_of_another_account_is_refused(town: Town, phone_of: MakePhone) -> None:
    mine, theirs = phone_of("volunteer"), phone_of("partner_of_pair")
    mine.sync()
    theirs.device_id = mine.device_id
    reply = theirs.post()
    assert (reply.status_code, reply.get_json()["code"]) == (409, "device-of-another")


def test_half_a_request_changes_nothing(
    client: FlaskClient, town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    _not_home(phone, town)
    whole = json.dumps(phone.request())
    for cut in (1, len(whole) // 2, len(whole) - 1):
        reply = client.post(
            "/v1/sync", data=whole[:cut], headers=phone.headers, content_type="application/json"
        )
        assert reply.status_code == 400
    assert db.session.query(Mutation).count() == 0


def test_a_receipt_of_another_device_says_nothing(phone_of: MakePhone) -> None:
    first, second = phone_of("volunteer"), phone_of("volunteer")
    first.sync()
    second.sync()
    answer = second.post(receipt=first.receipt).get_json()
    assert answer["need_holdings"] is True


def test_only_supervisors_of_the_own_district_are_there_to_call(
    town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    names = [who["first_name"] for who in phone.of_kind("profile")[0]["supervisors"]]
    assert names == [town.person("supervisor").first_name]


@pytest.mark.parametrize(("days", "outcome"), [(14, "applied"), (15, "quarantined")])
def test_the_right_to_write_ends_after_14_days(
    town: Town, phone_of: MakePhone, days: int, outcome: str
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    own = town.person("volunteer").id
    for member in town.members():
        if member.account_id == own:
            db.session.delete(member)
    issued = update(IssuedDossier).values(last_at=now() - timedelta(days=days) + timedelta(hours=1))
    db.session.execute(issued)
    db.session.commit()
    said = _not_home(phone, town)
    phone.sync()
    assert phone.outcome(said) == outcome


def test_what_is_left_out_beyond_the_limit_is_said(
    phone_of: MakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [new_id() for _ in range(63)]
    monkeypatch.setattr(
        plans_scope, "phone_households", lambda _: union_all(*(select(literal(i)) for i in many))
    )
    phone = phone_of("other_volunteer")
    phone.sync()
    assert phone.of_kind("profile")[0]["left_out"] == 3


def test_the_guide_of_an_open_talk_stays_when_the_campaign_takes_another(
    town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    talk_and_plan(phone, town, {})
    phone.sync()
    before = town.guide
    newer = Guide(
        id=new_id(),
        municipality_id=before.municipality_id,
        key=before.key,
        version="later",
        title=before.title,
        content=before.content,
        published_at=now(),
    )
    db.session.add(newer)
    db.session.flush()
    db.session.get_one(Campaign, town.round.campaign_id).guide_id = newer.id
    db.session.commit()
    phone.sync()
    assert {before.id, newer.id} <= set(phone.dossiers)

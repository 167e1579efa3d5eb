"""Thrown away is gone: on the server, in quarantine, and when it is sent once more."""

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id, today
from outreach.conversations.agreement import HEALTH
from outreach.db import METADATA, db
from outreach.sync.models import Quarantined
from tests.contract.scenarios import talk_and_plan
from tests.factories.phone import Phone
from tests.factories.town import Town

MARK = "Mankement-in-de-kelder"


@pytest.fixture
def phone(client: FlaskClient, town: Town) -> Phone:
    return Phone(client, town.person("volunteer"))


def _everything_stored() -> str:
    """Every value of every row of every table, as one text."""
    rows = [db.session.execute(select(table)).all() for table in METADATA.sorted_tables]
    return json.dumps(rows, default=str)


def _talk_with_mark(phone: Phone, town: Town) -> dict[str, str]:
    ids: dict[str, str] = {}
    phone.sync()
    talk_and_plan(phone, town, ids)
    phone.write(
        town.stops[0].household_id,
        "note.add",
        note_id=ids["goal"],
        conversation_id=town.stops[0].conversation_id,
        domain="home_and_surroundings",
        position=5,
        text=MARK,
    )
    return ids


def test_a_talk_is_stored_before_it_is_thrown_away(phone: Phone, town: Town) -> None:
    _talk_with_mark(phone, town)
    phone.sync()
    assert MARK in _everything_stored()


def test_everything_thrown_away_leaves_no_trace(phone: Phone, town: Town) -> None:
    _talk_with_mark(phone, town)
    phone.sync()
    household_id = town.stops[0].household_id
    thrown = phone.write(household_id, "dossier.discard")
    phone.sync()
    assert phone.outcome(thrown) == "applied"
    assert household_id not in phone.dossiers
    assert MARK not in _everything_stored()


def test_what_comes_after_is_erased_too(phone: Phone, town: Town) -> None:
    ids = _talk_with_mark(phone, town)
    household_id = town.stops[0].household_id
    phone.write(household_id, "dossier.discard")
    late = phone.write(
        household_id,
        "note.add",
        note_id=ids["step"],
        conversation_id=town.stops[0].conversation_id,
        domain="home_and_surroundings",
        position=6,
        text=MARK,
    )
    phone.sync()
    assert phone.outcome(late) == "erased"
    assert MARK not in _everything_stored()


def test_what_comes_again_after_the_erasure_is_told_to_be_erased(phone: Phone, town: Town) -> None:
    """The answer was lost, another phone threw everything away: the words leave this phone too."""
    _talk_with_mark(phone, town)
    household_id = town.stops[0].household_id
    sent = list(phone.outbox)
    phone.post()
    other = Phone(phone.client, phone.account)
    other.write(household_id, "dossier.discard")
    other.sync()
    answer = phone.post().get_json()
    about = {m["id"] for m in sent if m["dossier_id"] == household_id}
    told = [line for line in answer["outcomes"] if line["id"] in about]
    assert {(line["outcome"], line["code"]) for line in told} == {("erased", "dossier-erased")}


def test_a_later_talk_at_that_door_gets_a_dossier_of_its_own(phone: Phone, town: Town) -> None:
    _talk_with_mark(phone, town)
    phone.sync()
    before = phone.body(town.stops[0].id)["reserved"]
    phone.write(town.stops[0].household_id, "dossier.discard")
    phone.sync()
    after = phone.body(town.stops[0].id)["reserved"]
    assert after["attempt_id"] == before["attempt_id"]
    assert not {after["household_id"], after["conversation_id"], after["plan_id"]} & set(
        before.values()
    )


def _discards_and_talks_anew(phone: Phone, town: Town, new: dict[str, str]) -> str:
    """Offline at one door: thrown away, and then they talk after all."""
    stop = town.stops[0]
    phone.write(stop.household_id, "dossier.discard", stop_id=stop.id, **new)
    return phone.write(
        new["household_id"],
        "conversation.open",
        conversation_id=new["conversation_id"],
        stop_id=stop.id,
        guide_id=town.guide.id,
        consent_text_id=town.consent_text.id,
        noted=True,
        date=today().isoformat(),
    )


def test_a_talk_begun_before_the_erasure_was_sent_is_kept(phone: Phone, town: Town) -> None:
    _talk_with_mark(phone, town)
    phone.sync()
    new = {name: new_id() for name in ("household_id", "conversation_id", "plan_id")}
    begun = _discards_and_talks_anew(phone, town, new)
    phone.sync()
    assert phone.outcome(begun) == "applied"
    assert new["household_id"] in phone.dossiers
    reserved = phone.body(town.stops[0].id)["reserved"]
    assert {name: reserved[name] for name in new} == new
    assert MARK not in _everything_stored()


def test_ids_that_were_used_are_not_reserved_again(phone: Phone, town: Town) -> None:
    _talk_with_mark(phone, town)
    phone.sync()
    other = town.stops[1]
    used = {name: getattr(other, name) for name in ("household_id", "conversation_id", "plan_id")}
    stop = town.stops[0]
    thrown = phone.write(stop.household_id, "dossier.discard", stop_id=stop.id, **used)
    phone.sync()
    assert phone.outcome(thrown) == "applied"
    reserved = phone.body(stop.id)["reserved"]
    assert not set(used.values()) & set(reserved.values())


def test_erasure_does_not_wait_behind_quarantine(phone: Phone, town: Town) -> None:
    phone.sync()
    household_id = town.stops[0].household_id
    stuck = phone.write(household_id, "note.sing", text=MARK)
    phone.sync()
    assert phone.outcome(stuck) == "quarantined"
    assert MARK in _everything_stored()
    thrown = phone.write(household_id, "dossier.discard")
    phone.sync()
    assert phone.outcome(thrown) == "applied"
    assert db.session.query(Quarantined).count() == 0
    assert MARK not in _everything_stored()


def test_a_change_that_waits_goes_with_its_note(phone: Phone, town: Town) -> None:
    """*Haal dit weg* outranks quarantine: what was to become of the note is taken out with it."""
    ids = _talk_with_mark(phone, town)
    phone.sync()
    household_id = town.stops[0].household_id
    phone.write(household_id, "note.colour", colour="red")
    waits = phone.write(
        household_id, "note.amend", note_id=ids["goal"], text=f"{MARK}, en nat", from_=MARK
    )
    phone.sync()
    assert phone.outcome(waits) == "quarantined"
    phone.write(household_id, "note.remove", note_id=ids["goal"])
    phone.sync()
    assert MARK not in _everything_stored()


def test_what_waits_about_health_goes_with_the_consent_and_the_rest_waits_on(
    phone: Phone, town: Town
) -> None:
    stop, ids = town.stops[0], dict[str, str]()
    phone.sync()
    talk_and_plan(phone, town, ids)
    phone.sync()
    note = {"conversation_id": stop.conversation_id, "position": 5, "text": MARK}
    late, known = new_id(), ids["second"]
    kept = phone.write(stop.household_id, "note.sing", text="een liedje")
    for kind, body in (
        ("note.add", note | {"note_id": late, "domain": HEALTH}),
        ("note.amend", {"note_id": late, "text": MARK, "from": "iets"}),
        ("note.amend", {"note_id": known, "text": MARK, "from": "iets"}),
        ("note.add", note | {"note_id": [late], "domain": HEALTH}),
        ("goal.set", {"goal_id": late, "domain": HEALTH, "text": MARK}),
        ("step.set", {"step_id": new_id(), "goal_id": late, "text": MARK}),
        ("step.set", {"step_id": new_id(), "goal_id": ids["goal"], "text": "blijft"}),
    ):
        phone.write(stop.household_id, kind, **body)
    phone.sync()
    assert db.session.query(Quarantined).count() == 8
    phone.write(stop.household_id, "consent.withdraw", consent_id=ids["health_consent"])
    phone.sync()
    waiting = db.session.scalars(select(Quarantined)).all()
    assert {one.kind for one in waiting} == {"note.sing", "step.set"}
    assert [one.body["id"] for one in waiting if one.kind == "note.sing"] == [kept]
    assert [one.body["body"]["text"] for one in waiting if one.kind == "step.set"] == ["blijft"]
    assert MARK not in _everything_stored()
    assert [n["id"] for n in phone.body(stop.household_id)["notes"]] == [ids["first"]]


def test_words_about_health_without_evidence_wait_and_say_so(phone: Phone, town: Town) -> None:
    stop = town.stops[0]
    phone.sync()
    phone.write(
        stop.household_id,
        "conversation.open",
        conversation_id=stop.conversation_id,
        stop_id=stop.id,
        guide_id=town.guide.id,
        consent_text_id=town.consent_text.id,
        noted=True,
        date=today().isoformat(),
    )
    consent = {
        "consent_id": new_id(),
        "conversation_id": stop.conversation_id,
        "purpose": "note",
        "given": True,
        "consent_text_id": town.consent_text.id,
        "language": "nl",
        "how": "spoken",
        "team_id": None,
    }
    phone.write(stop.household_id, "consent.record", **consent)
    said = phone.write(
        stop.household_id,
        "note.add",
        note_id=new_id(),
        conversation_id=stop.conversation_id,
        domain=HEALTH,
        position=0,
        text=MARK,
    )
    phone.sync()
    assert phone.outcomes[said] == {
        "id": said,
        "outcome": "quarantined",
        "code": "no-consent-to-health",
    }

"""What was thrown away is told to every phone that had a part in it, until that phone heard."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from outreach.clock import new_id
from outreach.conversations.models import Forgotten
from outreach.db import db
from outreach.privacy.erasing import erase_household
from outreach.privacy.restoring import end_again
from outreach.sync import answering, telling
from outreach.sync.models import ToForget
from tests.contract.scenarios import talk_and_plan
from tests.factories.phone import Phone
from tests.factories.town import Town

MakePhone = Callable[[str], Phone]


@pytest.fixture
def phone_of(client: FlaskClient, town: Town) -> MakePhone:
    return lambda role: Phone(client, town.person(role))


def _talked(phone: Phone, town: Town) -> dict[str, str]:
    ids: dict[str, str] = {}
    phone.sync()
    talk_and_plan(phone, town, ids)
    phone.sync()
    return ids


def _erase(town: Town) -> None:
    erase_household(town.municipality.id, town.stops[0].household_id)
    db.session.commit()


def _told(phone: Phone) -> list[dict[str, str]]:
    """What the next answer names; the phone applies it."""
    answer: dict[str, Any] = phone.post().get_json()
    phone.apply(answer)
    told: list[dict[str, str]] = answer["erased"]
    return told


def _whole(town: Town) -> dict[str, str]:
    household_id = town.stops[0].household_id
    return {"dossier_id": household_id, "what": "household", "id": household_id}


def test_a_household_that_a_desk_erased_is_named_until_the_phone_heard(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    _talked(phone, town)
    gone = _whole(town)
    _erase(town)
    assert phone.post().get_json()["erased"] == [gone]
    assert _told(phone) == [gone]
    assert _told(phone) == []
    assert db.session.query(ToForget).count() == 0


def test_a_talk_that_comes_in_the_same_request_as_its_end_is_named_too(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    talk_and_plan(phone, town, {})
    gone = _whole(town)
    household_id = gone["id"]
    unfit = phone.write(household_id, "domain.assess", domain="money_and_schemes")
    phone.write(household_id, "dossier.discard")
    told = _told(phone)
    assert phone.outcome(unfit) == "quarantined"
    assert told == [gone]


def test_a_talk_that_comes_in_the_same_request_as_their_no_is_named_too(
    phone_of: MakePhone, town: Town
) -> None:
    phone, stop = phone_of("volunteer"), town.stops[0]
    phone.sync()
    talk_and_plan(phone, town, {})
    no = phone.write(
        stop.household_id,
        "consent.record",
        consent_id=new_id(),
        conversation_id=stop.conversation_id,
        purpose="note",
        given=False,
        consent_text_id=town.consent_text.id,
        language="nl",
        how="spoken",
        team_id=None,
    )
    told = _told(phone)
    assert phone.outcome(no) == "applied"
    noting = {"dossier_id": stop.household_id, "what": "noting", "id": stop.household_id}
    assert noting in told


def test_an_idle_answer_stays_small(phone_of: MakePhone, town: Town) -> None:
    phone = phone_of("volunteer")
    _talked(phone, town)
    _erase(town)
    phone.sync()
    phone.sync()
    assert len(phone.post().data) < 1024


def test_the_phone_hears_it_also_when_the_round_is_another_pairs_by_then(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    _talked(phone, town)
    for member in town.members():
        db.session.delete(member)
    town.round.state = "draft"
    db.session.commit()
    phone.sync()
    gone = _whole(town)
    _erase(town)
    assert _told(phone) == [gone]


def test_each_phone_of_a_volunteer_hears_it_for_itself(phone_of: MakePhone, town: Town) -> None:
    first, second = phone_of("volunteer"), phone_of("volunteer")
    second.sync()
    _talked(first, town)
    second.sync()
    gone = _whole(town)
    _erase(town)
    assert _told(first) == [gone]
    assert _told(second) == [gone]
    assert _told(first) == _told(second) == []


def test_nobody_hears_of_a_household_they_never_had_a_part_in(
    phone_of: MakePhone, town: Town
) -> None:
    partner, stranger = phone_of("partner_of_pair"), phone_of("other_volunteer")
    partner.sync()
    stranger.sync()
    _talked(phone_of("volunteer"), town)
    partner.sync()
    household_id = town.stops[0].household_id
    _erase(town)
    for phone in (partner, stranger):
        assert household_id not in phone.post().get_data(as_text=True)


def test_a_phone_whose_words_only_wait_in_quarantine_hears_it(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    phone.write(town.stops[0].household_id, "note.sing", text="la")
    phone.sync()
    gone = _whole(town)
    _erase(town)
    assert _told(phone) == [gone]


def test_an_app_that_cannot_hear_it_yet_hears_it_once_it_is_renewed(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    _talked(phone, town)
    gone = _whole(town)
    _erase(town)
    for _ in range(2):
        answer = phone.post(schema=1).get_json()
        assert (answer["schema"], {"device_id", "erased", "renew"} & set(answer)) == (1, set())
        phone.apply(answer)
    assert _told(phone) == [gone]


def test_it_comes_with_the_last_part_where_drops_are_too(
    phone_of: MakePhone, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of("volunteer")
    _talked(phone, town)
    gone = _whole(town)
    _erase(town)
    phone.dossiers = {}
    monkeypatch.setattr(answering, "PART_BYTES", 1500)
    first = phone.post(holdings={}).get_json()
    assert (first["more"], first["erased"]) == (True, [])
    phone.apply(first)
    told = []
    while first["more"]:
        first = phone.post().get_json()
        phone.apply(first)
        told += first["erased"]
    assert told == [gone]


def test_many_are_told_a_part_at_a_time(
    phone_of: MakePhone, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_TOLD", 1)
    phone = phone_of("volunteer")
    phone.sync()
    for stop in town.stops[:2]:
        phone.write(stop.household_id, "note.sing", text="la")
    phone.sync()
    ids = {stop.household_id for stop in town.stops[:2]}
    for household_id in ids:
        erase_household(town.municipality.id, household_id)
    db.session.commit()
    told = [_told(phone), _told(phone), _told(phone)]
    assert [len(lines) for lines in told] == [1, 1, 0]
    assert {line["id"] for lines in told for line in lines} == ids


@pytest.mark.parametrize(
    ("what", "kind", "named"),
    [
        ("note", "note.remove", "first"),
        ("noting", "consent.withdraw", "note_consent"),
        ("health", "consent.withdraw", "health_consent"),
    ],
)
def test_words_that_were_taken_out_are_told_to_the_other_phone(
    phone_of: MakePhone, town: Town, what: str, kind: str, named: str
) -> None:
    first, second = phone_of("volunteer"), phone_of("volunteer")
    second.sync()
    ids = _talked(first, town)
    second.sync()
    household_id = town.stops[0].household_id
    field = "note_id" if kind == "note.remove" else "consent_id"
    first.write(household_id, kind, **{field: ids[named]})
    first.sync()
    about = ids[named] if what == "note" else household_id
    assert {"dossier_id": household_id, "what": what, "id": about} in _told(second)


def test_how_to_reach_them_taken_back_is_told_to_the_other_phone(
    phone_of: MakePhone, town: Town
) -> None:
    first, second = phone_of("volunteer"), phone_of("volunteer")
    second.sync()
    _talked(first, town)
    household_id, consent_id = town.stops[0].household_id, new_id()
    first.write(
        household_id,
        "consent.record",
        consent_id=consent_id,
        conversation_id=town.stops[0].conversation_id,
        purpose="contact",
        given=True,
        consent_text_id=town.consent_text.id,
        language="nl",
        how="spoken",
        team_id=None,
    )
    first.write(household_id, "consent.withdraw", consent_id=consent_id)
    first.sync()
    second.sync()
    told = {"dossier_id": household_id, "what": "contact", "id": household_id}
    assert second.erased == [told]


def test_what_ends_again_after_an_old_copy_was_put_back_is_told_again(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    ids = _talked(phone, town)
    household_id = town.stops[0].household_id
    phone.write(household_id, "note.remove", note_id=ids["first"])
    phone.sync()
    phone.sync()
    db.session.execute(delete(Forgotten))
    db.session.execute(delete(ToForget))
    end_again()
    db.session.commit()
    assert {"dossier_id": household_id, "what": "note", "id": ids["first"]} in _told(phone)


def test_what_was_taken_back_once_more_before_the_phone_heard_is_told_once_more(
    phone_of: MakePhone, town: Town
) -> None:
    phone = phone_of("volunteer")
    _talked(phone, town)
    household_id = town.stops[0].household_id
    told = {"dossier_id": household_id, "what": "noting", "id": household_id}
    for _ in range(2):
        telling.tell(town.municipality.id, household_id, telling.NOTING, household_id)
        db.session.commit()
        assert _told(phone) == [told]
    assert _told(phone) == []

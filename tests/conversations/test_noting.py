"""Notes in the resident's words: kept unharmed, amended with the original, or gone for good."""

import pytest
from marshmallow import ValidationError
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.access.intents import AlreadyErased, CannotApply
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import new_id
from outreach.conversations import settling
from outreach.conversations.models import Note, NoteOriginal
from outreach.db import db
from tests.conversations.phone import Phone, talking
from tests.factories.town import Town

LEAK = "Het dak lekt"


@pytest.fixture
def phone(town: Town) -> Phone:
    return talking(town)


@pytest.fixture
def partner(town: Town, phone: Phone) -> Phone:
    partner = Phone(town, town.person("partner_of_pair"), town.stops[0])
    partner.opens()
    partner.hears("note")
    return partner


def _amend(phone: Phone, note: str, text: str, was: str) -> Effect:
    return phone.says("note.amend", note_id=note, text=text, was=was)


def _originals() -> list[str]:
    return sorted(row.text for row in db.session.scalars(select(NoteOriginal)))


@pytest.mark.parametrize(
    "text",
    ["👩‍👧 “rust”", "אין לי כסף עכשיו", "x" * 20_000, "regel\n\tregel", "'; DROP TABLE note; --"],
)
def test_what_is_typed_passes_unharmed(phone: Phone, text: str) -> None:
    phone.notes(text)
    db.session.expire_all()
    assert [note["text"] for note in phone.part()["notes"]] == [text]


def test_what_no_database_stores_is_left_out_and_the_note_kept(phone: Phone) -> None:
    phone.notes("voor\0na \ud83d en 🙂")
    db.session.expire_all()
    assert phone.part()["notes"][0]["text"] == "voorna \ufffd en 🙂"


def test_more_than_twenty_thousand_characters_do_not_fit(phone: Phone) -> None:
    with pytest.raises(ValidationError, match="too-long"):
        phone.notes("x" * 20_001)


def test_a_bsn_from_an_old_app_is_masked_and_the_note_kept(phone: Phone) -> None:
    note = phone.notes("Mijn nummer is 111222333, zei hij")
    assert phone.part()["notes"][0]["text"] == "Mijn nummer is *********, zei hij"
    was = "Mijn nummer is 111222333, zei hij"
    assert _amend(phone, note, "Hij noemde 111222333", was) == Effect.APPLIED
    assert phone.part()["notes"][0]["text"] == "Hij noemde *********"


def test_notes_come_by_position(phone: Phone) -> None:
    phone.notes("twee", position=2)
    phone.notes("een", position=1, domain="daily_life")
    assert [note["text"] for note in phone.part()["notes"]] == ["een", "twee"]


def test_the_same_note_in_two_mutations_is_one_note(phone: Phone) -> None:
    note = phone.notes(LEAK)
    phone.notes(LEAK, note_id=note)
    assert phone.last_effect == Effect.MERGED
    assert len(phone.part()["notes"]) == 1


def test_an_amended_note_keeps_its_original_out_of_the_phones_sight(phone: Phone) -> None:
    note = phone.notes(LEAK)
    assert _amend(phone, note, "Het dak lekt boven", LEAK) == Effect.APPLIED
    assert phone.part()["notes"][0]["text"] == "Het dak lekt boven"
    assert _originals() == [LEAK]


def test_of_two_amendments_the_later_shows_and_the_other_waits(phone: Phone) -> None:
    note = phone.notes(LEAK)
    _amend(phone, note, "Lekt boven", LEAK)
    assert _amend(phone, note, "Lekt beneden", LEAK) == Effect.CONFLICTED
    difference = db.session.scalars(select(Difference)).one()
    assert (difference.object_kind, difference.object_id) == ("note", note)
    assert difference.other == {"value": "Lekt boven"}
    settling.settle(difference, "other", actor_of(phone.account))
    assert phone.part()["notes"][0]["text"] == "Lekt boven"
    assert "Lekt beneden" in _originals()


def test_settled_as_shown_the_note_stays(phone: Phone) -> None:
    note = phone.notes(LEAK)
    _amend(phone, note, "Lekt boven", LEAK)
    _amend(phone, note, "Lekt beneden", LEAK)
    difference = db.session.scalars(select(Difference)).one()
    settling.settle(difference, "shown", actor_of(phone.account))
    assert phone.part()["notes"][0]["text"] == "Lekt beneden"


def test_a_removed_note_is_gone_with_its_originals_and_differences(phone: Phone) -> None:
    note = phone.notes(LEAK)
    _amend(phone, note, "Lekt boven", LEAK)
    _amend(phone, note, "Lekt beneden", LEAK)
    assert phone.says("note.remove", note_id=note) == Effect.APPLIED
    assert phone.says("note.remove", note_id=note) == Effect.MERGED
    for kind in (Note, NoteOriginal, Difference):
        assert list(db.session.scalars(select(kind))) == []
    with pytest.raises(AlreadyErased):
        phone.notes(LEAK, note_id=note)
    with pytest.raises(AlreadyErased):
        _amend(phone, note, "Lekt", LEAK)


def test_a_note_removed_before_it_arrives_never_arrives(phone: Phone) -> None:
    note = new_id()
    assert phone.says("note.remove", note_id=note) == Effect.APPLIED
    with pytest.raises(AlreadyErased):
        phone.notes(LEAK, note_id=note)


def test_a_note_of_another_household_cannot_be_touched_from_here(phone: Phone) -> None:
    other = Phone(phone.town, phone.account, phone.town.stops[1])
    other.opens()
    other.hears("note")
    note = other.notes(LEAK)
    with pytest.raises(CannotApply, match="unknown-note"):
        phone.says("note.remove", note_id=note)
    with pytest.raises(CannotApply, match="unknown-note"):
        _amend(phone, note, "x", LEAK)
    with pytest.raises(CannotApply, match="id-in-use"):
        phone.notes("x", note_id=note)
    assert other.part()["notes"][0]["text"] == LEAK


def test_notes_of_both_of_a_pair_come_together(phone: Phone, partner: Phone) -> None:
    phone.notes("van de een", position=0)
    partner.notes("van de ander", position=1)
    assert [note["text"] for note in phone.part()["notes"]] == ["van de een", "van de ander"]
    assert partner.part()["notes"] == []


def _assess(phone: Phone, answer: str, was: str | None) -> Effect:
    return phone.about_talk("domain.assess", domain="daily_life", answer=answer, was=was)


def test_an_answer_follows_the_one_it_was_changed_from(phone: Phone) -> None:
    assert _assess(phone, "goes_well", None) == Effect.APPLIED
    assert _assess(phone, "help_wanted", "goes_well") == Effect.APPLIED
    assert phone.part()["assessments"] == {"daily_life": "help_wanted"}


def test_two_answers_for_one_domain_are_both_kept_under_its_name(
    phone: Phone, partner: Phone
) -> None:
    _assess(phone, "goes_well", None)
    assert _assess(partner, "help_wanted", None) == Effect.CONFLICTED
    difference = db.session.scalars(select(Difference)).one()
    db.session.refresh(difference)
    assert (difference.object_kind, difference.field) == ("assessment", "daily_life")
    assert phone.part()["assessments"] == {"daily_life": "help_wanted"}
    settling.settle(difference, "other", actor_of(phone.account))
    assert phone.part()["assessments"] == {"daily_life": "goes_well"}


def test_the_same_answer_from_both_is_no_difference(phone: Phone, partner: Phone) -> None:
    _assess(phone, "goes_well", None)
    assert _assess(partner, "goes_well", None) == Effect.MERGED
    assert list(db.session.scalars(select(Difference))) == []


def test_advice_is_given_once_and_taken_back_once(phone: Phone) -> None:
    def advise(*, on: bool) -> Effect:
        return phone.about_talk("advice.set", domain="daily_life", key="huisarts", on=on)

    assert [advise(on=True), advise(on=True)] == [Effect.APPLIED, Effect.MERGED]
    assert phone.part()["advices"] == [{"domain": "daily_life", "key": "huisarts"}]
    assert [advise(on=False), advise(on=False)] == [Effect.APPLIED, Effect.MERGED]
    assert phone.part()["advices"] == []

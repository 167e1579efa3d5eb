"""What is said about health is kept only with a yes to just that, and goes with it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.access.intents import AlreadyErased, CannotApply
from outreach.audit.differences import Effect
from outreach.audit.models import Difference, TrailEntry
from outreach.clock import new_id
from outreach.conversations import settling
from outreach.conversations.agreement import HEALTH
from outreach.conversations.models import Advice, Assessment, Consent, Note, NoteOriginal
from outreach.db import db
from tests.conversations.phone import Phone, talking
from tests.factories.town import Town

KNEE = "De knie is slecht"


@pytest.fixture
def phone(town: Town) -> Phone:
    return talking(town)


@pytest.fixture
def partner(town: Town) -> Phone:
    return Phone(town, town.person("partner_of_pair"), town.stops[0])


def _notes(phone: Phone) -> object:
    return phone.notes(KNEE, domain=HEALTH)


def _answers(phone: Phone) -> object:
    return phone.about_talk("domain.assess", domain=HEALTH, answer="help_wanted", was=None)


def _advises(phone: Phone) -> object:
    return phone.about_talk("advice.set", domain=HEALTH, key="huisarts", on=True)


says_about_health = pytest.mark.parametrize("says", [_notes, _answers, _advises])


def _tells_all(phone: Phone) -> tuple[str, str]:
    """Everything about health, amended and in dispute, beside a note about something else."""
    other = phone.notes("Het dak lekt", domain="home_and_surroundings")
    note = phone.notes(KNEE, domain=HEALTH)
    phone.says("note.amend", note_id=note, text="De knie is beter", was=KNEE)
    phone.says("note.amend", note_id=note, text="De heup is slecht", was="iets heel anders")
    _answers(phone)
    _advises(phone)
    return note, other


@says_about_health
def test_words_about_health_that_nobody_asked_for_wait_for_a_person(
    phone: Phone, says: Callable[[Phone], object]
) -> None:
    with pytest.raises(CannotApply, match="no-consent-to-health"):
        says(phone)
    phone.hears("health")
    says(phone)


@says_about_health
def test_after_a_no_they_are_destroyed(phone: Phone, says: Callable[[Phone], object]) -> None:
    phone.hears("health", given=False)
    with pytest.raises(AlreadyErased):
        says(phone)


@says_about_health
def test_a_yes_to_health_is_no_yes_to_note(town: Town, says: Callable[[Phone], object]) -> None:
    phone = Phone(town, town.person("volunteer"), town.stops[0])
    phone.opens(noted=False)
    phone.hears("health")
    with pytest.raises(AlreadyErased):
        says(phone)


def test_other_domains_do_not_ask_for_it(phone: Phone) -> None:
    phone.hears("health", given=False)
    phone.notes("Het dak lekt", domain="home_and_surroundings")
    phone.notes("Over het gesprek als geheel")
    assert len(phone.part()["notes"]) == 2


def test_a_note_about_health_is_not_changed_under_another_name(phone: Phone) -> None:
    phone.hears("health")
    note = phone.notes(KNEE, domain=HEALTH)
    _no_of_the_other(phone)
    before = db.session.get_one(Note, note).text
    other = Phone(phone.town, phone.town.person("partner_of_pair"), phone.stop)
    other.opens()
    other.hears("note")
    with pytest.raises(AlreadyErased):
        other.notes("De heup is slecht", note_id=note, domain="home_and_surroundings")
    assert db.session.get_one(Note, note).text == before


def _no_of_the_other(phone: Phone) -> Difference:
    partner = Phone(phone.town, phone.town.person("partner_of_pair"), phone.stop)
    partner.hears("health", given=False)
    assert partner.last_effect == Effect.CONFLICTED
    return db.session.scalars(select(Difference)).one()


@pytest.mark.parametrize("way", ["withdrawn", "a later no"])
def test_taking_it_back_erases_what_was_said_about_health_and_nothing_else(
    phone: Phone, way: str
) -> None:
    consent = phone.hears("health")
    note, other = _tells_all(phone)
    if way == "withdrawn":
        assert phone.withdraws(consent) == Effect.APPLIED
    else:
        phone.hears("health", given=False)
    assert db.session.scalars(select(Note.id)).all() == [other]
    for kind in (NoteOriginal, Assessment, Advice, Difference):
        assert db.session.scalars(select(kind)).all() == [], kind.__name__
    part = phone.part()
    assert (part["conversation"]["noted"], part["conversation"]["state"]) == (True, "open")
    assert [kept["id"] for kept in part["notes"]] == [other]
    assert db.session.scalars(select(TrailEntry.action)).all() == ["consent.withdraw"]
    with pytest.raises(AlreadyErased):
        phone.says("note.amend", note_id=note, text="Toch", was=KNEE)


def test_a_change_to_a_note_that_never_came_is_destroyed_where_they_want_none_about_health(
    phone: Phone,
) -> None:
    unknown = new_id()
    with pytest.raises(CannotApply, match="unknown-note"):
        phone.says("note.amend", note_id=unknown, text=KNEE, was="De knie")
    phone.hears("health", given=False)
    with pytest.raises(AlreadyErased):
        phone.says("note.amend", note_id=unknown, text=KNEE, was="De knie")


def test_a_yes_that_was_withdrawn_before_it_arrived_brings_nothing(phone: Phone) -> None:
    late = new_id()
    phone.withdraws(late)
    phone.hears("health", consent_id=late)
    with pytest.raises(AlreadyErased):
        _notes(phone)


def test_asked_again_they_may_say_yes(phone: Phone) -> None:
    phone.withdraws(phone.hears("health"))
    phone.hears("health")
    _notes(phone)
    assert [note["text"] for note in phone.part()["notes"]] == [KNEE]


@pytest.mark.parametrize("way", ["withdrawn", "a later no"])
def test_who_wants_no_notes_takes_health_back_too(phone: Phone, way: str) -> None:
    health = phone.hears("health")
    _tells_all(phone)
    note = next(c["id"] for c in phone.part()["consents"] if c["purpose"] == "note")
    if way == "withdrawn":
        phone.withdraws(note)
    else:
        phone.hears("note", given=False)
    assert db.session.get_one(Consent, health).withdrawn_at is not None
    assert db.session.scalars(select(Note)).all() == []
    phone.hears("note")
    phone.notes("Het dak lekt", domain="home_and_surroundings")
    with pytest.raises(AlreadyErased):
        _notes(phone)


def test_a_yes_that_only_the_other_of_the_pair_heard_goes_with_the_notes(
    phone: Phone, partner: Phone
) -> None:
    health = partner.hears("health")
    note = next(c["id"] for c in phone.part()["consents"] if c["purpose"] == "note")
    phone.withdraws(note)
    assert db.session.get_one(Consent, health).withdrawn_at is not None


def test_a_no_to_the_other_of_the_pair_puts_health_out_of_sight_until_settled(
    phone: Phone,
) -> None:
    phone.hears("health")
    note = phone.notes(KNEE, domain=HEALTH)
    _answers(phone)
    _advises(phone)
    difference = _no_of_the_other(phone)
    phone.notes("Nog iets", domain=HEALTH, position=1)
    part = phone.part()
    assert (part["notes"], part["assessments"], part["advices"]) == ([], {}, [])
    settling.settle(difference, "other", actor_of(phone.account))
    assert phone.part()["notes"][0]["id"] == note


def test_settled_as_a_no_what_was_said_about_health_is_gone(phone: Phone) -> None:
    phone.hears("health")
    _tells_all_plainly(phone)
    settling.settle(_no_of_the_other(phone), "shown", actor_of(phone.account))
    assert db.session.scalars(select(Note)).all() == []
    with pytest.raises(AlreadyErased):
        _notes(phone)


def _tells_all_plainly(phone: Phone) -> None:
    for says in (_notes, _answers, _advises):
        says(phone)

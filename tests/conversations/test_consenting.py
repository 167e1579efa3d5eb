"""What a household agreed to is kept as evidence; what it takes back is gone at once."""

from datetime import datetime

import pytest
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.audit.models import Difference, TrailEntry
from outreach.clock import new_id
from outreach.conversations import consenting, settling
from outreach.conversations.models import (
    Advice,
    Assessment,
    Consent,
    DebtHelpRequest,
    Note,
    NoteOriginal,
)
from outreach.db import Model, db
from outreach.territory.models import Household
from tests.conversations.phone import Phone, talking
from tests.factories.town import Town


@pytest.fixture
def phone(town: Town) -> Phone:
    return talking(town)


@pytest.fixture
def partner(town: Town) -> Phone:
    return Phone(town, town.person("partner_of_pair"), town.stops[0])


def _all(kind: type[Model]) -> list[object]:
    return list(db.session.scalars(select(kind)))


def test_a_consent_says_who_asked_in_which_text_and_language(phone: Phone) -> None:
    consent = db.session.get_one(Consent, phone.hears("feedback"))
    assert consent.asked_by == phone.account.id
    assert consent.consent_text_id == phone.town.consent_text.id
    assert (consent.language, consent.how, consent.given) == ("nl", "spoken", True)


def test_the_same_consent_twice_is_one(phone: Phone) -> None:
    id_ = phone.hears("feedback")
    phone.hears("feedback", consent_id=id_)
    assert phone.last_effect == Effect.MERGED
    assert len(_all(Consent)) == 2


def test_a_later_answer_supersedes_and_the_history_stays(phone: Phone) -> None:
    first = phone.hears("feedback", given=False)
    second = phone.hears("feedback", given=True)
    shown = [c for c in phone.part()["consents"] if c["purpose"] == "feedback"]
    assert [(c["id"], c["given"]) for c in shown] == [(second, True)]
    assert db.session.get_one(Consent, first).superseded_by == second


def test_sharing_is_per_receiver(phone: Phone) -> None:
    town = phone.town
    phone.hears("share", team_id=town.team.id)
    phone.hears("share", team_id=town.other_team.id, given=False)
    shown = {c["team_id"]: c["given"] for c in phone.part()["consents"] if c["team_id"]}
    assert shown == {town.team.id: True, town.other_team.id: False}


def test_a_text_or_a_team_nobody_knows_is_put_aside(phone: Phone) -> None:
    with pytest.raises(CannotApply, match="unknown-team"):
        phone.hears("share", team_id=new_id())
    with pytest.raises(CannotApply, match="unknown-consent-text"):
        phone.hears("feedback", text_id=new_id())


def _write_everything(phone: Phone) -> None:
    note = phone.notes("Het dak lekt")
    phone.says("note.amend", note_id=note, text="Het dak lekt niet", was="Het dak lekt")
    phone.says("note.amend", note_id=note, text="Het dak lekt soms", was="iets heel anders")
    phone.about_talk("domain.assess", domain="money_and_schemes", answer="help_wanted", was=None)
    phone.about_talk("advice.set", domain="money_and_schemes", key="voedselbank", on=True)


def test_taking_back_consent_to_note_leaves_only_that_there_was_a_talk(phone: Phone) -> None:
    _write_everything(phone)
    phone.asks_debt_help("2026-03-04", pass_on=False)
    note_consent = phone.part()["consents"][0]["id"]
    assert phone.withdraws(note_consent) == Effect.APPLIED
    for kind in (Note, NoteOriginal, Assessment, Advice, DebtHelpRequest, Difference):
        assert _all(kind) == [], kind.__name__
    part = phone.part()
    assert (part["conversation"]["noted"], part["conversation"]["state"]) == (False, "withdrawn")
    assert part["consents"][0]["withdrawn_at"] is not None
    assert (part["notes"], part["assessments"], part["debt_help"]) == ([], {}, None)
    deeds = [entry.action for entry in db.session.scalars(select(TrailEntry))]
    assert deeds == ["consent.withdraw"]


def test_a_request_for_debt_help_that_was_passed_on_outlives_the_notes(phone: Phone) -> None:
    phone.asks_debt_help("2026-03-04", pass_on=True)
    phone.withdraws(phone.part()["consents"][0]["id"])
    assert phone.part()["debt_help"] == {
        "asked_on": "2026-03-04",
        "pass_on": True,
        "crisis": False,
        "taken_on": False,
    }


def test_what_was_written_under_a_consent_taken_back_is_destroyed_when_it_arrives(
    phone: Phone,
) -> None:
    note = phone.notes("Het dak lekt")
    phone.withdraws(phone.part()["consents"][0]["id"])
    with pytest.raises(AlreadyErased):
        phone.notes("Nog iets")
    with pytest.raises(AlreadyErased):
        phone.says("note.amend", note_id=note, text="Het dak", was="Het dak lekt")
    with pytest.raises(AlreadyErased):
        phone.says("note.amend", note_id=new_id(), text="Het dak", was="Het dak lekt")
    with pytest.raises(AlreadyErased):
        phone.about_talk("domain.assess", domain="daily_life", answer="goes_well", was=None)
    with pytest.raises(AlreadyErased):
        phone.about_talk("advice.set", domain="daily_life", key="huisarts", on=True)
    with pytest.raises(AlreadyErased):
        phone.asks_debt_help("2026-03-04")
    assert _all(Note) == []


def test_a_talk_without_notes_takes_no_words(town: Town) -> None:
    phone = Phone(town, town.person("volunteer"), town.stops[0])
    phone.opens(noted=False)
    with pytest.raises(AlreadyErased):
        phone.notes("Stiekem")
    phone.hears("contact")
    assert phone.tells_contact() == Effect.APPLIED


def test_words_whose_evidence_is_missing_wait_for_a_person(town: Town) -> None:
    phone = Phone(town, town.person("volunteer"), town.stops[0])
    with pytest.raises(CannotApply, match="unknown-conversation"):
        phone.notes("Het dak lekt")
    phone.opens(noted=True)
    with pytest.raises(CannotApply, match="no-consent-to-note"):
        phone.notes("Het dak lekt")


def test_a_no_to_notes_when_asked_again_takes_the_notes_along(phone: Phone) -> None:
    _write_everything(phone)
    phone.hears("note", given=False)
    assert _all(Note) == []
    assert phone.part()["conversation"]["state"] == "withdrawn"


def test_who_took_it_back_may_ask_again_and_write_again(phone: Phone) -> None:
    phone.withdraws(phone.part()["consents"][0]["id"])
    phone.hears("note")
    phone.notes("Toch maar wel")
    part = phone.part()
    assert (part["conversation"]["noted"], part["conversation"]["state"]) == (True, "open")
    assert [note["text"] for note in part["notes"]] == ["Toch maar wel"]


def test_withdrawn_stays_withdrawn_whatever_the_other_phone_brings_later(
    phone: Phone, partner: Phone
) -> None:
    phone.withdraws(phone.part()["consents"][0]["id"])
    partner.opens()
    partner.hears("note")
    with pytest.raises(AlreadyErased):
        partner.notes("Van voor het intrekken")
    assert phone.part()["conversation"]["noted"] is False


def test_taking_back_to_one_of_the_pair_takes_back_what_was_said_to_both(
    phone: Phone, partner: Phone
) -> None:
    phone.notes("Aan de een")
    given_to_partner = partner.hears("note")
    partner.notes("Aan de ander")
    first = db.session.scalars(select(Consent).where(Consent.asked_by == phone.account.id)).one()
    phone.withdraws(first.id)
    assert phone.part()["consents"][0]["id"] == first.id != given_to_partner
    assert _all(Note) == []
    with pytest.raises(AlreadyErased):
        partner.notes("Te laat")


def test_a_consent_withdrawn_before_it_arrived_arrives_withdrawn(phone: Phone) -> None:
    late = new_id()
    assert phone.withdraws(late) == Effect.APPLIED
    assert phone.withdraws(late) == Effect.MERGED
    phone.hears("contact", consent_id=late)
    with pytest.raises(AlreadyErased):
        phone.tells_contact()
    shown = [c for c in phone.part()["consents"] if c["purpose"] == "contact"]
    assert shown[0]["withdrawn_at"] is not None


def test_taking_back_contact_forgets_how_to_reach_them(phone: Phone) -> None:
    consent = phone.hears("contact")
    phone.tells_contact()
    phone.withdraws(consent)
    assert phone.withdraws(consent) == Effect.MERGED
    household = db.session.get_one(Household, phone.stop.household_id)
    assert (household.called_name, household.contact_value, household.contact_when) == ("", "", "")
    assert phone.part()["contact"] is None


def test_contact_is_kept_only_with_a_yes(phone: Phone) -> None:
    with pytest.raises(CannotApply, match="no-consent-to-contact"):
        phone.tells_contact()
    phone.hears("contact", given=False)
    with pytest.raises(AlreadyErased):
        phone.tells_contact()


def test_a_consent_of_another_household_cannot_be_taken_back_here(phone: Phone) -> None:
    other = Phone(phone.town, phone.account, phone.town.stops[1])
    other.opens()
    consent = other.hears("note")
    with pytest.raises(CannotApply, match="unknown-consent"):
        phone.withdraws(consent)
    assert db.session.get_one(Consent, consent).withdrawn_at is None


def test_higher_slices_hear_of_notes_and_sharing_taken_back(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def on_note(household_id: str, _intent: Intent) -> None:
        heard.append(household_id)

    def on_share(consent: Consent, _intent: Intent) -> None:
        heard.append(consent.id)

    monkeypatch.setattr(consenting, "ON_NOTE_WITHDRAWN", [on_note])
    monkeypatch.setattr(consenting, "ON_SHARE_WITHDRAWN", [on_share])
    share = phone.hears("share", team_id=phone.town.team.id)
    feedback = phone.hears("feedback")
    note = next(c["id"] for c in phone.part()["consents"] if c["purpose"] == "note")
    for consent in (feedback, share, note):
        phone.withdraws(consent)
    assert heard == [share, phone.stop.household_id]


def _in_dispute(phone: Phone, partner: Phone) -> Difference:
    """The recorder heard a yes and wrote; the other of the pair heard a no."""
    phone.notes("Het dak lekt")
    partner.opens(noted=False)
    partner.hears("note", given=False)
    assert partner.last_effect == Effect.CONFLICTED
    return db.session.scalars(select(Difference)).one()


def test_a_no_to_one_of_the_pair_counts_until_a_person_settles_it(
    phone: Phone, partner: Phone
) -> None:
    difference = _in_dispute(phone, partner)
    assert (difference.object_kind, difference.field) == ("consent", "given")
    assert (difference.shown, difference.other) == ({"value": False}, {"value": True})
    phone.notes("Nog iets")
    assert phone.part()["notes"] == []
    with pytest.raises(AlreadyErased):
        partner.notes("Die hoorde nee")


def test_settled_as_a_yes_the_notes_come_back_in_sight(phone: Phone, partner: Phone) -> None:
    difference = _in_dispute(phone, partner)
    settling.settle(difference, "other", actor_of(phone.account))
    part = phone.part()
    assert [note["text"] for note in part["notes"]] == ["Het dak lekt"]
    assert part["conversation"]["noted"] is True


def test_settled_as_a_no_the_notes_are_gone(phone: Phone, partner: Phone) -> None:
    difference = _in_dispute(phone, partner)
    settling.settle(difference, "shown", actor_of(phone.account))
    assert _all(Note) == []
    with pytest.raises(AlreadyErased):
        phone.notes("Nog iets")


def test_a_yes_after_the_others_no_does_not_count_either(phone: Phone, partner: Phone) -> None:
    _in_dispute(phone, partner)
    phone.hears("note")
    assert phone.last_effect == Effect.CONFLICTED
    assert phone.part()["notes"] == []
    assert len(_all(Difference)) == 1


def test_evidence_keeps_the_moment_the_phone_says(phone: Phone) -> None:
    at = datetime.fromisoformat("2026-03-04T15:30:00+01:00")
    consent = phone.part()["consents"][0]["id"]
    db.session.get_one(Consent, consent).made_at = at
    assert phone.part()["consents"][0]["made_at"] == "2026-03-04T14:30:00Z"

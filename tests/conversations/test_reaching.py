"""How to reach a household, their request for debt help, and who reads what of it."""

import pytest
from sqlalchemy import select

from outreach.access.actor import actor_of
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.conversations import discarding, settling
from outreach.conversations.dossiers import household_parts
from outreach.conversations.models import (
    Advice,
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Forgotten,
    Note,
    NoteOriginal,
)
from outreach.db import db
from outreach.territory.models import Household
from tests.conversations.phone import Phone, talking
from tests.factories.statements import statements
from tests.factories.town import Town, build_town


@pytest.fixture
def phone(town: Town) -> Phone:
    phone = talking(town)
    phone.hears("contact")
    return phone


@pytest.fixture
def partner(town: Town, phone: Phone) -> Phone:
    partner = Phone(town, town.person("partner_of_pair"), town.stops[0])
    partner.opens()
    partner.hears("note")
    partner.hears("contact")
    return partner


def test_how_to_reach_them_is_kept_as_said(phone: Phone) -> None:
    assert phone.tells_contact("Els 111222333", "612345670") == Effect.APPLIED
    assert phone.part()["contact"] == {
        "called_name": "Els *********",
        "channel": "phone",
        "value": "612345670",
        "when": "na zessen",
        "voicemail_ok": False,
    }


def test_a_bsn_where_no_telephone_number_was_asked_is_masked(phone: Phone) -> None:
    phone.says(
        "contact.set",
        called_name="Els",
        channel="visit",
        value="bel 111222333",
        when="",
        voicemail_ok=False,
    )
    assert phone.part()["contact"]["value"] == "bel *********"


def test_the_recorder_corrects_how_to_reach_them(phone: Phone) -> None:
    phone.tells_contact("Els")
    assert phone.tells_contact("Elsbeth") == Effect.APPLIED
    assert phone.part()["contact"]["called_name"] == "Elsbeth"
    assert list(db.session.scalars(select(Difference))) == []


def test_what_both_of_a_pair_heard_is_kept_until_settled(phone: Phone, partner: Phone) -> None:
    phone.tells_contact("Els")
    assert partner.tells_contact("Ilse") == Effect.CONFLICTED
    assert partner.tells_contact("Ilse!") == Effect.APPLIED
    difference = db.session.scalars(select(Difference)).one()
    assert (difference.field, difference.other) == ("called_name", {"value": "Els"})
    settling.settle(difference, "other", actor_of(phone.account))
    assert phone.part()["contact"]["called_name"] == "Els"


def test_a_volunteer_corrects_their_own_request_for_debt_help(phone: Phone) -> None:
    phone.asks_debt_help("2026-03-04", crisis=True)
    assert phone.asks_debt_help("2026-03-05", pass_on=False) == Effect.APPLIED
    assert phone.part()["debt_help"] == {
        "asked_on": "2026-03-05",
        "pass_on": False,
        "crisis": False,
        "taken_on": False,
    }


def test_a_crisis_of_one_of_the_pair_shows_and_the_other_value_waits(
    phone: Phone, partner: Phone
) -> None:
    phone.asks_debt_help("2026-03-05", crisis=True)
    assert partner.asks_debt_help("2026-03-04") == Effect.CONFLICTED
    assert phone.part()["debt_help"] == {
        "asked_on": "2026-03-04",
        "pass_on": True,
        "crisis": True,
        "taken_on": False,
    }
    found = {d.field: d for d in db.session.scalars(select(Difference))}
    assert {field: d.other["value"] for field, d in found.items()} == {
        "asked_on": "2026-03-05",
        "crisis": False,
    }
    for difference in found.values():
        settling.settle(difference, "other", actor_of(phone.account))
    assert phone.part()["debt_help"] == {
        "asked_on": "2026-03-05",
        "pass_on": True,
        "crisis": False,
        "taken_on": False,
    }


def test_a_dropped_request_is_gone_with_its_differences(phone: Phone, partner: Phone) -> None:
    phone.asks_debt_help("2026-03-05", crisis=True)
    partner.asks_debt_help("2026-03-04")
    assert phone.about_talk("debt_help.drop") == Effect.APPLIED
    assert phone.about_talk("debt_help.drop") == Effect.MERGED
    assert phone.part()["debt_help"] is None
    assert list(db.session.scalars(select(Difference))) == []


def test_the_recorder_reads_the_talk_and_who_does_the_aftercare_how_to_reach_them(
    phone: Phone,
) -> None:
    phone.tells_contact("Els")
    phone.notes("Het dak lekt")
    here = phone.stop.household_id
    own = phone.part()
    assert (own["role"], own["stop_id"], len(own["notes"])) == ("recorder", phone.stop.id, 1)
    assert own["address"]["street"] == "Wilgenhof"
    other = household_parts(actor_of(phone.town.person("other_volunteer")), [here])[here]
    assert (other["role"], other["contact"]["called_name"]) == ("aftercare", "Els")
    assert other["address"] == own["address"]
    empty = {name for name, value in other.items() if not value}
    assert empty == set(other) - {"role", "contact", "address"}


def test_nobody_of_another_municipality_gets_a_part(phone: Phone) -> None:
    stranger = actor_of(build_town("Elders").person("volunteer"))
    assert household_parts(stranger, [phone.stop.household_id]) == {}


def test_sixty_households_take_as_many_queries_as_one(phone: Phone) -> None:
    ids = [phone.stop.household_id]
    for stop in phone.town.stops[1:]:
        other = Phone(phone.town, phone.account, stop)
        other.opens()
        other.hears("note")
        other.hears("contact")
        other.notes("Het dak lekt")
        other.asks_debt_help("2026-03-04")
        ids.append(stop.household_id)
    actor = actor_of(phone.account)
    db.session.expunge_all()
    with statements() as for_one:
        household_parts(actor, ids[:1])
    db.session.expunge_all()
    with statements() as for_all:
        assert len(household_parts(actor, ids)) == len(ids)
    assert len(for_all) == len(for_one)


def test_discarding_leaves_nothing_of_a_household(phone: Phone, partner: Phone) -> None:
    phone.tells_contact("Els")
    partner.tells_contact("Ilse")
    note = phone.notes("Het dak lekt")
    phone.says("note.amend", note_id=note, text="Lekt", was="iets anders")
    phone.says("note.remove", note_id=phone.notes("weg"))
    phone.about_talk("domain.assess", domain="daily_life", answer="goes_well", was=None)
    phone.about_talk("advice.set", domain="daily_life", key="huisarts", on=True)
    phone.asks_debt_help("2026-03-04")
    beside = Phone(phone.town, phone.account, phone.town.stops[1])
    beside.opens()
    discarding.discard(phone.stop.household_id)
    for kind in (
        Note, NoteOriginal, Assessment, Advice, DebtHelpRequest, Consent, Difference, Forgotten
    ):  # fmt: skip
        assert list(db.session.scalars(select(kind))) == [], kind.__name__
    kept = [talk.id for talk in db.session.scalars(select(Conversation))]
    assert kept == [beside.stop.conversation_id]
    kept = [household.id for household in db.session.scalars(select(Household))]
    assert kept == [beside.stop.household_id]

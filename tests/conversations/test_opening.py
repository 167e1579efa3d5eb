"""A talk begins at a door, under the ids its stop reserved."""

from typing import Any

import pytest
from sqlalchemy import func, select

from outreach.access.actor import actor_of
from outreach.access.intents import CannotApply
from outreach.audit.differences import Effect
from outreach.clock import new_id
from outreach.conversations.models import Conversation
from outreach.conversations.scope import own_households
from outreach.db import db
from outreach.territory.models import Household
from tests.conversations.phone import Phone, talking
from tests.factories.town import Town, build_town


@pytest.fixture
def phone(town: Town) -> Phone:
    return Phone(town, town.person("volunteer"), town.stops[0])


@pytest.fixture
def partner(town: Town) -> Phone:
    return Phone(town, town.person("partner_of_pair"), town.stops[0])


def test_opening_a_talk_makes_the_household_at_the_address_of_the_stop(phone: Phone) -> None:
    assert phone.opens() == Effect.APPLIED
    household = db.session.get_one(Household, phone.stop.household_id)
    assert household.address_id == phone.stop.address_id
    talk = db.session.get_one(Conversation, phone.stop.conversation_id)
    assert (talk.recorder_id, talk.campaign_id) == (phone.account.id, phone.town.campaign.id)


def test_a_talk_opened_by_both_of_a_pair_is_one_talk_of_the_first(
    phone: Phone, partner: Phone
) -> None:
    phone.opens()
    assert partner.opens(noted=False) == Effect.MERGED
    talk = db.session.scalars(select(Conversation)).one()
    assert talk.recorder_id == phone.account.id
    assert talk.noted
    assert db.session.scalar(select(func.count()).select_from(Household)) == 1


def test_the_recorder_may_begin_without_notes_and_change_that(phone: Phone) -> None:
    phone.opens(noted=False)
    assert phone.opens(noted=True) == Effect.MERGED
    assert phone.part()["conversation"]["noted"] is True


def test_a_talk_under_other_ids_than_the_stop_reserved_is_put_aside(phone: Phone) -> None:
    other = phone.town.stops[1].conversation_id
    body: dict[str, Any] = {
        "conversation_id": other,
        "stop_id": phone.stop.id,
        "guide_id": phone.town.guide.id,
        "consent_text_id": phone.town.consent_text.id,
        "noted": True,
        "date": "2026-03-04",
    }
    with pytest.raises(CannotApply, match="not-the-reserved-ids"):
        phone.says("conversation.open", **body)
    with pytest.raises(CannotApply, match="unknown-guide"):
        phone.says(
            "conversation.open",
            **body | {"guide_id": new_id(), "conversation_id": phone.stop.conversation_id},
        )
    with pytest.raises(CannotApply, match="unknown-stop"):
        phone.says("conversation.open", **body | {"stop_id": new_id()})


def test_a_stop_of_another_municipality_is_unknown(phone: Phone) -> None:
    elsewhere = build_town("Elders")
    phone.stop = elsewhere.stops[0]
    with pytest.raises(CannotApply, match="unknown-stop"):
        phone.opens()


def test_only_the_pair_may_write_to_a_household(phone: Phone, partner: Phone) -> None:
    stranger = Phone(phone.town, phone.town.person("other_volunteer"), phone.stop)
    question = {"conversation_id": phone.stop.conversation_id}
    assert phone.may("conversation.close", **question)
    assert partner.may("conversation.close", **question)
    assert not stranger.may("conversation.close", **question)
    phone.opens()
    assert partner.may("conversation.close", **question)
    assert not stranger.may("conversation.close", **question)


def test_a_draft_round_gives_nobody_the_right_to_write(phone: Phone) -> None:
    phone.town.round.state = "draft"
    assert not phone.may("conversation.close", conversation_id=phone.stop.conversation_id)


def test_the_recorder_keeps_the_right_to_write_after_the_stop_is_gone(phone: Phone) -> None:
    phone.opens()
    db.session.delete(phone.stop)
    db.session.flush()
    assert phone.may("conversation.close", conversation_id=phone.stop.conversation_id)


def test_closing_ends_a_talk_once(town: Town) -> None:
    phone = talking(town)
    assert phone.about_talk("conversation.close") == Effect.APPLIED
    assert phone.about_talk("conversation.close") == Effect.MERGED
    assert phone.part()["conversation"]["state"] == "closed"


def _on_phone(phone: Phone) -> list[str]:
    return list(db.session.scalars(own_households(actor_of(phone.account))))


def test_a_household_is_on_the_recorders_phone_and_on_no_other(
    phone: Phone, partner: Phone
) -> None:
    phone.opens()
    assert _on_phone(phone) == [phone.stop.household_id]
    assert _on_phone(partner) == []


def test_a_closed_talk_leaves_the_phone_a_day_after_it_arrived(phone: Phone) -> None:
    phone.opens(on="2020-01-01")
    phone.about_talk("conversation.close")
    talk = db.session.get_one(Conversation, phone.stop.conversation_id)
    assert _on_phone(phone) == [phone.stop.household_id]
    talk.received_at = talk.received_at.replace(year=2020)
    assert _on_phone(phone) == []
    talk.state = "open"
    assert _on_phone(phone) == [phone.stop.household_id]

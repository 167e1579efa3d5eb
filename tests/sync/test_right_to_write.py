"""Who was given a door may finish what they began there, also after the round went to others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from outreach.clock import now, today
from outreach.db import db
from outreach.sync.models import IssuedDossier
from outreach.visits.models import RoundMember
from tests.factories.phone import Phone
from tests.factories.town import Town

MakePhone = Callable[[str], Phone]


@pytest.fixture
def phone_of(client: FlaskClient, town: Town) -> MakePhone:
    return lambda role: Phone(client, town.person(role))


def _talk(phone: Phone, town: Town) -> str:
    stop = town.stops[0]
    return phone.write(
        stop.household_id,
        "conversation.open",
        conversation_id=stop.conversation_id,
        stop_id=stop.id,
        guide_id=town.guide.id,
        consent_text_id=town.consent_text.id,
        noted=True,
        date=today().isoformat(),
    )


def _given_to_others(town: Town) -> None:
    for member in town.members():
        db.session.delete(member)
    db.session.add(
        RoundMember(
            id="7a000000-0000-4000-8000-000000000001",
            municipality_id=town.municipality.id,
            round_id=town.round.id,
            account_id=town.person("other_volunteer").id,
        )
    )
    db.session.commit()


def test_a_talk_begun_before_the_round_went_to_others_is_applied(
    town: Town, phone_of: MakePhone
) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    opened = _talk(phone, town)
    _given_to_others(town)
    phone.sync()
    assert phone.outcome(opened) == "applied"
    assert [body["role"] for body in phone.of_kind("household")] == ["recorder"]


def test_after_fourteen_days_it_goes_to_quarantine(town: Town, phone_of: MakePhone) -> None:
    phone = phone_of("volunteer")
    phone.sync()
    opened = _talk(phone, town)
    _given_to_others(town)
    db.session.execute(update(IssuedDossier).values(last_at=now() - timedelta(days=15)))
    db.session.commit()
    phone.sync()
    assert phone.outcomes[opened]["code"] == "no-right"


def test_a_door_that_was_never_given_to_them_opens_no_talk(town: Town, phone_of: MakePhone) -> None:
    stranger = phone_of("other_volunteer")
    stranger.sync()
    opened = _talk(stranger, town)
    stranger.sync()
    assert stranger.outcomes[opened]["code"] == "no-right"

"""What one more thing in a request costs: the statements that it needs itself, and no others."""

import re

import pytest
from flask.testing import FlaskClient

from outreach.clock import new_id, today
from tests.factories.phone import Phone
from tests.factories.statements import statements
from tests.factories.talks import make_talk
from tests.factories.town import Town


def _statements(phone: Phone) -> int:
    """How many statements the next exchange takes."""
    with statements() as said:
        phone.sync()
    return len(said)


def test_a_phone_without_households_asks_nothing_about_talks_and_plans(
    town: Town, client: FlaskClient
) -> None:
    phone = Phone(client, town.person("volunteer"))
    with statements() as said:
        phone.sync()
    asked = {table for one in said for table in re.findall(r"(?:FROM|JOIN) (\w+)", one)}
    assert asked & {"note", "assessment", "goal", "step", "advice", "debt_help_request"} == set()
    assert {"stop", "address"} <= asked


def _finds_nobody(phone: Phone, stop_id: str) -> None:
    said = {"outcome": "not_home", "details": {}, "day_part": "afternoon", "from_": ""}
    phone.write(stop_id, "visit.record", date=today().isoformat(), **said)


def test_a_door_costs_its_lock_its_attempt_and_its_row(town: Town, client: FlaskClient) -> None:
    phone = Phone(client, town.person("volunteer"))
    phone.sync()
    first, *others = town.stops
    _finds_nobody(phone, first.id)
    alone = _statements(phone)
    for stop in others:
        _finds_nobody(phone, stop.id)
    together = _statements(phone)
    assert together - alone == 3 * (len(others) - 1)
    assert {one["outcome"] for one in phone.outcomes.values()} == {"applied"}


@pytest.mark.parametrize("count", [2, 12])
def test_a_note_costs_its_talk_its_consent_and_its_row(
    town: Town, client: FlaskClient, count: int
) -> None:
    talk = make_talk(town)
    phone = Phone(client, town.person("volunteer"))
    phone.sync()

    def notes(many: int) -> int:
        for _ in range(many):
            where = {"note_id": new_id(), "conversation_id": talk.stop.conversation_id}
            said = {"domain": "money_and_schemes", "position": 0, "text": "De huur staat open."}
            phone.write(talk.id, "note.add", **where, **said)
        return _statements(phone)

    # Beside those three: was it taken out before, and is it there already.
    assert notes(count) - notes(1) == 5 * (count - 1)
    assert {one["outcome"] for one in phone.outcomes.values()} == {"applied"}

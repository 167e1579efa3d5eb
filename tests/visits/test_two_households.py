"""Two households at one door: what one of them said leaves the other's planning as it was."""

from typing import Any

import pytest

from outreach.clock import today
from outreach.db import db
from outreach.visits.models import Stop
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.visits.phone import Phone
from tests.visits.planning import finish, make, numbers, tomorrow
from tests.visits.test_doors import ids


def split(town: Town, phone: Phone) -> tuple[Stop, Stop]:
    """The stop of number 10 and the second household's there."""
    made = ids()
    phone.say("door.split", town.stops[0].id, **made)
    return town.stops[0], db.session.get_one(Stop, made["stop_id"])


@pytest.mark.parametrize(
    ("first", "details"),
    [
        ("conversation", {}),
        ("refused", {"scope": "campaign"}),
        ("refused", {"scope": "always"}),
        ("not_a_home", {}),
    ],
)
@pytest.mark.parametrize("second", ["later", "not_home", ""])
def test_the_door_is_offered_again_for_the_second_household(
    desk: Desk, town: Town, mine: Phone, first: str, details: dict[str, Any], second: str
) -> None:
    one, other = split(town, mine)
    mine.record(one, first, **details)
    said: dict[str, Any] = {"date": tomorrow(), "day_part": "evening"} if second == "later" else {}
    if second:
        mine.record(other, second, **said)
    finish(town)
    made = make(desk, town)[1]
    assert "10" in numbers(made)
    assert next(stop["hold"] for stop in made["stops"] if stop["number"] == "10") is None
    assert desk.post(f"/rounds/{made['id']}/publication", {})[0] in {200, 201}


@pytest.mark.parametrize("second", ["conversation", "refused", "unsafe"])
def test_when_both_have_answered_the_door_does_not_come_back(
    desk: Desk, town: Town, mine: Phone, second: str
) -> None:
    one, other = split(town, mine)
    mine.record(one, "refused", scope="campaign")
    said: dict[str, Any] = {"scope": "campaign"} if second == "refused" else {}
    mine.record(other, second, **said)
    finish(town)
    assert "10" not in numbers(make(desk, town)[1])


def test_what_one_household_found_unsafe_holds_for_both(
    desk: Desk, town: Town, mine: Phone
) -> None:
    one, other = split(town, mine)
    mine.record(one, "unsafe")
    mine.record(other, "not_home")
    finish(town)
    assert "10" not in numbers(make(desk, town)[1])


def test_the_second_household_answers_in_a_later_round(desk: Desk, town: Town, mine: Phone) -> None:
    one, other = split(town, mine)
    mine.record(one, "refused", scope="campaign")
    mine.record(other, "not_home")
    finish(town)
    made = make(desk, town)[1]
    pair = {"volunteer", "mentor"}
    assert {person["first_name"].lower() for person in made["pair"]} == pair
    desk.post(f"/rounds/{made['id']}/publication", {})
    stop_id = next(stop["id"] for stop in made["stops"] if stop["number"] == "10")
    mine.record(db.session.get_one(Stop, stop_id), "conversation", on=today(), at="evening")
    mine.say("round.close", made["id"])
    db.session.commit()
    assert "10" not in numbers(make(desk, town, day_part="morning")[1])

"""What residents chose goes a month after the campaign, numbers in 14 days; counts stay."""

import pytest
from flask.testing import FlaskClient

from outreach.clock import today
from outreach.db import db
from outreach.letters.codes import give_codes
from outreach.territory.models import DoorHold
from outreach.wishes.counting import counts_of
from outreach.wishes.models import CallRequest, DoorWish, WishCount
from tests.factories.town import Town, build_town
from tests.privacy.travel import Journey
from tests.wishes.resident import Resident


@pytest.fixture
def residents(client: FlaskClient, town: Town) -> list[Resident]:
    """Three doors that answered, on the last day of the campaign."""
    give_codes(town.campaign, [address.id for address in town.addresses])
    town.campaign.ends_on = today()
    db.session.commit()
    found = [Resident(client, town, place) for place in range(3)]
    found[0].wants_another_time("evening", "morning")
    found[1].would_rather_not(reason="no_time")
    found[2].would_rather_not()
    return found


def test_wishes_go_a_month_after_the_campaign_and_counts_stay(
    residents: list[Resident], town: Town, journey: Journey
) -> None:
    before = counts_of(town.campaign)
    assert journey.tidied(town, 30).counts["wishes"] == 0
    assert db.session.query(DoorWish).count() == 3
    assert journey.tidied(town, 31).counts["wishes"] == 3
    assert (db.session.query(DoorWish).count(), db.session.query(DoorHold).count()) == (0, 0)
    kept = {row.word: row.count for row in db.session.query(WishCount)}
    assert kept == {
        "another_time": 1,
        "part_morning": 1,
        "part_evening": 1,
        "rather_not": 2,
        "reason_no_time": 1,
        "reason_not_saying": 1,
    }
    assert counts_of(town.campaign) == before


def test_tidying_twice_counts_nothing_twice(
    residents: list[Resident], town: Town, journey: Journey
) -> None:
    journey.tidied(town, 31)
    assert journey.tidied(town, 32).counts["wishes"] == 0
    assert {row.word: row.count for row in db.session.query(WishCount)}["rather_not"] == 2


def test_a_number_goes_after_fourteen_days_whatever_became_of_it(
    residents: list[Resident], town: Town, journey: Journey
) -> None:
    residents[0].asks_for_a_call()
    residents[1].asks_for_a_call()
    db.session.query(CallRequest).first().phone = ""  # type: ignore[union-attr]
    db.session.commit()
    assert journey.tidied(town, 14).counts["calls"] == 0
    assert db.session.query(CallRequest).count() == 2
    assert journey.tidied(town, 14.1).counts["calls"] == 2
    assert db.session.query(CallRequest).count() == 0


def test_the_residents_of_another_municipality_wait_for_their_own_tidying(
    residents: list[Resident], journey: Journey
) -> None:
    residents[0].asks_for_a_call()
    journey.tidied(build_town("Elders"), 31)
    assert (db.session.query(DoorWish).count(), db.session.query(CallRequest).count()) == (3, 1)

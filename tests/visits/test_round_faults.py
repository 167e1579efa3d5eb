"""Everything wrong with a round is told at once."""

from datetime import timedelta
from typing import Any

from outreach.clock import today
from outreach.db import db
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.visits.planning import (
    faults,
    finish,
    make,
)


def test_every_fault_of_a_round_is_told_at_once(desk: Desk, town: Town) -> None:
    status, problem = make(
        desk,
        town,
        date=(town.campaign.ends_on + timedelta(days=1)).isoformat(),
        day_part="night",
        pair=[town.person("other_volunteer").id, town.person("supervisor").id],
        streets=[{"city": "Wilgendam", "street": "Nergens"}],
        most_doors=0,
    )
    assert status == 400
    assert faults(problem) == {
        ("/date", "outside-campaign"),
        ("/day_part", "not-a-choice"),
        ("/pair/0", "unknown-volunteer"),
        ("/pair/1", "unknown-volunteer"),
        ("/streets/0", "unknown-street"),
        ("/most_doors", "not-in-range"),
    }


def test_an_empty_round_tells_what_is_missing(desk: Desk, town: Town) -> None:
    empty: dict[str, Any] = {
        "date": "",
        "day_part": "",
        "pair": [],
        "streets": [],
        "most_doors": None,
    }
    assert faults(make(desk, town, **empty)[1]) == {
        ("/date", "missing"),
        ("/day_part", "missing"),
        ("/pair", "two-people"),
        ("/streets", "no-streets"),
        ("/most_doors", "missing"),
    }


def test_a_pair_is_two_people_who_are_both_free(desk: Desk, town: Town) -> None:
    finish(town)
    me = town.person("volunteer").id
    assert ("/pair/1", "same-person") in faults(make(desk, town, pair=[me, me])[1])
    today_too = {"date": today().isoformat(), "day_part": "afternoon"}
    assert faults(make(desk, town, **today_too)[1]) == {("/pair/0", "already-booked")}


def test_who_left_walks_no_round(desk: Desk, town: Town) -> None:
    finish(town)
    town.person("mentor").active = False
    db.session.commit()
    assert faults(make(desk, town)[1]) == {("/pair/1", "unknown-volunteer")}
    listed = desk.get(f"/campaigns/{town.campaign.id}/volunteers")[1]["items"]
    assert [p["first_name"] for p in listed] == ["Partner Of Pair", "Volunteer"]


def test_yesterday_cannot_be_planned(desk: Desk, town: Town) -> None:
    past = (today() - timedelta(days=1)).isoformat()
    assert faults(make(desk, town, date=past)[1]) == {("/date", "in-the-past")}


def test_a_draft_campaign_has_no_rounds(desk: Desk, town: Town) -> None:
    town.campaign.state = "draft"
    db.session.commit()
    status, problem = make(desk, town)
    assert (status, problem["code"]) == (409, "campaign-not-published")

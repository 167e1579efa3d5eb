"""Everything wrong with a round is told at once."""

from datetime import timedelta
from typing import Any

from outreach.clock import today
from outreach.db import db
from outreach.visits.models import RoundMember
from outreach.volunteers.models import VolunteerProfile
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.factories.volunteers import avoids_street
from tests.visits.planning import (
    faults,
    finish,
    make,
    wanted,
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


def profile_of(town: Town, who: str) -> VolunteerProfile:
    rows = db.session.query(VolunteerProfile)
    return rows.filter_by(account_id=town.person(who).id).one()


def test_nobody_goes_to_a_door_without_a_certificate_of_that_day(desk: Desk, town: Town) -> None:
    finish(town)
    profile_of(town, "volunteer").certificate_expires_on = today()
    profile_of(town, "mentor").certificate_seen = False
    db.session.commit()
    assert faults(make(desk, town, date=today().isoformat())[1]) == {("/pair/1", "not-cleared")}
    assert faults(make(desk, town)[1]) == {
        ("/pair/0", "not-cleared"),
        ("/pair/1", "not-cleared"),
    }
    db.session.query(VolunteerProfile).delete()
    db.session.commit()
    assert ("/pair/0", "not-cleared") in faults(make(desk, town)[1])


def test_a_draft_is_not_published_for_who_lost_their_certificate(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    profile_of(town, "mentor").certificate_seen = False
    db.session.commit()
    status, problem = desk.post(f"/rounds/{made['id']}/publication")
    assert (status, problem["code"]) == (409, "round-no-longer-fits")
    place = [member["first_name"] for member in made["pair"]].index("Mentor")
    assert faults(problem) == {(f"/pair/{place}", "not-cleared")}


def test_nobody_walks_in_a_street_that_they_avoid(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    avoids_street(town.person("volunteer"), "Wilgenhof")
    db.session.commit()
    status, problem = make(desk, town, day_part="morning")
    assert status == 400
    assert faults(problem) == {("/pair/0", "avoids-street")}
    assert "Wilgenhof" in problem["errors"][0]["detail"]
    changed = {name: wanted(town)[name] for name in ("date", "pair", "day_part")}
    stops = {"stop_ids": [stop["id"] for stop in made["stops"]]}
    assert faults(desk.put(f"/rounds/{made['id']}", changed | stops)[1]) == faults(problem)
    published = desk.post(f"/rounds/{made['id']}/publication")[1]
    place = [member["first_name"] for member in made["pair"]].index("Volunteer")
    assert faults(published) == {(f"/pair/{place}", "avoids-street")}


def test_who_is_new_walks_with_a_mentor(desk: Desk, town: Town) -> None:
    finish(town)
    profile_of(town, "volunteer").starts_with_mentor = True
    db.session.commit()
    pair = [town.person("partner_of_pair").id, town.person("volunteer").id]
    assert faults(make(desk, town, pair=pair)[1]) == {("/pair/1", "needs-a-mentor")}
    assert make(desk, town)[0] == 201


def test_nothing_is_told_of_who_is_not_planned_here(desk: Desk, town: Town) -> None:
    finish(town)
    db.session.query(VolunteerProfile).delete()
    avoids_street(town.person("other_volunteer"), "Wilgenhof")
    db.session.commit()
    pair = [town.person("mentor").id, town.person("other_volunteer").id]
    assert faults(make(desk, town, pair=pair)[1]) == {
        ("/pair/0", "not-cleared"),
        ("/pair/1", "unknown-volunteer"),
    }


def test_whether_a_stranger_is_free_is_not_told_either(desk: Desk, town: Town) -> None:
    finish(town)
    made = make(desk, town)[1]
    stranger = town.person("other_volunteer").id
    member = db.session.query(RoundMember).filter_by(round_id=made["id"]).first()
    assert member is not None
    member.account_id = stranger
    db.session.commit()
    pair = [stranger, town.person("partner_of_pair").id]
    assert faults(make(desk, town, pair=pair)[1]) == {("/pair/0", "unknown-volunteer")}


def test_yesterday_cannot_be_planned(desk: Desk, town: Town) -> None:
    past = (today() - timedelta(days=1)).isoformat()
    assert faults(make(desk, town, date=past)[1]) == {("/date", "in-the-past")}


def test_a_draft_campaign_has_no_rounds(desk: Desk, town: Town) -> None:
    town.campaign.state = "draft"
    db.session.commit()
    status, problem = make(desk, town)
    assert (status, problem["code"]) == (409, "campaign-not-published")

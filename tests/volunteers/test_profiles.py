"""A profile at the desk: written whole, read as far as somebody's work needs it."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import today
from outreach.db import db
from outreach.volunteers.models import (
    AvoidedAddress,
    AvoidedStreet,
    VolunteerAbsence,
    VolunteerDayPart,
    VolunteerProfile,
)
from tests.campaigns.desk import Desk
from tests.factories.town import Town, headers_for
from tests.factories.volunteers import avoids_address, is_away, walks_on

STREET = {"city": "Wilgendam", "street": "Wilgenhof"}
FOR_GUARDS_ONLY = {
    "certificate_seen",
    "certificate_date",
    "certificate_expires_on",
    "experienced",
    "streets",
    "addresses",
    "left_doors",
}


def day(days: int) -> str:
    """So many days from today."""
    return (today() + timedelta(days=days)).isoformat()


def whole(**changes: Any) -> dict[str, Any]:
    body = {
        "certificate_seen": True,
        "certificate_date": day(-100),
        "certificate_expires_on": day(900),
        "experienced": False,
        "starts_with_mentor": True,
        "languages": ["tr", "ar", "tr"],
        "day_parts": [
            {"weekday": 3, "day_part": "evening"},
            {"weekday": 3, "day_part": "morning"},
            {"weekday": 1, "day_part": "afternoon"},
        ],
        "absences": [{"first_day": day(7), "last_day": day(14)}],
        "streets": [STREET],
        "addresses": [{"postcode": "9991 sa", "number": "12"}],
    }
    return body | changes


@pytest.fixture
def path(town: Town) -> str:
    """Where the volunteer stands."""
    return f"/volunteers/{town.person('volunteer').id}"


def test_a_profile_is_written_whole_and_read_as_it_stands(
    coordinator: Desk, town: Town, path: str
) -> None:
    status, written = coordinator.put(f"{path}/profile", whole())
    assert status == 200
    assert coordinator.get(f"{path}/profile") == (200, written)
    assert written["languages"] == ["ar", "tr"]
    assert written["day_parts"] == [
        {"weekday": 1, "day_part": "afternoon"},
        {"weekday": 3, "day_part": "morning"},
        {"weekday": 3, "day_part": "evening"},
    ]
    assert written["absences"] == [{"first_day": day(7), "last_day": day(14)}]
    assert (written["clearance"], written["cleared_until"]) == ("cleared", day(900))
    assert written["streets"] == [STREET | {"doors": 6}]
    assert written["addresses"] == [{"postcode": "9991SA", "number": "12", "street": "Wilgenhof"}]
    rows = select(TrailEntry.action).where(TrailEntry.object_id == town.person("volunteer").id)
    assert list(db.session.scalars(rows)) == ["volunteer.change"]


def test_what_was_there_before_is_replaced(coordinator: Desk, town: Town, path: str) -> None:
    coordinator.put(f"{path}/profile", whole())
    nothing: dict[str, Any] = {"certificate_date": None, "certificate_expires_on": ""}
    nothing |= {name: [] for name in ("languages", "day_parts", "absences")}
    nothing |= {name: [] for name in ("streets", "addresses")}
    avoids_address(town.person("volunteer"), town.addresses[1].id, "door")
    db.session.commit()
    status, written = coordinator.put(f"{path}/profile", whole(certificate_seen=False, **nothing))
    assert (status, written["clearance"], written["cleared_until"]) == (200, "none", None)
    for table in (VolunteerDayPart, VolunteerAbsence, AvoidedStreet):
        assert db.session.query(table).count() == 0
    assert [row.origin for row in db.session.query(AvoidedAddress)] == ["door"]
    assert written["left_doors"] == 1


def test_every_fault_is_told_at_once(coordinator: Desk, path: str) -> None:
    status, problem = coordinator.put(
        f"{path}/profile",
        whole(
            certificate_date=day(1),
            certificate_expires_on=day(0),
            experienced=True,
            absences=[
                {"first_day": day(3), "last_day": day(2)},
                {"first_day": "", "last_day": None},
            ],
            streets=[STREET, {"city": "Wilgendam", "street": "Nergens"}],
            addresses=[
                {"postcode": "9991SA", "number": "99"},
                {"postcode": "99", "number": "twaalf"},
                {"postcode": "", "number": ""},
                {"postcode": "9991SA", "number": "10"},
            ],
        ),
    )
    assert (status, problem["code"]) == (400, "invalid-input")
    assert {(fault["pointer"], fault["code"]) for fault in problem["errors"]} == {
        ("/certificate_date", "in-the-future"),
        ("/certificate_expires_on", "ends-before-it-began"),
        ("/starts_with_mentor", "new-and-experienced"),
        ("/absences/0/last_day", "before-start"),
        ("/absences/1/first_day", "missing"),
        ("/absences/1/last_day", "missing"),
        ("/streets/1", "unknown-street"),
        ("/addresses/0/number", "unknown-address"),
        ("/addresses/1/postcode", "not-a-postcode"),
        ("/addresses/1/number", "not-a-house-number"),
        ("/addresses/2/postcode", "missing"),
        ("/addresses/2/number", "missing"),
    }


def test_a_certificate_that_was_seen_has_both_its_days(coordinator: Desk, path: str) -> None:
    without = {"certificate_date": "", "certificate_expires_on": None}
    problem = coordinator.put(f"{path}/profile", whole(**without))[1]
    assert {(fault["pointer"], fault["code"]) for fault in problem["errors"]} == {
        ("/certificate_date", "missing"),
        ("/certificate_expires_on", "missing"),
    }
    unseen = coordinator.put(f"{path}/profile", whole(certificate_seen=False))[1]
    assert [fault["code"] for fault in unseen["errors"]] == ["not-seen-yet"]


def test_what_is_on_no_list_is_refused(coordinator: Desk, path: str) -> None:
    odd = whole(
        languages=["tr", "klingon"],
        day_parts=[{"weekday": 8, "day_part": "night"}],
        absences=[{"first_day": day(0), "last_day": day(1), "reason": "griep"}],
    )
    problem = coordinator.put(f"{path}/profile", odd)[1]
    assert {(fault["pointer"], fault["code"]) for fault in problem["errors"]} == {
        ("/languages/1", "not-a-choice"),
        ("/day_parts/0/weekday", "not-a-choice"),
        ("/day_parts/0/day_part", "not-a-choice"),
        ("/absences/0/reason", "unknown-field"),
    }


def test_who_plans_sees_what_planning_needs_and_no_more(
    coordinator: Desk, supervisor: Desk, path: str
) -> None:
    written = coordinator.put(f"{path}/profile", whole())[1]
    status, seen = supervisor.get(path)
    assert status == 200
    assert seen == {name: written[name] for name in set(written) - FOR_GUARDS_ONLY}
    assert supervisor.get(f"{path}/profile")[0] == 403
    assert supervisor.put(f"{path}/profile", whole())[0] == 403


def test_who_plans_sees_volunteers_of_their_own_districts(
    coordinator: Desk, supervisor: Desk, town: Town
) -> None:
    def names(desk: Desk) -> list[str]:
        return [one["first_name"] for one in desk.get("/volunteers")[1]["items"]]

    here = ["Mentor", "Partner Of Pair", "Volunteer"]
    assert names(supervisor) == here
    assert sorted(names(coordinator)) == sorted([*here, "Other Volunteer"])
    assert supervisor.get(f"/volunteers/{town.person('other_volunteer').id}")[0] == 404
    assert coordinator.get(f"/volunteers/{town.person('wijkcoach').id}")[0] == 404


def test_who_has_no_profile_stands_in_the_list_with_what_is_missing(
    coordinator: Desk, town: Town, path: str
) -> None:
    db.session.query(VolunteerProfile).delete()
    db.session.commit()
    seen = coordinator.get(path)[1]
    assert (seen["clearance"], seen["cleared_until"], seen["day_parts"]) == ("none", None, [])
    assert (seen["mentor"], seen["starts_with_mentor"]) == (False, True)
    mentor = coordinator.get(f"/volunteers/{town.person('mentor').id}")[1]
    assert (mentor["mentor"], mentor["starts_with_mentor"]) == (True, False)


def test_the_list_holds_only_who_can_walk_at_a_moment(coordinator: Desk, town: Town) -> None:
    for who in ("volunteer", "mentor"):
        walks_on(town.person(who), [(today().isoweekday(), "evening")])
    is_away(town.person("mentor"), today(), today())
    db.session.commit()

    def names(moment: str) -> list[str]:
        return [one["first_name"] for one in coordinator.get(f"/volunteers?{moment}")[1]["items"]]

    assert names(f"date={day(0)}&dayPart=evening") == ["Volunteer"]
    assert names(f"date={day(7)}&dayPart=evening") == ["Mentor", "Volunteer"]
    assert names(f"date={day(0)}&dayPart=morning") == []


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("date=2026-03-04", ("/dayPart", "missing")),
        ("dayPart=evening", ("/date", "missing")),
        ("date=2026-03-04&dayPart=night", ("/dayPart", "not-a-choice")),
    ],
)
def test_half_a_moment_is_refused(coordinator: Desk, asked: str, fault: tuple[str, str]) -> None:
    status, problem = coordinator.get(f"/volunteers?{asked}")
    assert status == 400
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [fault]


def test_absences_that_are_over_are_not_shown(coordinator: Desk, town: Town, path: str) -> None:
    is_away(town.person("volunteer"), today() - timedelta(days=9), today() - timedelta(days=1))
    is_away(town.person("volunteer"), today() - timedelta(days=1), today())
    db.session.commit()
    assert coordinator.get(path)[1]["absences"] == [{"first_day": day(-1), "last_day": day(0)}]


def test_a_supervisor_says_when_the_first_rounds_are_over(
    coordinator: Desk, supervisor: Desk, town: Town, path: str
) -> None:
    coordinator.put(f"{path}/profile", whole())
    status, seen = supervisor.put(f"{path}/first-rounds", {"starts_with_mentor": False})
    assert (status, seen["starts_with_mentor"]) == (200, False)
    assert coordinator.get(f"{path}/profile")[1]["cleared_until"] == day(900)
    mentors = f"/volunteers/{town.person('mentor').id}/first-rounds"
    problem = supervisor.put(mentors, {"starts_with_mentor": True})[1]
    assert [fault["code"] for fault in problem["errors"]] == ["new-and-experienced"]
    rows = select(TrailEntry.action).where(TrailEntry.object_id == town.person("volunteer").id)
    assert list(db.session.scalars(rows.order_by(TrailEntry.number)))[1:] == [
        "volunteer.without_mentor"
    ]


@pytest.mark.parametrize("role", ["volunteer", "wijkcoach", "team_lead", "admin", "partner"])
def test_others_see_no_volunteers(client: FlaskClient, town: Town, path: str, role: str) -> None:
    stranger = Desk(client, headers_for(town.person(role)))
    asked = [stranger.get("/volunteers"), stranger.get(path), stranger.get(f"{path}/profile")]
    assert {status for status, _ in asked} == {403}


def test_a_door_with_a_letter_is_found_however_it_is_written(
    coordinator: Desk, town: Town, path: str
) -> None:
    door = town.addresses[0]
    door.house_letter, door.house_suffix = "a", "2"
    db.session.commit()
    said = [{"postcode": "9991 Sa", "number": written} for written in ("10a-2", "10 A 2")]
    status, written = coordinator.put(f"{path}/profile", whole(addresses=said))
    assert status == 200
    assert [one["number"] for one in written["addresses"]] == ["10 a-2"]
    plain = coordinator.put(
        f"{path}/profile", whole(addresses=[{"postcode": "9991SA", "number": "10"}])
    )[1]
    assert [fault["code"] for fault in plain["errors"]] == ["unknown-address"]

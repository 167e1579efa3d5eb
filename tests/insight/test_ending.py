"""A campaign from its first look to the next one: ready, by the day, closed, counted, copied."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.campaigns.models import BaseLocation, Campaign
from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.insight.enough import Walker, day_parts_needed, day_parts_there, pairs_among
from outreach.insight.figures import best_day_part, keep_figures, kept_figures
from outreach.insight.models import CampaignFigure
from outreach.territory.models import Address, DoorHold
from outreach.visits.models import ContactAttempt
from outreach.visits.retention import KEPT_DAYS
from outreach.volunteers.availability import Week
from tests.campaigns.desk import Desk
from tests.factories.town import Town, headers_for, make_walk


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    return Desk(client, headers_for(town.person("supervisor")))


def points_of(desk: Desk, campaign_id: str) -> dict[str, Any]:
    status, ready = desk.get(f"/campaigns/{campaign_id}/readiness")
    assert status == 200
    return {point["key"]: point for point in ready["points"]}


def ring(town: Town, numbers: range, outcome: str, day_part: str = "evening") -> None:
    """New doors of the campaign, each rung once."""
    here = town.municipality.id
    doors = [
        Address(
            id=new_id(), municipality_id=here, street="Rietkraag", house_number=number,
            postcode="9991SB", city="Wilgendam",
        )
        for number in numbers
    ]  # fmt: skip
    db.session.add_all(doors)
    db.session.flush()
    _, stops = make_walk(town.campaign, doors, [])
    db.session.flush()
    db.session.add_all(
        ContactAttempt(
            id=stop.attempt_id, municipality_id=here, campaign_id=town.campaign.id,
            address_id=stop.address_id, stop_id=stop.id, reached=outcome != "not_home",
            date=today(), day_part=day_part, outcome=outcome,
            details={"scope": "campaign"} if outcome == "refused" else {},
            recorded_by=town.person("volunteer").id, made_at=now(), received_at=now(),
        )
        for stop in stops
    )  # fmt: skip
    db.session.commit()


def figures_of(desk: Desk, campaign_id: str) -> dict[str, int | None]:
    answer = desk.get(f"/campaigns/{campaign_id}/figures")[1]
    return {figure["name"]: figure["count"] for figure in answer["figures"]}


def test_the_wizard_names_what_is_missing_and_where_it_is_mended(desk: Desk, town: Town) -> None:
    points = points_of(desk, town.campaign.id)
    missing = {key for key, point in points.items() if point["state"] == "missing"}
    assert missing >= {
        "base_address",
        "base_opening_hours",
        "base_attended_by",
        "letter",
        "printed",
    }
    assert points["base_address"]["place"] == "base"
    # A campaign that runs is no longer changed.
    assert points["incentive"] | {"numbers": {}} == {
        "key": "incentive", "state": "look", "word": "none", "place": None, "numbers": {},
    }  # fmt: skip
    words = {"name": "De Schakel", "address": "Wilgenhof 1", "opening_hours": "9-21"}
    body = words | {"attended_by": "Sofie"}
    assert desk.put(f"/base-locations/{town.base.id}", body)[0] == 200
    points = points_of(desk, town.campaign.id)
    assert points["base_attended_by"]["numbers"]["said"] == "Sofie"
    assert points["base_attended_by"]["state"] == "ok"


def test_a_base_needs_a_name(desk: Desk, town: Town) -> None:
    status, problem = desk.put(f"/base-locations/{town.base.id}", {"name": " "})
    assert (status, problem["errors"][0]["pointer"]) == (400, "/name")


def walker(*, is_new: bool = False, is_mentor: bool = False) -> Walker:
    every_day = [(day, "evening") for day in range(1, 8)]
    until = today() + timedelta(days=99)
    return Walker(Week(every_day), today(), until, is_new, is_mentor)


def test_who_is_new_makes_a_pair_with_a_mentor_only() -> None:
    assert pairs_among([walker(), walker(), walker()]) == 1
    assert pairs_among([walker(is_new=True), walker(is_new=True)]) == 0
    assert pairs_among([walker(is_new=True), walker(is_mentor=True), walker(), walker()]) == 2


def test_day_parts_are_counted_while_people_can_and_may_walk() -> None:
    pair = [walker(), walker()]
    assert day_parts_there(pair, today(), today() + timedelta(days=6)) == 7
    assert day_parts_there(pair, today() - timedelta(days=3), today()) == 1
    assert day_parts_needed(400) == 34
    assert day_parts_needed(0) == 0


def test_the_calendar_tells_days_in_counts(desk: Desk, town: Town) -> None:
    status, calendar = desk.get(f"/campaigns/{town.campaign.id}/calendar")
    assert status == 200
    found = {entry["kind"]: entry for entry in calendar["entries"]}
    assert set(found) == {"letters", "start", "first_ringing_day", "rounds", "end", "forgotten"}
    assert (found["rounds"]["count"], found["rounds"]["doors"]) == (1, len(town.stops))
    assert calendar["first"] == town.campaign.letter_on.isoformat()  # type: ignore[union-attr]
    last = town.campaign.ends_on + KEPT_DAYS + timedelta(days=1)
    assert calendar["last"] == last.isoformat()


def test_what_is_open_is_named_before_closing(desk: Desk, town: Town) -> None:
    status, ends = desk.get(f"/campaigns/{town.campaign.id}/loose-ends")
    assert (status, [one["id"] for one in ends["rounds"]]) == (200, [town.round.id])


def test_closing_counts_once_and_hides_what_is_under_ten(desk: Desk, town: Town) -> None:
    ring(town, range(1, 41), "not_home", "morning")
    ring(town, range(101, 113), "conversation")
    ring(town, range(201, 213), "refused")
    ring(town, range(301, 304), "later")
    assert figures_of(desk, town.campaign.id) == {}
    assert desk.post(f"/campaigns/{town.campaign.id}/closing")[0] == 200
    found = figures_of(desk, town.campaign.id)
    assert (found["rung"], found["reached"], found["not_reached"]) == (67, 27, 40)
    assert found["later"] is None
    assert found["plan"] is None
    assert found["opened.evening"] is None  # in the evening everybody opened: nobody did not
    # Nothing of what is hidden is kept.
    rows = select(CampaignFigure.count).where(CampaignFigure.name == "later")
    assert db.session.scalars(rows).all() == [None]
    ring(town, range(401, 421), "conversation")
    campaign = db.session.get_one(Campaign, town.campaign.id)
    keep_figures(campaign)
    assert figures_of(desk, town.campaign.id) == found


def test_the_tidying_counts_what_nobody_closed(town: Town) -> None:
    keep_figures(town.campaign)
    assert kept_figures(town.campaign)["doors"] == len(town.addresses)


def test_the_privacy_officer_reads_figures_and_a_volunteer_does_not(
    client: FlaskClient, desk: Desk, town: Town
) -> None:
    desk.post(f"/campaigns/{town.campaign.id}/closing")
    officer = Desk(client, headers_for(town.person("privacy_officer")))
    listed = officer.get("/campaign-figures")[1]["items"]
    assert [one["campaign_id"] for one in listed] == [town.campaign.id]
    assert officer.get(f"/campaigns/{town.campaign.id}/figures")[0] == 200
    volunteer = Desk(client, headers_for(town.person("volunteer")))
    assert volunteer.get("/campaign-figures")[0] == 403


def test_the_page_for_the_alderman_waits_for_the_end(
    client: FlaskClient, desk: Desk, town: Town
) -> None:
    path = f"/campaigns/{town.campaign.id}/reports"
    assert desk.post(path)[1]["code"] == "no-figures-yet"
    ring(town, range(1, 41), "not_home")
    ring(town, range(101, 131), "conversation")
    desk.post(f"/campaigns/{town.campaign.id}/closing")
    paper = client.post(f"/v1{path}", headers=desk.headers)
    assert paper.status_code == 200
    from io import BytesIO  # noqa: PLC0415

    from pypdf import PdfReader  # noqa: PLC0415

    read = PdfReader(BytesIO(paper.data))
    assert len(read.pages) == 1
    root: Any = read.root_object
    assert root["/MarkInfo"]["/Marked"]
    text = " ".join(read.pages[0].extract_text().split())
    assert "Bij 30 deuren deed iemand open. Dat is 43 van elke 100 deuren." in text


def test_a_day_part_is_the_best_only_when_it_clearly_is() -> None:
    found: dict[str, int | None] = {
        "tries.morning": 100,
        "tries.evening": 100,
        "tries.afternoon": 0,
    }
    assert best_day_part(found | {"opened.morning": 40, "opened.evening": 60}) == "evening"
    assert best_day_part(found | {"opened.morning": 58, "opened.evening": 60}) is None
    assert best_day_part(found | {"opened.morning": None, "opened.evening": 60}) is None


def test_the_next_campaign_takes_over_what_worked(desk: Desk, town: Town) -> None:
    held, path = town.addresses[0], f"/campaigns/{town.campaign.id}"
    db.session.add(
        DoorHold(
            id=new_id(), municipality_id=town.municipality.id, address_id=held.id,
            kind="not_a_home", set_by=town.person("supervisor").id, set_at=now(),
        )
    )  # fmt: skip
    db.session.commit()
    start = today() + timedelta(days=14)
    body = {"name": "Vervolg", "starts_on": start.isoformat()}
    assert desk.post(f"{path}/copies", body)[1]["code"] == "campaign-still-runs"
    letter = {"recognition_word": "zon", "waiting_days": 9, "texts": {"nl": "Beste bewoner"}}
    assert desk.put(f"{path}/letter", letter)[0] == 200
    ended = desk.post(f"{path}/closing")[1]
    status, copied = desk.post(f"{path}/copies", body)
    assert (status, copied["state"], copied["copied_from_id"]) == (201, "draft", town.campaign.id)
    same = ("guide_id", "consent_text_id", "base_location_id", "aftercare_weeks", "kind")
    assert {name: copied[name] for name in same} == {name: ended[name] for name in same}
    assert copied["doors"] == len(town.addresses) - 1
    taken = desk.get(f"/campaigns/{copied['id']}/letter")[1]
    assert (taken["waiting_days"], taken["texts"]) == (9, {"nl": "Beste bewoner"})
    assert points_of(desk, copied["id"])["letter"]["word"] == "same_word"
    # Who saves the draft again does not bring the held door back.
    streets = [{"city": one["city"], "street": one["street"]} for one in copied["streets"]]
    fields = (*same, "district_id", "name", "starts_on", "ends_on")
    again = {name: copied[name] for name in fields} | {"streets": streets, "letter_on": None}
    assert desk.put(f"/campaigns/{copied['id']}", again)[1]["doors"] == copied["doors"]


def test_doors_where_somebody_was_not_long_ago_can_rest(desk: Desk, town: Town) -> None:
    ring(town, range(1, 4), "not_home")
    desk.post(f"/campaigns/{town.campaign.id}/closing")
    body = {"name": "Vervolg", "starts_on": today().isoformat(), "but_months": 6}
    path = f"/campaigns/{town.campaign.id}/copies"
    assert desk.post(path, body)[1]["doors"] == 0
    assert desk.post(path, body | {"same_doors": False})[1]["doors"] == 0
    assert desk.post(path, body | {"but_months": None})[1]["doors"] == len(town.addresses)
    faults = desk.post(path, {"starts_on": "2020-01-01", "but_months": 13})[1]["errors"]
    assert {fault["pointer"] for fault in faults} == {"/name", "/starts_on", "/but_months"}


def test_a_base_of_another_district_is_not_there(client: FlaskClient, town: Town) -> None:
    other = Desk(client, headers_for(town.person("other_supervisor")))
    assert other.put(f"/base-locations/{town.base.id}", {"name": "Ergens"})[0] == 404
    assert db.session.get_one(BaseLocation, town.base.id).name == "De Schakel"

"""A campaign's doors are chosen, kept as they were chosen, and leave out who was visited lately."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.territory.models import AreaAddress
from outreach.visits.models import ContactAttempt, Stop
from tests.campaigns.desk import Desk
from tests.campaigns.test_planning import whole
from tests.factories.town import Town, headers_for

AROUND_THREE = {"corners": [[52.39995, 5.19], [52.39995, 5.21], [52.40025, 5.21], [52.40025, 5.19]]}
NOTHING: dict[str, Any] = {
    "streets": [],
    "postcodes": [],
    "areas": [],
    "added": [],
    "left_out": [],
    "homes_only": False,
    "visited_months": None,
}


@pytest.fixture
def desk(client: FlaskClient, town: Town) -> Desk:
    return Desk(client, headers_for(town.person("supervisor")))


def rung(town: Town, stop: Stop) -> None:
    """Somebody rang at this stop."""
    row = ContactAttempt(
        id=stop.attempt_id,
        municipality_id=stop.municipality_id,
        campaign_id=town.campaign.id,
        address_id=stop.address_id,
        stop_id=stop.id,
        reached=True,
        date=today(),
        day_part="morning",
        outcome="talk",
        recorded_by=town.person("volunteer").id,
        made_at=now(),
        received_at=now(),
    )
    db.session.add(row)
    db.session.commit()


def test_an_area_keeps_its_shape_and_can_be_edited_again(desk: Desk, town: Town) -> None:
    choice = NOTHING | {"areas": [AROUND_THREE], "left_out": [town.addresses[1].id]}
    status, made = desk.post("/campaigns", whole(town, streets=[], choice=choice))
    assert (status, made["doors"]) == (201, 2)
    assert made["choice"] == choice
    change = made["choice"] | {"left_out": []}
    body = whole(town, streets=[], choice=change)
    status, changed = desk.put(f"/campaigns/{made['id']}", body)
    assert (status, changed["doors"], changed["choice"]) == (200, 3, change)
    ids = {address.id for address in town.addresses[:3]}
    area = select(AreaAddress.address_id).where(AreaAddress.address_id.in_(ids))
    assert set(db.session.scalars(area)) == ids


def test_a_campaign_of_before_is_its_streets(desk: Desk, town: Town) -> None:
    read = desk.get(f"/campaigns/{town.campaign.id}")[1]
    street = {"city": "Wilgendam", "street": "Wilgenhof"}
    assert read["choice"] == NOTHING | {"streets": [street]}


def test_a_choice_of_nothing_and_one_of_which_nothing_is_left_are_refused(
    desk: Desk, town: Town
) -> None:
    for choice, code in (
        (NOTHING, "nothing-chosen"),
        (
            NOTHING | {"added": [town.addresses[0].id], "left_out": [town.addresses[0].id]},
            "choice-leaves-no-doors",
        ),
    ):
        status, problem = desk.post("/campaigns", whole(town, streets=[], choice=choice))
        assert status == 400
        found = {(fault["pointer"], fault["code"]) for fault in problem["errors"]}
        assert found == {("/choice", code)}


def test_where_somebody_rang_lately_nobody_rings_again(desk: Desk, town: Town) -> None:
    rung(town, town.stops[0])
    choice = NOTHING | {"streets": [{"city": "Wilgendam", "street": "Wilgenhof"}]}
    body = {"choice": choice | {"visited_months": 3}}
    counts = desk.post("/door-counts", body)[1]
    assert (counts["excluded"]["visited"], counts["doors"]) == (1, 5)
    assert desk.post("/door-counts", {"choice": choice})[1]["doors"] == 6


def test_once_words_are_forgotten_a_door_counts_when_a_round_went_there(
    desk: Desk, town: Town
) -> None:
    walked = len(town.stops)
    body = {"choice": NOTHING | {"postcodes": ["9991SA"], "visited_months": 12}}
    assert desk.post("/door-counts", body)[1]["excluded"]["visited"] == 0
    town.campaign.ends_on = today() - timedelta(days=31)
    town.round.date = today() - timedelta(days=60)
    db.session.commit()
    assert desk.post("/door-counts", body)[1]["excluded"]["visited"] == walked
    body["choice"] |= {"visited_months": 1}
    assert desk.post("/door-counts", body)[1]["excluded"]["visited"] == 0


@pytest.mark.parametrize("role", ["coordinator", "admin", "volunteer", "wijkcoach"])
def test_only_who_makes_campaigns_counts_doors(client: FlaskClient, town: Town, role: str) -> None:
    desk = Desk(client, headers_for(town.person(role)))
    body = {"choice": NOTHING | {"added": [new_id()]}}
    assert desk.post("/door-counts", body)[0] == 403

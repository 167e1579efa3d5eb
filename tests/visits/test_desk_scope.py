"""Rounds of another district or municipality do not exist."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.db import db
from outreach.visits.models import Round
from tests.campaigns.desk import Desk
from tests.factories.town import Town, build_town, headers_for
from tests.visits.phone import Phone
from tests.visits.planning import (
    wanted,
)


def attempts_on(town: Town) -> list[tuple[str, str, Any]]:
    campaign, round_, hold = town.campaign.id, town.round.id, town.stops[0].attempt_id
    body = {name: wanted(town)[name] for name in ("date", "pair", "day_part")}
    return [
        ("get", f"/campaigns/{campaign}/volunteers", None),
        ("get", f"/campaigns/{campaign}/streets", None),
        ("get", f"/campaigns/{campaign}/wishes", None),
        ("get", f"/campaigns/{campaign}/rounds", None),
        ("post", f"/campaigns/{campaign}/rounds", wanted(town)),
        ("get", f"/rounds/{round_}", None),
        ("put", f"/rounds/{round_}", body | {"stop_ids": [town.stops[0].id]}),
        ("delete", f"/rounds/{round_}", None),
        ("post", f"/rounds/{round_}/publication", None),
        ("post", f"/rounds/{round_}/closing", None),
        ("post", f"/door-holds/{hold}/decision", {"keep": True}),
    ]


@pytest.mark.parametrize("who", ["other district", "other municipality"])
def test_elsewhere_nothing_of_this_town_exists(client: FlaskClient, town: Town, who: str) -> None:
    Phone(town.person("volunteer")).record(town.stops[0], "unsafe")
    db.session.commit()
    elsewhere = build_town("Oeverdam")
    stranger = (
        town.person("other_supervisor")
        if who == "other district"
        else elsewhere.person("supervisor")
    )
    desk = Desk(client, headers_for(stranger))
    for method, path, body in attempts_on(town):
        call = getattr(desk, method)
        status = (call(path, body) if body is not None else call(path))[0]
        assert status == 404, path
    assert desk.get("/door-holds")[1]["items"] == []
    assert db.session.get_one(Round, town.round.id).state == "published"


@pytest.mark.parametrize("role", ["volunteer", "wijkcoach", "admin", "privacy_officer"])
def test_rounds_are_for_supervisors_and_coordinators(
    client: FlaskClient, town: Town, role: str
) -> None:
    desk = Desk(client, headers_for(town.person(role)))
    assert desk.get(f"/rounds/{town.round.id}")[0] == 403
    coordinator = Desk(client, headers_for(town.person("coordinator")))
    assert coordinator.get(f"/rounds/{town.round.id}")[0] == 200
    assert coordinator.post(f"/rounds/{town.round.id}/closing")[0] == 403

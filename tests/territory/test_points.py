"""A map gets the doors of its piece, or the streets where there are too many; never elsewhere's."""

from collections import Counter
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text

from outreach.db import db
from outreach.territory import points
from outreach.territory.importing import import_addresses
from outreach.territory.models import Address
from outreach.territory.points import Box, in_box, map_points
from tests.factories.town import Town, build_town, headers_for
from tests.territory.lists import HEADER, door, stream, written
from tests.territory.register import HERE

SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
Place = tuple[int, int]  # thousandths of a degree from 52.0, 5.0
FIXTURE_LIES_AT = 52.3
WHOLE = {"south": 51.9, "west": 4.9, "north": 52.2, "east": 5.2, "zoom": 16}


def bring(town: Town, places: list[Place], uses: list[str] | None = None) -> None:
    """Doors at these places, ten a street; their numbers count from 1."""
    rows = [
        [*door(n, straat=f"Pad {n // 10}", lat=str(52 + y / 1000), lon=str(5 + x / 1000)), use]
        for n, ((y, x), use) in enumerate(zip(places, uses or [""] * len(places), strict=True), 1)
    ]
    listed = written(rows, header=[*HEADER, "gebruiksdoel"])
    here = town.municipality.id
    db.session.rollback()
    with db.engine.connect() as connection:
        import_addresses(connection, here, stream(listed))


@pytest.fixture
def headers(town: Town) -> dict[str, str]:
    """The supervisor's; the town of the fixture lies elsewhere on the map."""
    return headers_for(town.person("supervisor"))


def ask(client: FlaskClient, headers: dict[str, str], **change: Any) -> Any:
    return client.get("/v1/address-points", query_string=WHOLE | change, headers=headers)


def test_each_door_of_the_box_comes_with_its_street(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    bring(town, [(n, n) for n in range(20)])
    body = ask(client, headers, south=52.004, north=52.0121, west=4.9, east=5.1).get_json()
    doors = body["doors"]
    assert body["count"] == len(doors["ids"]) == 9
    at = doors["numbers"].index("10")
    assert (doors["lats"][at], doors["lons"][at]) == pytest.approx((52.009, 5.009))
    streets = body["streets"]
    assert streets[doors["streets"][at]]["street"] == "Pad 1"
    assert {one["street"]: one["doors"] for one in streets} == {"Pad 0": 5, "Pad 1": 4}
    assert streets[doors["streets"][at]]["lat"] == pytest.approx(52.0105)
    assert body["left_out"] == 0


def test_from_far_off_there_are_streets_with_their_doors_counted(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    bring(town, [(n, n) for n in range(25)])
    body = ask(client, headers, zoom=14).get_json()
    assert body["doors"]["ids"] == []
    assert [(one["street"], one["doors"]) for one in body["streets"]] == [
        ("Pad 1", 10),
        ("Pad 0", 9),
        ("Pad 2", 6),
    ]
    assert body["count"] == 25
    assert body["streets"][0]["lat"] == pytest.approx(52.0135)


def test_more_doors_than_fit_become_streets_and_more_streets_than_fit_are_counted(
    client: FlaskClient, town: Town, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(town, [(n, n) for n in range(25)])
    monkeypatch.setattr(points, "MOST_DOORS", 25)
    assert len(ask(client, headers).get_json()["doors"]["ids"]) == 25
    monkeypatch.setattr(points, "MOST_DOORS", 24)
    monkeypatch.setattr(points, "MOST_STREETS", 2)
    body = ask(client, headers).get_json()
    assert body["doors"]["ids"] == []
    assert ([one["doors"] for one in body["streets"]], body["left_out"]) == ([10, 9], 1)
    assert body["count"] == 25


def test_an_empty_piece_of_the_map_is_empty(client: FlaskClient, headers: dict[str, str]) -> None:
    for zoom in (3, 18):
        body = ask(client, headers, zoom=zoom).get_json()
        assert (body["count"], body["streets"], body["doors"]["ids"]) == (0, [], [])


def test_homes_only_leaves_out_what_is_known_to_be_none(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    uses = [
        "woonfunctie",
        "winkelfunctie",
        "winkelfunctie,woonfunctie",
        "",
        "ligplaats",
        "celfunctie",
    ]
    bring(town, [(1, 1)] * 6, uses)
    assert ask(client, headers).get_json()["count"] == 6
    body = ask(client, headers, homesOnly="true").get_json()
    assert sorted(body["doors"]["numbers"]) == ["1", "3", "4", "5"]


def test_another_municipality_is_not_on_the_map(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    bring(town, [(1, 1)])
    elsewhere = headers_for(build_town("Elzendam").person("supervisor"))
    assert ask(client, headers).get_json()["count"] == 1
    assert ask(client, elsewhere).get_json()["count"] == 0


def test_every_fault_of_a_box_is_named(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = ask(client, headers, south="x", north=91, east=181, zoom=99)
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.get_json()["errors"]} == {
        "/south",
        "/north",
        "/east",
        "/zoom",
    }


def test_who_may_not_see_addresses_sees_no_map(client: FlaskClient, town: Town) -> None:
    assert ask(client, headers_for(town.person("volunteer"))).status_code == 403


def test_a_box_is_found_by_its_index(register: Connection) -> None:
    here = select(Address).where(Address.municipality_id == HERE)
    wanted = in_box(here, Box(52.0, 5.0, 52.1, 5.1))
    for columns in ([Address.id], [func.count()]):
        said = wanted.with_only_columns(*columns).compile(
            register, compile_kwargs={"literal_binds": True}
        )
        plan = " ".join(map(str, register.execute(text(f"EXPLAIN QUERY PLAN {said}"))))
        assert "ix_address_place (municipality_id=? AND lat>? AND lat<?)" in plan


PLACES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30)


@given(PLACES, st.tuples(*[st.integers(0, 9)] * 4), st.sampled_from([10, 17]))
@SHARED
def test_what_a_map_shows_is_what_lies_there(
    town: Town, places: list[Place], edges: tuple[int, int, int, int], zoom: int
) -> None:
    mine = Address.municipality_id == town.municipality.id
    clear = Address.metadata.tables["address"].delete().where(mine, Address.lat < FIXTURE_LIES_AT)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(clear)
    bring(town, places)
    south, west, north, east = edges
    box = Box(*(base + at / 1000 for base, at in zip((52, 5, 52, 5), edges, strict=True)))
    found = map_points(select(Address).where(mine), box, zoom)
    wanted = [n for n, (y, x) in enumerate(places, 1) if south <= y <= north and west <= x <= east]
    assert found.count == len(wanted)
    assert Counter({one.street: one.doors for one in found.streets}) == Counter(
        f"Pad {n // 10}" for n in wanted
    )
    if zoom == 17:
        assert sorted(map(int, found.doors.numbers)) == wanted

"""A choice of doors: counted as it is made, each door in one state, refused where it is none."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from outreach.clock import new_id, now, today
from outreach.db import db
from outreach.errors import InvalidInput
from outreach.territory import choosing
from outreach.territory.choices import Choice
from outreach.territory.choosing import State
from outreach.territory.drawing import drawn
from outreach.territory.models import Address, DoorHold
from outreach.territory.street_names import Street
from tests.factories.town import Town, build_town, headers_for
from tests.territory.test_drawing import SPOTS, Spot, crosses_itself, degrees, is_inside, side
from tests.territory.test_points import SHARED, bring

SQUARE = [[52.0, 5.0], [52.0, 5.01], [52.01, 5.01], [52.01, 5.0]]


@pytest.fixture
def headers(town: Town) -> dict[str, str]:
    return headers_for(town.person("supervisor"))


def ask(client: FlaskClient, headers: dict[str, str], **choice: Any) -> tuple[int, Any]:
    answer = client.post("/v1/door-counts", json={"choice": choice}, headers=headers)
    return answer.status_code, answer.get_json()


def count(client: FlaskClient, headers: dict[str, str], **choice: Any) -> Any:
    status, body = ask(client, headers, **choice)
    assert status == 200, body
    assert body["inside"] == body["doors"] + sum(body["excluded"].values())
    return body


def codes(client: FlaskClient, headers: dict[str, str], **choice: Any) -> set[tuple[str, str]]:
    status, body = ask(client, headers, **choice)
    assert status == 400
    return {(fault["pointer"], fault["code"]) for fault in body["errors"]}


def hold(town: Town, at: Address, kind: str, **change: Any) -> None:
    row = {"campaign_id": None, "set_by": town.person("volunteer").id, "set_at": now()}
    here = town.municipality.id
    told = row | {"id": new_id(), "municipality_id": here, "address_id": at.id, "kind": kind}
    db.session.add(DoorHold(**(told | change)))
    db.session.commit()


WILGENHOF = {"city": "Wilgendam", "street": "Wilgenhof"}


def test_streets_postcodes_areas_and_single_doors_come_together_once(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    bring(town, [(n, n) for n in range(20)])
    body = count(
        client,
        headers,
        streets=[WILGENHOF],
        postcodes=["9991 sa"],
        areas=[{"corners": SQUARE}],
        added=[town.addresses[0].id],
    )
    assert body["inside"] == body["doors"] == 6 + 11
    assert body["areas"] == [11]
    names = {(row["street"], row["inside"], row["whole"]) for row in body["streets"]}
    assert {("Wilgenhof", 6, 6), ("Pad 1", 2, 10), ("Pad 0", 9, 9)} == names


def test_flats_behind_one_entrance_are_one_front_door(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    body = count(client, headers, streets=[WILGENHOF])
    assert (body["doors"], body["entrances"]) == (6, 5)


def test_every_reason_keeps_its_own_doors_out(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    held, shop, gone, *_ = town.addresses
    hold(town, held, "wants_no_visit")
    shop.use = "winkelfunctie"
    db.session.commit()
    body = count(client, headers, streets=[WILGENHOF], left_out=[gone.id], homes_only=True)
    assert body["excluded"] == {"left_out": 1, "held": 1, "not_a_home": 1, "visited": 0}
    assert (body["inside"], body["homes"], body["doors"]) == (6, 5, 3)


def test_a_door_added_by_hand_is_wanted_though_it_is_no_home_but_never_when_it_is_held(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    held, shop, *_ = town.addresses
    hold(town, held, "unsafe", campaign_id=town.campaign.id)
    shop.use = "winkelfunctie"
    db.session.commit()
    body = count(client, headers, added=[held.id, shop.id], homes_only=True)
    assert (body["doors"], body["excluded"]["held"]) == (1, 1)


def test_a_hold_that_ends_before_the_last_day_or_is_lifted_keeps_nobody_out(town: Town) -> None:
    ends, lifted, other, *_ = town.addresses
    hold(town, ends, "unsafe", ends_on=today() + timedelta(days=3))
    hold(town, lifted, "wants_no_visit", lifted_at=now())
    hold(town, other, "wants_no_visit", campaign_id=town.campaign.id)
    choice = Choice(streets=[Street("Wilgendam", "Wilgenhof")])
    assert held_doors(town, choice, 4) == 0
    assert held_doors(town, choice, 3) == 1


def held_doors(town: Town, choice: Choice, days: int) -> int:
    addresses = select(Address).where(Address.municipality_id == town.municipality.id)
    until = today() + timedelta(days=days)
    found = choosing.find(addresses, choice, town.municipality.id, until)
    return sum(door.state == State.HELD for door in found)


def test_what_is_wrong_with_a_choice_is_named_where_it_is(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    bow_tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    assert codes(client, headers) == {("/choice", "nothing-chosen")}
    assert codes(
        client,
        headers,
        streets=[WILGENHOF, {"city": "Wilgendam", "street": "Nergens"}],
        postcodes=["9999ZZ"],
        areas=[{"corners": SQUARE}, {"corners": bow_tie}, {"corners": SQUARE[:2]}],
    ) == {
        ("/choice/streets/1", "unknown-street"),
        ("/choice/postcodes/0", "unknown-postcode"),
        ("/choice/areas/1/corners", "area-crosses-itself"),
        ("/choice/areas/2/corners", "area-needs-corners"),
    }


def test_a_crossing_names_the_two_sides() -> None:
    bow_tie = [(52.0, 5.0), (52.01, 5.01), (52.0, 5.01), (52.01, 5.0)]
    with pytest.raises(InvalidInput) as refusal:
        drawn(bow_tie)
    assert refusal.value.errors[0].params == {"one": 1, "other": 3}


def test_an_area_without_doors_or_beside_the_town_is_refused(
    client: FlaskClient, town: Town, headers: dict[str, str]
) -> None:
    bring(town, [(0, 0), (100, 100)])
    between = [[52.03, 5.03], [52.03, 5.04], [52.04, 5.04]]
    far = [[51.0, 4.0], [51.0, 4.1], [51.1, 4.1]]
    at = "/choice/areas/0/corners"
    assert codes(client, headers, areas=[{"corners": between}]) == {(at, "area-has-no-doors")}
    assert codes(client, headers, areas=[{"corners": far}]) == {(at, "area-outside-municipality")}


def test_too_many_corners_and_too_many_doors_are_refused(
    client: FlaskClient, town: Town, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [[52.0 + n / 1e5, 5.0] for n in range(1001)]
    refused = codes(client, headers, areas=[{"corners": many}])
    assert refused == {("/choice/areas/0/corners", "too-many-corners")}
    monkeypatch.setattr(choosing, "MOST_DOORS", 5)
    refused = codes(client, headers, streets=[WILGENHOF])
    assert refused == {("/choice", "area-has-too-many-doors")}


def test_elsewhere_has_no_doors_here(client: FlaskClient, town: Town) -> None:
    there = build_town("Elzenveen")
    headers = headers_for(town.person("supervisor"))
    body = count(client, headers, streets=[WILGENHOF], added=[there.addresses[0].id])
    assert body["inside"] == 6


RINGS = st.lists(SPOTS, min_size=3, max_size=6, unique=True).filter(
    lambda ring: any(side(ring[0], ring[1], spot) for spot in ring) and not crosses_itself(ring)
)


@SHARED
@given(st.data(), RINGS, RINGS, st.lists(SPOTS, min_size=1, max_size=25))
def test_a_choice_is_what_a_naive_reckoning_says_and_each_door_is_in_one_state(
    town: Town, data: Any, one: list[Spot], other: list[Spot], spots: list[Spot]
) -> None:
    bring_spots(town, spots)
    addresses = paths(town)
    rows = db.session.scalars(addresses).all()
    ids = [row.id for row in rows]
    left_out = set(data.draw(st.lists(st.sampled_from(ids), unique=True)))
    added = set(data.draw(st.lists(st.sampled_from(ids), unique=True)))
    areas = [[degrees(spot) for spot in ring] for ring in (one, other)]
    choice = Choice(areas=areas, added=[*added], left_out=[*left_out])
    hits = [{row.id for row in rows if is_inside(ring, spot_of(row))} for ring in (one, other)]
    if not all(hits):
        with pytest.raises(InvalidInput):
            choosing.find(addresses, choice, town.municipality.id, today())
        return
    inside = added.union(*hits)
    found = choosing.find(addresses, choice, town.municipality.id, today())
    assert Counter(door.id for door in found) == Counter(inside)
    assert {door.id for door in found if door.state == State.CHOSEN} == inside - left_out
    assert {door.id for door in found if door.state == State.LEFT_OUT} == inside & left_out


def paths(town: Town) -> Any:
    return select(Address).where(
        Address.municipality_id == town.municipality.id, Address.street.startswith("Pad")
    )


def spot_of(row: Address) -> Spot:
    return round(((row.lat or 0) - 52) * 1024), round(((row.lon or 0) - 5) * 1024)


def bring_spots(town: Town, spots: list[Spot]) -> None:
    """Doors at these places and, on these paths, at no others."""
    db.session.execute(delete(Address).where(Address.street.startswith("Pad")))
    db.session.add_all(
        Address(
            id=new_id(),
            municipality_id=town.municipality.id,
            street=f"Pad {n // 10}",
            house_number=n,
            postcode="9992AA",
            city="Kromveen",
            lat=degrees(spot)[0],
            lon=degrees(spot)[1],
        )
        for n, spot in enumerate(spots, 1)
    )
    db.session.commit()

"""An area that was drawn: refused where it is none, and holding exactly the doors inside it."""

from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
import shapely
from flask.testing import FlaskClient
from hypothesis import assume, event, given
from hypothesis import strategies as st

from outreach.db import db
from outreach.errors import InvalidInput
from outreach.territory import drawing
from outreach.territory.drawing import Corner, drawn
from outreach.territory.models import Address
from tests.factories.town import Town, headers_for
from tests.territory.test_points import bring

# Whole steps of 1/1024 degree are exact in binary: corners and doors often fall on a line.
STEP = 1024
Spot = tuple[int, int]
SPOTS = st.tuples(st.integers(0, 8), st.integers(0, 8))
SQUARE = [(52.0, 5.0), (52.0, 5.01), (52.01, 5.01), (52.01, 5.0)]


def degrees(spot: Spot) -> Corner:
    return 52 + spot[0] / STEP, 5 + spot[1] / STEP


def side(a: Spot, b: Spot, c: Spot) -> int:
    """Above nought where c lies left of the line from a to b, nought on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def lies_on(a: Spot, b: Spot, c: Spot) -> bool:
    between = all(min(p, q) <= r <= max(p, q) for p, q, r in zip(a, b, c, strict=True))
    return side(a, b, c) == 0 and between


def touch(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether two lines have a point in common."""
    if any((lies_on(a, b, c), lies_on(a, b, d), lies_on(c, d, a), lies_on(c, d, b))):
        return True
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def crosses_itself(ring: list[Spot]) -> bool:
    edges = [*pairwise([*ring, ring[0]])]
    for (i, (a, b)), (j, (c, d)) in combinations(enumerate(edges), 2):
        if j == i + 1:
            if lies_on(a, b, d) or lies_on(c, d, a):
                return True  # there and back over the same line
        elif (i, j) == (0, len(edges) - 1):
            if lies_on(c, d, b) or lies_on(a, b, c):
                return True
        elif touch(a, b, c, d):
            return True
    return False


def is_inside(ring: list[Spot], spot: Spot) -> bool:
    """By counting how often a line to the east is crossed, in whole numbers and fractions."""
    y, x = spot
    odd = False
    for a, b in pairwise([*ring, ring[0]]):
        if lies_on(a, b, spot):
            return True
        if (a[0] > y) != (b[0] > y):
            crossing = a[1] + Fraction((y - a[0]) * (b[1] - a[1]), b[0] - a[0])
            odd ^= crossing > x
    return odd


def codes(corners: list[Corner]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refusal:
        drawn(corners)
    return {(fault.pointer, fault.code) for fault in refusal.value.errors}


@given(st.lists(SPOTS, min_size=3, max_size=7, unique=True))
def test_an_area_is_refused_exactly_where_its_line_crosses_itself(ring: list[Spot]) -> None:
    assume(any(side(ring[0], ring[1], spot) for spot in ring))
    crosses = crosses_itself(ring)
    event(f"crosses: {crosses}")
    corners = [degrees(spot) for spot in ring]
    if crosses:
        assert codes(corners) == {("/corners", "area-crosses-itself")}
    else:
        assert drawn(corners).area > 0


@given(st.lists(SPOTS, min_size=3, max_size=7, unique=True), st.lists(SPOTS, min_size=1))
def test_inside_is_what_a_second_way_of_reckoning_says(ring: list[Spot], spots: list[Spot]) -> None:
    assume(any(side(ring[0], ring[1], spot) for spot in ring))
    assume(not crosses_itself(ring))
    area = drawn([degrees(spot) for spot in ring])
    lats, lons = zip(*map(degrees, spots), strict=True)
    found = shapely.intersects_xy(area, lons, lats).tolist()
    assert found == [is_inside(ring, spot) for spot in spots]


def test_what_is_no_area_is_refused() -> None:
    line = [(52.0, 5.0), (52.01, 5.01), (52.02, 5.02)]
    for corners in ([], SQUARE[:1], SQUARE[:2], [SQUARE[0]] * 5, line):
        assert codes(corners) == {("/corners", "area-needs-corners")}
    bow_tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    assert codes(bow_tie) == {("/corners", "area-crosses-itself")}
    assert drawn([SQUARE[0], *SQUARE, SQUARE[0]]).area > 0  # a corner tapped twice


def test_every_corner_abroad_is_named() -> None:
    corners = [(52.0, 5.0), (5.0, 52.0), (52.0, 9.0), (52.1, 5.1)]
    assert codes(corners) == {
        ("/corners/1", "not-in-the-netherlands"),
        ("/corners/2", "not-in-the-netherlands"),
    }


def search(client: FlaskClient, town: Town, corners: Any, **more: Any) -> Any:
    body = {"corners": corners} | more
    return client.post(
        "/v1/area-searches", json=body, headers=headers_for(town.person("supervisor"))
    )


def test_the_doors_inside_are_counted_by_street_with_all_that_the_street_has(
    client: FlaskClient, town: Town
) -> None:
    bring(town, [(n, n) for n in range(25)], ["woonfunctie"] * 12 + ["winkelfunctie"] * 13)
    corners = [(52.0, 5.0), (52.0145, 5.0), (52.0145, 5.0145), (52.0, 5.0145)]
    assert search(client, town, corners).get_json() == {
        "doors": 15,
        "streets": [
            {"city": "Wilgendam", "street": "Pad 0", "inside": 9, "doors": 9},
            {"city": "Wilgendam", "street": "Pad 1", "inside": 6, "doors": 10},
        ],
    }
    homes = search(client, town, corners, homes_only=True).get_json()
    assert (homes["doors"], homes["streets"][1]["doors"]) == (12, 3)


def test_a_street_of_the_same_name_in_another_town_is_another(
    client: FlaskClient, town: Town
) -> None:
    bring(town, [(1, 1), (2, 2)])
    db.session.query(Address).filter(Address.street == "Pad 0", Address.house_number == 2).update(
        {Address.city: "Elderdam"}
    )
    db.session.commit()
    answer = search(client, town, [(52.0, 5.0), (52.0015, 5.0), (52.0015, 5.0015), (52.0, 5.0015)])
    assert answer.get_json()["streets"] == [
        {"city": "Wilgendam", "street": "Pad 0", "inside": 1, "doors": 1}
    ]


def fault(answer: Any) -> tuple[str, str]:
    assert answer.status_code == 400
    [found] = answer.get_json()["errors"]
    return found["pointer"], found["code"]


def test_an_area_without_doors_or_with_too_many_says_so(
    client: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fault(search(client, town, SQUARE)) == ("/corners", "area-has-no-doors")
    bring(town, [(1, 1), (2, 2), (3, 3)])
    assert search(client, town, SQUARE).get_json()["doors"] == 3
    monkeypatch.setattr(drawing, "MOST_DOORS", 3)
    assert search(client, town, SQUARE).get_json()["doors"] == 3
    monkeypatch.setattr(drawing, "MOST_DOORS", 2)
    answer = search(client, town, SQUARE)
    assert fault(answer) == ("/corners", "area-has-too-many-doors")
    assert "meer dan 2 deuren" in answer.get_json()["errors"][0]["detail"]


def test_a_body_that_is_no_drawing_is_refused_at_its_field(client: FlaskClient, town: Town) -> None:
    bring(town, [(1, 1)])
    around = [(52.0, 5 + n / 100_000) for n in range(999)]
    assert search(client, town, [*around, (52.01, 5.0)]).get_json()["doors"] == 1
    many = [(52 + n / 10_000, 5.0) for n in range(1001)]
    assert fault(search(client, town, many)) == ("/corners", "too-many-corners")
    answer = search(client, town, [[52.0], ["x", 5.0], SQUARE[0]])
    assert answer.status_code == 400
    assert all(one["pointer"].startswith("/corners/") for one in answer.get_json()["errors"])

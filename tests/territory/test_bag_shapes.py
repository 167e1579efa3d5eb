"""Where things are: points and outlines in metres, and the grid in degrees."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from outreach.territory.bag.rijksdriehoek import ToDegrees
from outreach.territory.bag.shapes import Place, place_of
from tests.factories.extract import outline, point

SPACES = 'xmlns:Objecten="o" xmlns:gml="g"'
# The points by which the surveyors themselves say that a program turns their grid right.
KNOWN = [
    ("Texel", 117380.1200, 575040.3400, 53.160753042, 4.824761912),
    ("Noord-Groningen", 247380.5600, 604580.7800, 53.419482050, 6.776726674),
    ("Amersfoort", 155000.0000, 463000.0000, 52.155172897, 5.387203657),
    ("Zeeuws-Vlaanderen", 16460.9100, 377380.2300, 51.368607152, 3.397588595),
    ("Zuid-Limburg", 182260.4500, 311480.6700, 50.792584916, 5.773795548),
    ("Maasvlakte", 64640.8900, 440700.0101, 51.947393898, 4.072887101),
]
METRE = 1.5e-5  # degrees


def shape(xml: str) -> Any:
    return etree.fromstring(f"<root {SPACES}>{xml}</root>")


def found(xml: str) -> Place | None:
    return place_of(shape(xml))


@pytest.mark.parametrize(("name", "x", "y", "lat", "lon"), KNOWN)
def test_the_grid_is_turned_as_the_surveyors_say(
    name: str, x: float, y: float, lat: float, lon: float
) -> None:
    [found_lat], [found_lon] = ToDegrees()([x], [y])
    assert (found_lat, found_lon) == pytest.approx((lat, lon), abs=METRE), name


def test_a_point_is_where_it_says_with_and_without_a_height() -> None:
    assert found(point(1.5, 2.5)) == (1.5, 2.5)
    assert found(point(1.5, 2.5, height="")) == (1.5, 2.5)


def test_an_outline_lies_at_its_middle_and_heights_are_no_corners() -> None:
    square = outline([(0, 0), (4, 0), (4, 2), (0, 2), (0, 0)])
    assert found(square) == pytest.approx((2, 1))
    high = square.replace('srsDimension="2"', 'srsDimension="3"')
    for corner in ("0 0", "4 0", "4 2", "0 2"):
        high = high.replace(corner, f"{corner} 7.5")
    assert found(high) == pytest.approx((2, 1))


def test_an_outline_without_any_surface_has_a_middle_too() -> None:
    assert found(outline([(0, 0), (4, 0), (0, 0), (4, 0)])) == pytest.approx((2, 0))


@pytest.mark.parametrize("xml", ["", point(1, 2).replace("1 2", "een twee"), outline([])])
def test_what_is_nowhere_has_no_place(xml: str) -> None:
    assert found(xml) is None


@given(st.floats(10_000, 280_000), st.floats(300_000, 620_000), st.integers(1, 500))
def test_the_middle_of_a_square_is_its_middle_wherever_it_lies(
    x: float, y: float, side: int
) -> None:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    assert found(outline(corners)) == pytest.approx((x + side / 2, y + side / 2), abs=1e-4)

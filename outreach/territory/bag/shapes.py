"""Where a thing of the BAG is: its point, or the middle of its outline, in RD metres."""

from itertools import pairwise
from typing import Any

Place = tuple[float, float]
FLAT, WITH_HEIGHT = 2, 3


def place_of(geometry: Any) -> Place | None:
    """X and y of a GML point or of a polygon's first ring; None where there is none to read."""
    for node in geometry.iter("{*}pos", "{*}posList"):
        points = _points(node)
        if points:
            return _middle(points)
    return None


def _points(node: Any) -> list[Place]:
    try:
        numbers = [float(number) for number in (node.text or "").split()]
    except ValueError:
        return []
    step = _dimension(node)
    return list(zip(numbers[0::step], numbers[1::step], strict=False))


def _dimension(node: Any) -> int:
    """Heights stand between the others where an element around says there are three."""
    around = (node, *node.iterancestors())
    told = next((one.get("srsDimension") for one in around if one.get("srsDimension")), None)
    return WITH_HEIGHT if told == str(WITH_HEIGHT) else FLAT


def _middle(points: list[Place]) -> Place:
    """The centre of gravity, reckoned from the first corner: metres from far away lose digits."""
    x0, y0 = points[0]
    corners = [(x - x0, y - y0) for x, y in points]
    double_area = x_moment = y_moment = 0.0
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        cross = x1 * y2 - x2 * y1
        double_area += cross
        x_moment += cross * (x1 + x2)
        y_moment += cross * (y1 + y2)
    if not double_area:  # a point, or a line there and back
        count = len(corners)
        return x0 + sum(x for x, _ in corners) / count, y0 + sum(y for _, y in corners) / count
    return x0 + x_moment / (3 * double_area), y0 + y_moment / (3 * double_area)

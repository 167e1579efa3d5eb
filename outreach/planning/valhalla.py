"""Distances of a municipality's own Valhalla, by its matrix service.

https://valhalla.github.io/valhalla/api/matrix/api-reference: `POST /sources_to_targets` with
`sources`, `targets`, `costing` and `units` answers `sources_to_targets`, a row per source of
objects with `distance` in `units` and `time` in seconds; null where there is no way.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.request import Request

from outreach.planning.asking import Block, ask, in_blocks, refuse, service_url
from outreach.planning.distances import Table
from outreach.planning.problem import Place

METRES_IN_KILOMETRE = 1000
KILOMETRES = "kilometers"


@dataclass(frozen=True)
class Valhalla:
    """`url`: where it listens."""

    url: str
    _base: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that is not http(s)."""
        object.__setattr__(self, "_base", service_url(self.url))

    def between(self, places: Sequence[Place]) -> Table:
        """Asks in blocks; raises RoutingFailed."""
        return in_blocks(places, self._block)

    def _block(self, starts: Sequence[Place], ends: Sequence[Place]) -> Block:
        asked = {
            "sources": [{"lat": place.lat, "lon": place.lon} for place in starts],
            "targets": [{"lat": place.lat, "lon": place.lon} for place in ends],
            "costing": "pedestrian",
            "units": KILOMETRES,
        }
        request = Request(  # noqa: S310 - service_url() let only http and https in
            f"{self._base}/sources_to_targets",
            data=json.dumps(asked).encode(),
            headers={"Content-Type": "application/json"},
        )
        answer = ask(request)
        rows = answer.get("sources_to_targets")
        if not isinstance(rows, list) or answer.get("units", KILOMETRES) != KILOMETRES:
            refuse()
        metres = [[_metres(cell) for cell in _cells(row)] for row in rows]
        return metres, [[cell.get("time") for cell in _cells(row)] for row in rows]


def _cells(row: Any) -> list[dict[str, Any]]:
    if not isinstance(row, list) or not all(isinstance(cell, dict) for cell in row):
        refuse()
    return row


def _metres(cell: dict[str, Any]) -> float | None:
    distance = cell.get("distance")
    if distance is None:
        return None
    if isinstance(distance, bool) or not isinstance(distance, int | float):
        refuse()
    return distance * METRES_IN_KILOMETRE

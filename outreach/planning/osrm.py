"""Distances of a municipality's own OSRM, by its `table` service.

https://project-osrm.org/docs/v5.24.0/api/#table-service: `GET /table/v1/{profile}/{lon},{lat};…`
with `sources`, `destinations` and `annotations=duration,distance` answers `code` "Ok" and, row by
row, `durations` in seconds and `distances` in metres; null where there is no way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from urllib.request import Request

from outreach.planning.asking import Block, ask, in_blocks, refuse, service_url
from outreach.planning.distances import Table
from outreach.planning.problem import Place


@dataclass(frozen=True)
class Osrm:
    """`url`: where it listens; `profile`: as its data were prepared, for people on foot."""

    url: str
    profile: str = "foot"
    _base: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that is not http(s)."""
        object.__setattr__(self, "_base", service_url(self.url))

    def between(self, places: Sequence[Place]) -> Table:
        """Asks in blocks; raises RoutingFailed."""
        return in_blocks(places, self._block)

    def _block(self, starts: Sequence[Place], ends: Sequence[Place]) -> Block:
        points = ";".join(f"{place.lon:.6f},{place.lat:.6f}" for place in (*starts, *ends))
        first = ";".join(str(at) for at in range(len(starts)))
        last = ";".join(str(at) for at in range(len(starts), len(starts) + len(ends)))
        profile = quote(self.profile, safe="")
        asked = f"annotations=duration,distance&sources={first}&destinations={last}"
        url = f"{self._base}/table/v1/{profile}/{points}?{asked}"
        answer = ask(Request(url))  # noqa: S310 - service_url() let only http and https in
        if answer.get("code") != "Ok":
            refuse()
        return answer.get("distances", []), answer.get("durations", [])

"""Which doors somebody chose, as they chose them: kept with an area, to be edited again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from outreach.territory.drawing import Corner
from outreach.territory.street_names import Street


@dataclass(frozen=True)
class Choice:
    """Streets, postcodes, drawn areas and single doors together, less the doors left out.

    Of these nobody rings where it is no home (`homes_only`), where somebody rang in the last
    `visited_months`, and where a door is held. A door that was added by hand is wanted as it is:
    only a hold keeps it out.
    """

    streets: Sequence[Street] = ()
    postcodes: Sequence[str] = ()
    areas: Sequence[Sequence[Corner]] = ()
    added: Sequence[str] = ()
    left_out: Sequence[str] = ()
    homes_only: bool = False
    visited_months: int | None = None

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """From a request or from what was kept; ids may still be UUIDs."""
        return cls(
            streets=[Street(one["city"], one["street"]) for one in said.get("streets", ())],
            postcodes=[code.replace(" ", "").upper() for code in said.get("postcodes", ())],
            areas=[[(lat, lon) for lat, lon in one["corners"]] for one in said.get("areas", ())],
            added=[str(one) for one in said.get("added", ())],
            left_out=[str(one) for one in said.get("left_out", ())],
            homes_only=said.get("homes_only", False),
            visited_months=said.get("visited_months"),
        )

    @property
    def is_empty(self) -> bool:
        """Nothing was chosen at all."""
        return not (self.streets or self.postcodes or self.areas or self.added)

    def kept(self) -> dict[str, Any]:
        """As JSON; `read` gives it back."""
        return {
            "streets": [one._asdict() for one in self.streets],
            "postcodes": [*self.postcodes],
            "areas": [{"corners": [[lat, lon] for lat, lon in one]} for one in self.areas],
            "added": [*self.added],
            "left_out": [*self.left_out],
            "homes_only": self.homes_only,
            "visited_months": self.visited_months,
        }

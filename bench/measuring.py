"""Paired runs: ours and the peer's in turns, so that a busy machine slows both."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

Cost = TypeVar("Cost")
PAIRS = 7


@dataclass(frozen=True)
class Promise:
    """The most that a cost may be: ours divided by the peer's, or ours in its own unit."""

    most: float
    of: Literal["ratio", "ours"] = "ratio"


@dataclass(frozen=True)
class Result:
    """What a measurement found; `ratio` is our cost divided by the peer's, lower is better.

    There is no ratio where the peer's cost is nothing. Without a promise it is only told.
    """

    name: str
    ours: float
    peer: float
    ratio: float | None
    unit: str
    note: str
    promise: Promise | None = None

    @property
    def held(self) -> float | None:
        """What the promise is about."""
        return self.ours if self.promise and self.promise.of == "ours" else self.ratio

    @property
    def is_kept(self) -> bool:
        """Whether nothing is above what was promised; what cannot be told is not."""
        return not self.promise or (self.held is not None and self.held <= self.promise.most)

    @property
    def limit(self) -> str:
        """The promise in words, for tables."""
        if not self.promise:
            return ""
        of_ours = f" {self.unit}" if self.promise.of == "ours" else ""
        return f"{self.promise.most:g}{of_ours}"


def compared(
    name: str,
    pairs: list[tuple[float, float]],
    unit: str,
    note: str,
    promise: Promise | None = None,
) -> Result:
    """Medians of both sides, and the median of the ratios of the pairs."""
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(own / other for own, other in pairs)
    return Result(name, round(ours, 3), round(peer, 3), round(ratio, 3), unit, note, promise)


def beside(
    name: str, ours: float, peer: float, unit: str, note: str, promise: Promise | None = None
) -> Result:
    """Two costs that were measured once, each in its own run."""
    ratio = round(ours / peer, 3) if peer else None
    return Result(name, round(ours, 3), round(peer, 3), ratio, unit, note, promise)


def in_turns(
    ours: Callable[[], Cost], peer: Callable[[], Cost], times: int = PAIRS
) -> list[tuple[Cost, Cost]]:
    """The costs of `times` pairs; who goes first changes every time."""
    pairs = []
    for turn in range(times):
        if turn % 2:
            theirs = peer()
            pairs.append((ours(), theirs))
        else:
            own = ours()
            pairs.append((own, peer()))
    return pairs

"""Paired runs: ours and the peer's in turns, so that a busy machine slows both."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Cost = TypeVar("Cost")
PAIRS = 7


@dataclass(frozen=True)
class Result:
    """What a measurement found; `ratio` is our cost divided by the peer's, lower is better."""

    name: str
    ours: float
    peer: float
    ratio: float
    unit: str
    note: str


def compared(name: str, pairs: list[tuple[float, float]], unit: str, note: str) -> Result:
    """Medians of both sides, and the median of the ratios of the pairs."""
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(own / other for own, other in pairs)
    return Result(name, round(ours, 3), round(peer, 3), round(ratio, 2), unit, note)


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

"""Who could go out together: pairs that are proposed, for the desk to change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Free:
    """Somebody who can walk in a day part."""

    id: str
    is_new: bool = False
    is_experienced: bool = False


@dataclass(frozen=True)
class Slot:
    """A day part of a day, and who can walk then."""

    on: date
    day_part: str
    free: Sequence[Free]


Pair = tuple[str, str]


def propose_pairs(slots: Iterable[Slot]) -> list[list[Pair]]:
    """Pairs for each slot: nobody twice in one, who is new with somebody experienced.

    Who was asked least goes first, and who walked together most goes together last, so that the
    work and the company go round. Nobody is asked twice on one day while others can.
    """
    asked: Counter[str] = Counter()
    together: Counter[frozenset[str]] = Counter()
    today: Counter[tuple[date, str]] = Counter()
    found = []
    for slot in slots:
        pairs = _pairs_of(slot, asked, today, together)
        for pair in pairs:
            asked.update(pair)
            today.update((slot.on, who) for who in pair)
            together[frozenset(pair)] += 1
        found.append(pairs)
    return found


def _pairs_of(
    slot: Slot,
    asked: Counter[str],
    today: Counter[tuple[date, str]],
    together: Counter[frozenset[str]],
) -> list[Pair]:
    def turn(one: Free) -> tuple[int, int, str]:
        return today[slot.on, one.id], asked[one.id], one.id

    waiting = sorted(slot.free, key=turn)
    pairs: list[Pair] = []
    # Who is new first: later the experienced may all be gone.
    for first in [*(one for one in waiting if one.is_new), *waiting]:
        if first not in waiting:
            continue
        others = [one for one in waiting if one is not first and _may_go_together(first, one)]
        if not others:
            continue
        # Somebody experienced is kept for who needs them, as long as anybody does.
        second = min(
            others,
            key=lambda one: (
                not first.is_new and one.is_experienced,
                together[frozenset((first.id, one.id))],
                turn(one),
            ),
        )
        waiting = [one for one in waiting if one is not first and one is not second]
        pairs.append((first.id, second.id))
    return pairs


def _may_go_together(first: Free, second: Free) -> bool:
    if not (first.is_new or second.is_new):
        return True
    return any(one.is_experienced and not one.is_new for one in (first, second))

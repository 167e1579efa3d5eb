"""Which counts of people may be read: none below ten, and none that would give one away.

Pure functions over a *splitting*: a whole and the parts it falls apart into. Decision 33 says why
the rule is as it is; the tests count every small table to see that it holds, also against somebody
who has read this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST = 10

Shown = dict[str, int | None]


@dataclass(frozen=True)
class Split:
    """One whole in parts that together are the whole. Of `parts` the last is the first to go along.

    `whole` is the name of a part elsewhere, or of a count of our own work, that everybody knows.
    """

    whole: str
    parts: tuple[str, ...]


def hidden_parts(counts: Sequence[int], fewest: int = FEWEST) -> frozenset[int]:
    """Which of the parts of one known whole are hidden, by their place.

    A part below `fewest` is hidden, zero too. Then others go along with it, the last first and
    whatever their size, until each small part can still be anything from nothing to `fewest` - 1
    while those others are `fewest` or more: then nobody can tell which of those it is.
    """
    small = [place for place, count in enumerate(counts) if count < fewest]
    if not small:
        return frozenset()
    hidden = set(small)
    for place in reversed(range(len(counts))):
        along = len(hidden) - len(small)
        room = fewest * along + (fewest - 1) * len(small)
        if along and sum(counts[one] for one in hidden) >= room:
            break
        hidden.add(place)
    return frozenset(hidden)


def shown(
    counts: Mapping[str, int], splits: Sequence[Split], known: Sequence[str], fewest: int = FEWEST
) -> Shown:
    """The counts as they may be read, None where hidden. `known` are counts of our own work.

    `splits` stand in order, a whole before its parts. What a hidden whole falls apart into is
    hidden altogether.
    """
    found: Shown = {name: counts[name] for name in known}
    for split in splits:
        if found[split.whole] is None:
            found |= dict.fromkeys(split.parts)
            continue
        amounts = [counts[name] for name in split.parts]
        hidden = hidden_parts(amounts, fewest)
        found |= {
            name: None if place in hidden else counts[name]
            for place, name in enumerate(split.parts)
        }
    return found


def without_bounds(found: Shown, part: str, pieces: Sequence[str]) -> bool:
    """Whether `pieces` say nothing about a hidden one among them through `part`.

    Every one of `part` is in at least one of the pieces: if the pieces that show are fewer than
    the part, a hidden piece cannot be zero, and sometimes can be one number only.
    """
    whole = found[part]
    if whole is None:
        return False
    read = [found[piece] for piece in pieces]
    return None not in read or sum(count or 0 for count in read) >= whole

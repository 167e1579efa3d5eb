"""Phones of every version are understood: what they say is lifted to today's words, step by step.

A step takes what was said in one schema and gives it as the next schema says it. Steps are never
removed: a phone may come back after 400 days. An answer goes the other way, to the schema in which
the phone asked. docs/sync.md lists what each schema brought.
"""

from collections.abc import Callable
from typing import Any

# Of the exchange as a whole: envelope and answer.
EXCHANGE = 2
# From here on a phone takes off itself what it hears to be gone, and its receipt says so.
HEARS_WHAT_IS_GONE = 2

Said = dict[str, Any]
Step = Callable[[Said], Said]


def spoken(schema: int) -> int:
    """The schema in which to answer a phone: its own, unless that is newer than this server."""
    return min(max(schema, 1), EXCHANGE)


def lowered(reply: Said, schema: int) -> Said:
    """An answer in the words of the phone that asked; an app takes only what it knows."""
    spoken_here = spoken(schema)
    for step in range(EXCHANGE, spoken_here, -1):
        reply = _LOWER[step](reply)
    return reply | {"schema": spoken_here}


def _without_erased(reply: Said) -> Said:
    """Schema 1 knew no word for what is gone."""
    return {name: said for name, said in reply.items() if name != "erased"}


# By the schema that is left.
_LOWER: dict[int, Step] = {2: _without_erased}

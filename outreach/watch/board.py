"""The live board: a line per round of today, kept as it was written until something changes.

Every desk that shows it asks every quarter of a minute. So an answer begins with a fingerprint: one
statement over the day's rounds, which names all that a line shows except how far its doors are, and
`changes`, which goes up with that; and one over what is open. Whoever has that fingerprint gets 304.
Else the lines that changed are written anew, with one statement for the doors of just those, and
all others are taken as they lie in this process.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app

from outreach.access.actor import Actor
from outreach.clock import today
from outreach.watch import alarms, lines
from outreach.watch.lines import Counts, Line

# So many boards are kept in a process: one per set of districts that somebody watches.
MOST_KEPT = 50


@dataclass
class Kept:
    """One board as it was written last; `counts` and `texts` per round, by what they rest on."""

    tag: str = ""
    body: bytes = b""
    counts: dict[str, tuple[object, Counts]] = field(default_factory=dict)
    texts: dict[str, tuple[object, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Board:
    """What is answered: the tag, and the body unless the asker has it."""

    tag: str
    body: bytes | None


def board(actor: Actor, known: str) -> Board:
    """Today's board; without a body when `known` is its tag."""
    day = today()
    found = lines.lines_of(actor, day)
    tomorrow = lines.tomorrow_of(actor, day, found)
    open_now = alarms.open_now(actor)
    tag = _tag(day, tomorrow, found, open_now)
    if known == tag:
        return Board(tag, None)
    kept = _kept(actor)
    if kept.tag != tag:
        kept.tag, kept.body = tag, _written(kept, day, tomorrow, found, open_now)
    return Board(tag, kept.body)


def _tag(
    day: date, tomorrow: int, found: Sequence[Line], open_now: Sequence[dict[str, Any]]
) -> str:
    said = repr((day, tomorrow, [tuple(line) for line in found], open_now))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _kept(actor: Actor) -> Kept:
    """This process's board for who sees just these districts."""
    boards: dict[object, Kept] = current_app.extensions.setdefault("watch.boards", {})
    key = (actor.municipality_id, actor.district_ids)
    if key not in boards and len(boards) >= MOST_KEPT:
        boards.pop(next(iter(boards)), None)
    return boards.setdefault(key, Kept())


def _written(
    kept: Kept,
    day: date,
    tomorrow: int,
    found: Sequence[Line],
    open_now: Sequence[dict[str, Any]],
) -> bytes:
    rests_on = {line.id: (line.watch_id, line.changes, line.last_contact_at) for line in found}
    stale = [id_ for id_, key in rests_on.items() if kept.counts.get(id_, (None,))[0] != key]
    counts = lines.counts_of(stale)
    fresh = {id_: (rests_on[id_], counts.get(id_, lines.NOTHING)) for id_ in stale}
    kept.counts = {id_: fresh.get(id_) or kept.counts[id_] for id_ in rests_on}
    kept.texts = {line.id: _text(kept, line) for line in found}
    head = json.dumps({"day": day.isoformat(), "tomorrow": tomorrow, "alerts": open_now})
    rounds = ",".join(text for _, text in kept.texts.values())
    return f'{head[:-1]}, "rounds": [{rounds}]}}'.encode()


def _text(kept: Kept, line: Line) -> tuple[object, str]:
    rests_on = (tuple(line), kept.counts[line.id][1])
    before = kept.texts.get(line.id)
    if before is not None and before[0] == rests_on:
        return before
    return rests_on, json.dumps(lines.shown(line, kept.counts[line.id][1]))

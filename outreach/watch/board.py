"""The live board: a line per round of today, kept as it was written until something changes.

Every desk that shows it asks every quarter of a minute. So an answer begins with a glance: one
statement of one row, with a mark per round that names all that its line shows, save how far its
doors are and when it was heard of, and `changes`, which goes up with those. Who has the tag of
those marks gets 304. Else only the lines whose mark is another are read and written anew; all
others are taken as they lie in this process.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app

from outreach.access.actor import Actor
from outreach.clock import today
from outreach.watch import alarms, lines
from outreach.watch.lines import MARK, UNIT, Glance

# So many boards are kept in a process: one per set of districts that somebody watches.
MOST_KEPT = 50


@dataclass(frozen=True)
class Written:
    """A line as it was written, and what it rests on."""

    mark: str
    order: tuple[int, str]
    text: str


@dataclass(frozen=True)
class Board:
    """What is answered: the tag, and the body unless the asker has it."""

    tag: str
    body: bytes | None


@dataclass
class Kept:
    """One board as it was written last, with its tag; replaced as a whole, as threads share it."""

    board: Board = field(default_factory=lambda: Board("", b""))
    lines: dict[str, Written] = field(default_factory=dict)


def board(actor: Actor, known: str) -> Board:
    """Today's board; without a body when `known` is its tag."""
    day = today()
    glance = lines.glance(actor, day)
    open_now = alarms.open_now(actor) if glance.open_alerts else []
    said = repr((day, glance.marks, glance.tomorrow, open_now))
    tag = hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
    if known == tag:
        return Board(tag, None)
    kept = _kept(actor)
    found = kept.board
    if found.tag != tag:
        found = kept.board = Board(tag, _written(kept, day, glance, open_now))
    return found


def _kept(actor: Actor) -> Kept:
    """This process's board for who sees just these districts."""
    boards: dict[object, Kept] = current_app.extensions.setdefault("watch.boards", {})
    key = (actor.municipality_id, actor.district_ids)
    if key not in boards and len(boards) >= MOST_KEPT:
        boards.pop(next(iter(boards)), None)
    return boards.setdefault(key, Kept())


def _written(kept: Kept, day: date, glance: Glance, open_now: list[dict[str, Any]]) -> bytes:
    marks = {_round_of(mark): mark for mark in glance.marks.split(MARK)} if glance.marks else {}
    before = {id_: line for id_, line in kept.lines.items() if marks.get(id_) == line.mark}
    stale = [id_ for id_ in marks if id_ not in before]
    kept.lines = now = before | _anew(stale, marks)
    head = json.dumps(
        {"day": day.isoformat(), "tomorrow": glance.tomorrow, "alerts": open_now},
        separators=(",", ":"),
        default=datetime.isoformat,
    )
    shown = sorted(now.values(), key=lambda line: line.order)
    return f'{head[:-1]},"rounds":[{",".join(line.text for line in shown)}]}}'.encode()


def _anew(round_ids: list[str], marks: dict[str, str]) -> dict[str, Written]:
    return {
        line.id: Written(
            marks[line.id],
            lines.in_order(line),
            json.dumps(lines.shown(line), separators=(",", ":"), default=datetime.isoformat),
        )
        for line in lines.lines_of(round_ids)
    }


def _round_of(mark: str) -> str:
    return str(UUID(mark.partition(UNIT)[0]))

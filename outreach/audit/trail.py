"""The trail: action, object, result, origin, actor, time; each entry seals the one before."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC

from flask import has_request_context
from sqlalchemy import func, select, text

from outreach.audit.models import TrailEntry
from outreach.clock import new_id, now
from outreach.db import db


def note(
    municipality_id: str,
    actor_id: str | None,
    action: str,
    object_kind: str,
    object_id: str | None = None,
    *,
    result: str = "done",
    reason: str = "",
) -> TrailEntry:
    """Write down one deed, in the transaction of the deed."""
    _one_writer(municipality_id)
    last = db.session.scalars(
        select(TrailEntry)
        .where(TrailEntry.municipality_id == municipality_id)
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).first()
    entry = TrailEntry(
        id=new_id(),
        municipality_id=municipality_id,
        number=last.number + 1 if last else 1,
        at=now(),
        actor_id=actor_id,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        result=result,
        origin="request" if has_request_context() else "server",
        reason=reason,
        seal="",
    )
    entry.seal = _seal(entry, last.seal if last else "")
    db.session.add(entry)
    db.session.flush()
    return entry


def has_done(municipality_id: str, actor_id: str, action: str, object_id: str) -> bool:
    """Whether this person did this to this object; what was done last is found first."""
    rows = (
        select(TrailEntry.id)
        .where(
            TrailEntry.municipality_id == municipality_id,
            TrailEntry.object_id == object_id,
            TrailEntry.action == action,
            TrailEntry.actor_id == actor_id,
        )
        .order_by(TrailEntry.number.desc())
        .limit(1)
    )
    return db.session.scalar(rows) is not None


def broken_at(municipality_id: str) -> int | None:
    """The number of the first entry that was changed or taken out; None when all is whole."""
    before, expected = "", 1
    for entry in _entries(municipality_id):
        if entry.number != expected or entry.seal != _seal(entry, before):
            return expected
        before, expected = entry.seal, expected + 1
    return None


def _entries(municipality_id: str) -> Iterator[TrailEntry]:
    rows = select(TrailEntry).where(TrailEntry.municipality_id == municipality_id)
    yield from db.session.scalars(rows.order_by(TrailEntry.number))


def _seal(entry: TrailEntry, before: str) -> str:
    said = [
        before,
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.result,
        entry.origin,
        entry.reason,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _one_writer(municipality_id: str) -> None:
    """Two entries must not seal the same one; SQLite has one writer already."""
    if db.session.get_bind().dialect.name == "postgresql":
        key = func.hashtextextended(
            text(":municipality").bindparams(municipality=municipality_id), 0
        )
        db.session.execute(select(func.pg_advisory_xact_lock(key)))


def write_alone() -> None:
    """Be the only one who adds entries until the end of this transaction; ask it first of all.

    Whoever waits for another's entry with a snapshot of before sees it too late, and clashes. This
    statement takes no snapshot: what comes after it sees all there is.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE trail_entry IN SHARE ROW EXCLUSIVE MODE"))

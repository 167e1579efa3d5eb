"""Nothing is overwritten in silence: a changed field carries the value it was changed from."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from outreach.audit.models import Difference
from outreach.clock import new_id, now
from outreach.db import db

# As long as the right to write about what left a phone.
STAYS = timedelta(days=14)


class Effect(StrEnum):
    """What a mutation did: applied, merged with what stood there, or conflicted with it."""

    APPLIED = "applied"
    MERGED = "merged"
    CONFLICTED = "conflicted"


def change(
    row: Any,
    field: str,
    value: Any,
    *,
    came_from: Any,
    dossier_id: str,
    by: str,
    mutation_id: str | None = None,
    protects: Any = None,
) -> Effect:
    """Set `row.field`; where the server has another value than `came_from`, keep both.

    The one that arrived later shows. `protects` names a value that always shows until a person
    settles it (withdrawn over given, crisis over ordinary). Values must fit JSON.
    """
    stands = getattr(row, field)
    if stands == value:
        return Effect.APPLIED if stands == came_from else Effect.MERGED
    if stands == came_from:
        setattr(row, field, value)
        return Effect.APPLIED
    shown, other = (
        (stands, value) if protects is not None and stands == protects else (value, stands)
    )
    setattr(row, field, shown)
    difference = Difference(
        dossier_id=dossier_id, field=field, other_by=by, mutation_id=mutation_id
    )
    _keep(difference, row, shown, other)
    return Effect.CONFLICTED


def agree(object_id: str, field: str, shows: Any, by: str) -> None:
    """Bring what still differs in a field in line with what shows there from now on.

    Where that is the other value itself, the two agree, and `by` settled it.
    """
    rows = select(Difference).where(
        Difference.object_id == object_id,
        Difference.field == field,
        Difference.settled_at.is_(None),
    )
    for difference in db.session.scalars(rows):
        if difference.other["value"] == shows:
            difference.settled_at, difference.settled_by = now(), by
        elif difference.shown["value"] != shows:
            difference.shown = {"value": shows}


def _keep(difference: Difference, row: Any, shown: Any, other: Any) -> None:
    difference.id = new_id()
    difference.municipality_id = row.municipality_id
    difference.object_kind = row.__tablename__
    difference.object_id = row.id
    difference.shown, difference.other = {"value": shown}, {"value": other}
    difference.found_at = now()
    db.session.add(difference)


def is_differed_on(dossier_id: Any, *kinds: str) -> ColumnElement[bool]:
    """Whether somebody still has to settle something of a dossier, found these two weeks.

    For that long it stays on the phones of those who can. `kinds` of things; none is all.
    """
    rows = exists().where(
        Difference.dossier_id == dossier_id,
        Difference.settled_at.is_(None),
        Difference.found_at >= now() - STAYS,
    )
    return rows.where(Difference.object_kind.in_(kinds)) if kinds else rows


def open_differences(dossier_ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What waits to be settled, per dossier, as phones read it (sorted by id)."""
    rows = select(Difference).where(
        Difference.dossier_id.in_(dossier_ids), Difference.settled_at.is_(None)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in db.session.scalars(rows.order_by(Difference.id)):
        found.setdefault(row.dossier_id, []).append(
            {
                "id": row.id,
                "object_kind": row.object_kind,
                "object_id": row.object_id,
                "field": row.field,
                "shown": row.shown["value"],
                "other": row.other["value"],
            }
        )
    return found

"""Differences inside a household's dossier: both values kept, until a person settles it."""

from typing import Any

from sqlalchemy import select, update

from outreach.access.intents import Intent
from outreach.audit import differences
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import new_id, now
from outreach.db import db


def change(
    intent: Intent, row: Any, field: str, value: Any, *, came_from: Any, label: str = ""
) -> Effect:
    """As audit's `change`, for the dossier of an intent.

    `label` names the field where its column would tell a phone nothing: the domain of an answer.
    """
    effect = differences.change(
        row,
        field,
        value,
        came_from=came_from,
        dossier_id=intent.dossier_id,
        by=intent.actor.account_id,
        mutation_id=intent.id,
    )
    if label and effect == Effect.CONFLICTED:
        db.session.execute(
            update(Difference)
            .where(Difference.mutation_id == intent.id, Difference.object_id == row.id)
            .values(field=label)
        )
    return effect


def keep(intent: Intent, row: Any, field: str, *, shown: Any, other: Any) -> None:
    """Keep the value that is not shown; both must fit JSON. Kept once is enough."""
    rows = select(Difference).where(
        Difference.object_id == row.id,
        Difference.field == field,
        Difference.settled_at.is_(None),
    )
    for waiting in db.session.scalars(rows):
        if (waiting.shown["value"], waiting.other["value"]) == (shown, other):
            return
    db.session.add(
        Difference(
            id=new_id(),
            municipality_id=row.municipality_id,
            dossier_id=intent.dossier_id,
            object_kind=row.__tablename__,
            object_id=row.id,
            field=field,
            shown={"value": shown},
            other={"value": other},
            other_by=intent.actor.account_id,
            mutation_id=intent.id,
            found_at=now(),
        )
    )


def strongest(effects: list[Effect]) -> Effect:
    """The effect of a whole intent from those of its fields."""
    for effect in (Effect.CONFLICTED, Effect.APPLIED):
        if effect in effects:
            return effect
    return Effect.MERGED

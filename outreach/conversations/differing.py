"""Differences inside a household's dossier: both values kept, until a person settles it."""

from typing import Any

from sqlalchemy import select, update

from outreach.access.intents import Intent
from outreach.audit import differences
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.clock import new_id, now
from outreach.db import db

Values = dict[str, Any]


def change(
    intent: Intent, row: Any, field: str, value: Any, *, came_from: Any, label: str = ""
) -> Effect:
    """As audit's `change`, for the dossier of an intent; what differed before follows.

    `label` names the field where its column would tell a phone nothing: the domain of an answer.
    """
    stood = getattr(row, field)
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
    if getattr(row, field) != stood:
        differences.agree(row.id, label or field, getattr(row, field), intent.actor.account_id)
    return effect


def change_together(
    intent: Intent, row: Any, name: str, said: Values, *, stands: Values, came_from: Values | None
) -> Effect:
    """What one act says of several fields: one question for who settles it, not one for each.

    The caller lets `said` stand. All values must fit JSON; a `came_from` of None stands for what
    was not there yet, or was said by an app that did not tell.
    """
    if said == stands:
        return Effect.APPLIED if came_from == stands else Effect.MERGED
    if came_from != stands:
        keep(intent, row, name, shown=said, other=stands)
    differences.agree(row.id, name, said, intent.actor.account_id)
    return Effect.APPLIED if came_from == stands else Effect.CONFLICTED


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

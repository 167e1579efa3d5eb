"""Forms that were not finished: a phone that nobody can open any more hands them over, sealed.

Half a form is no intent. It waits for a person, who reads it and calls its author; nothing of it is
ever applied, and nothing else of its dossier waits for it. docs/sync.md has the bodies.
"""

from typing import Any

from sqlalchemy import select

from outreach.db import db
from outreach.handover.models import Handover

HANDOVER, ANSWER, WORRY = "draft.handover", "draft.answer", "draft.worry"
_FORM = "draft."


def is_form(kind: str) -> bool:
    """Whether this kind is one of a form, also of one that only a newer app knows."""
    return kind.startswith(_FORM)


def receiver_of(kind: str, dossier_id: str, body: dict[str, Any]) -> str | None:
    """For which team the words in a form about a household were meant; None for no team.

    What stands in an unchecked body need not be an id, nor the id of anything.
    """
    if kind == HANDOVER:
        team_id = body.get("team_id")
        return team_id if isinstance(team_id, str) else None
    if kind == ANSWER:
        asked = select(Handover.team_id).where(
            Handover.id == str(body.get("handover_id")), Handover.household_id == dossier_id
        )
        return db.session.scalar(asked)
    return None

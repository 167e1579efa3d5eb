"""What a phone hands over for a person to read: forms that were not finished, and loose notes.

Half a form is no intent, and a note that was written while the phone was shut names no dossier.
It waits for a person, who reads it and calls its author; nothing of it is ever applied, and nothing
else of its dossier waits for it. docs/sync.md has the bodies.
"""

from typing import Any
from uuid import UUID

from outreach.access.roles import Permission

HANDOVER, ANSWER, WORRY = "draft.handover", "draft.answer", "draft.worry"
LOOSE, INCIDENT = "draft.loose", "draft.incident"
OFFER = "handover.offer"
_FORM = "draft."
# What reading half of one takes: as much as reading the whole. The other kinds say it themselves.
CONTENT = {
    HANDOVER: Permission.HANDOVER_OPEN,
    ANSWER: Permission.HANDOVER_OPEN,
    WORRY: Permission.CONCERN_READ,
    LOOSE: Permission.TALK_OPEN,
    INCIDENT: Permission.INCIDENT_READ,
}


def is_form(kind: str) -> bool:
    """Whether this kind is one of a form, also of one that only a newer app knows."""
    return kind.startswith(_FORM)


def receivers_of(kind: str, body: dict[str, Any]) -> set[str]:
    """For which teams the words in a form, or an offer, were meant: they rest on a yes to each.

    What stands in an unchecked body need not be a list, nor of ids: asked for something else, a
    database fails.
    """
    teams = body.get("team_ids") if is_form(kind) else None
    if kind == OFFER:
        teams = [body.get("team_id")]
    return set(filter(is_id, teams)) if isinstance(teams, list) else set()


def is_id(said: object) -> bool:
    """Whether this is a UUID as phones and server write them."""
    try:
        return said == str(UUID(str(said)))
    except ValueError:
        return False

"""Taking words out of a talk for good: rows, originals and differences; only ids are remembered."""

from collections.abc import Collection

from sqlalchemy import delete, select

from outreach.access.intents import Intent
from outreach.audit import endings
from outreach.audit.models import Difference
from outreach.conversations.models import (
    Advice,
    Assessment,
    Conversation,
    DebtHelpRequest,
    Forgotten,
    Note,
    NoteOriginal,
)
from outreach.db import db

NOTE, CONSENT = "note", "consent"
_ENDS = {NOTE: endings.Kind.NOTE, CONSENT: endings.Kind.CONSENT}


def remember(intent: Intent, kind: str, ids: Collection[str]) -> None:
    """Remember that these are gone, so that nothing under their ids is ever stored again."""
    known = set(db.session.scalars(select(Forgotten.id).where(Forgotten.id.in_(ids))))
    db.session.add_all(
        Forgotten(
            id=id_,
            municipality_id=intent.actor.municipality_id,
            dossier_id=intent.dossier_id,
            kind=kind,
            at=intent.made_at,
        )
        for id_ in sorted(set(ids) - known)
    )
    db.session.flush()
    endings.add(
        endings.Ending(
            _ENDS[kind], intent.actor.municipality_id, id_, intent.dossier_id, intent.made_at
        )
        for id_ in sorted(set(ids) - known)
    )


def forgotten(intent: Intent, kind: str, id_: str) -> Forgotten | None:
    """What is remembered of an id, whichever dossier it was taken out of.

    An id is made once. What a coordinator lets in at another door is gone there too.
    """
    rows = select(Forgotten).where(
        Forgotten.id == id_,
        Forgotten.kind == kind,
        Forgotten.municipality_id == intent.actor.municipality_id,
    )
    return db.session.scalars(rows).first()


def erase_notes(intent: Intent, note_ids: Collection[str]) -> None:
    """Take notes out with their originals and differences."""
    db.session.execute(delete(NoteOriginal).where(NoteOriginal.note_id.in_(note_ids)))
    db.session.execute(delete(Note).where(Note.id.in_(note_ids)))
    erase_differences(note_ids)
    remember(intent, NOTE, note_ids)


def erase_content(conversation: Conversation, intent: Intent) -> None:
    """Take out all that consent to note let us keep; a request already passed on is theirs."""
    here = conversation.id
    _erase_said(conversation, intent)
    kept_back = select(DebtHelpRequest.id).where(
        DebtHelpRequest.conversation_id == here, DebtHelpRequest.pass_on.is_(False)
    )
    erase_requests(list(db.session.scalars(kept_back)))


def erase_domain(conversation: Conversation, domain: str, intent: Intent) -> list[str]:
    """Take out what was said about one life domain; gives the ids of its notes."""
    return _erase_said(conversation, intent, domain)


def _erase_said(conversation: Conversation, intent: Intent, domain: str | None = None) -> list[str]:
    """Notes, answers and advice of a talk, or of one domain of it."""

    def ids_of(kind: type[Note | Assessment | Advice]) -> list[str]:
        rows = select(kind.id).where(kind.conversation_id == conversation.id)
        if domain is not None:
            rows = rows.where(kind.domain == domain)
        return list(db.session.scalars(rows))

    note_ids = ids_of(Note)
    erase_notes(intent, note_ids)
    for kind in (Assessment, Advice):
        ids = ids_of(kind)
        db.session.execute(delete(kind).where(kind.id.in_(ids)))
        erase_differences(ids)
    return note_ids


def erase_requests(ids: Collection[str]) -> None:
    """Take requests for debt help out with their differences."""
    db.session.execute(delete(DebtHelpRequest).where(DebtHelpRequest.id.in_(ids)))
    erase_differences(ids)


def erase_differences(object_ids: Collection[str]) -> None:
    """Take out what waited to be settled about these rows."""
    db.session.execute(delete(Difference).where(Difference.object_id.in_(object_ids)))

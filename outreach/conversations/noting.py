"""Notes in the resident's words: added, amended with the original kept, or taken out for good."""

from collections.abc import Callable

from sqlalchemy import select

from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.clock import new_id
from outreach.conversations import differing, forgetting
from outreach.conversations.agreement import (
    HEALTH,
    noted_conversation,
    require_domain,
    require_note,
    standing,
)
from outreach.conversations.models import Conversation, Note, NoteOriginal
from outreach.db import db

# The sync adds what waits in quarantine about a note.
ON_NOTE_REMOVED: list[Callable[[str, Intent], None]] = []


def add_note(intent: Intent) -> Effect:
    """Keep a note; raises AlreadyErased when it was taken out before, or consent is gone."""
    body = intent.body
    conversation = noted_conversation(intent)
    _refuse_forgotten(intent)
    require_domain(conversation, body["domain"], intent)
    note = db.session.get(Note, body["note_id"])
    if note is not None:
        if note.conversation_id != conversation.id:
            raise CannotApply("id-in-use")
        require_domain(conversation, note.domain, intent)
        return _change_text(note, intent, came_from=None)
    db.session.add(
        Note(
            id=body["note_id"],
            municipality_id=conversation.municipality_id,
            conversation_id=conversation.id,
            domain=body["domain"],
            position=body["position"],
            text=body["text"],
            written_by=intent.actor.account_id,
            made_at=intent.made_at,
            received_at=intent.received_at,
        )
    )
    return Effect.APPLIED


def amend_note(intent: Intent) -> Effect:
    """Change a note; what it said stays as its original."""
    _refuse_forgotten(intent)
    note = _note_of(intent)
    if note is None:
        _refuse_unwanted(intent)
        raise CannotApply("unknown-note")
    conversation = db.session.get_one(Conversation, note.conversation_id)
    require_note(conversation, intent)
    require_domain(conversation, note.domain, intent)
    return _change_text(note, intent, came_from=intent.body["from"])


def remove_note(intent: Intent) -> Effect:
    """*Haal dit weg*: the note, its originals and its differences go; its id is remembered."""
    note_id = intent.body["note_id"]
    if forgetting.forgotten(intent, forgetting.NOTE, note_id):
        return Effect.MERGED
    if _note_of(intent) is None and db.session.get(Note, note_id) is not None:
        raise CannotApply("unknown-note")  # of another household
    forgetting.erase_notes(intent, [note_id])
    for forget in ON_NOTE_REMOVED:
        forget(note_id, intent)
    return Effect.APPLIED


def _note_of(intent: Intent) -> Note | None:
    rows = (
        select(Note)
        .join(Conversation, Conversation.id == Note.conversation_id)
        .where(
            Note.id == intent.body["note_id"],
            Conversation.household_id == intent.dossier_id,
            Conversation.municipality_id == intent.actor.municipality_id,
        )
    )
    return db.session.scalars(rows.with_for_update()).first()


def _refuse_forgotten(intent: Intent) -> None:
    if forgetting.forgotten(intent, forgetting.NOTE, intent.body["note_id"]):
        raise AlreadyErased


def _refuse_unwanted(intent: Intent) -> None:
    """A note nobody knows, of a household that wants no notes, is one that was thrown away.

    So it is where they want none about health: nothing tells what an unknown note was about.
    """
    talks = select(Conversation).where(
        Conversation.household_id == intent.dossier_id,
        Conversation.municipality_id == intent.actor.municipality_id,
    )
    for conversation in db.session.scalars(talks):
        require_note(conversation, intent)
        if standing(conversation.id, "health") is not None:
            require_domain(conversation, HEALTH, intent)


def _change_text(note: Note, intent: Intent, *, came_from: str | None) -> Effect:
    before = note.text
    effect = differing.change(intent, note, "text", intent.body["text"], came_from=came_from)
    if note.text != before:
        db.session.add(
            NoteOriginal(
                id=new_id(),
                municipality_id=note.municipality_id,
                note_id=note.id,
                text=before,
                replaced_at=intent.received_at,
                replaced_by=intent.actor.account_id,
            )
        )
    return effect

"""*Alles weggooien*, for what this slice keeps of a household: nothing of it remains."""

from sqlalchemy import delete, select

from outreach.audit.models import Difference
from outreach.conversations.models import (
    Advice,
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Forgotten,
    Note,
    NoteOriginal,
)
from outreach.db import db
from outreach.territory.models import Household


def discard(household_id: str) -> None:
    """Erase talks, consents and the household itself, last: plans and hand-overs go before."""
    talks = select(Conversation.id).where(Conversation.household_id == household_id)
    notes = select(Note.id).where(Note.conversation_id.in_(talks))
    for gone in (
        delete(Difference).where(Difference.dossier_id == household_id),
        delete(Forgotten).where(Forgotten.dossier_id == household_id),
        delete(NoteOriginal).where(NoteOriginal.note_id.in_(notes)),
        delete(Note).where(Note.conversation_id.in_(talks)),
        delete(Assessment).where(Assessment.conversation_id.in_(talks)),
        delete(Advice).where(Advice.conversation_id.in_(talks)),
        delete(DebtHelpRequest).where(DebtHelpRequest.household_id == household_id),
        delete(Consent).where(Consent.household_id == household_id),
        delete(Conversation).where(Conversation.household_id == household_id),
        delete(Household).where(Household.id == household_id),
    ):
        db.session.execute(gone)

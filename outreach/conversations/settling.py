"""A person says which of two values stands; the row follows."""

from collections.abc import Callable
from datetime import date

from outreach.access.actor import Actor
from outreach.access.intents import Intent
from outreach.audit.models import Difference
from outreach.clock import new_id, now
from outreach.conversations import consenting
from outreach.conversations.agreement import answers, counts
from outreach.conversations.models import (
    Assessment,
    Consent,
    Conversation,
    DebtHelpRequest,
    Note,
    NoteOriginal,
)
from outreach.db import db
from outreach.territory.households import CONTACT_FIELDS
from outreach.territory.models import Household

Value = str | bool


def settle(difference: Difference, keep: str, actor: Actor) -> None:
    """Let "shown" or "other" stand; a row that is gone meanwhile stays gone."""
    if difference.object_kind == "consent":
        _settle_consent(difference, keep, actor)
    elif keep == "other":
        _LET_STAND[difference.object_kind](difference, difference.other["value"], actor)


def _answer(difference: Difference, value: Value, _actor: Actor) -> None:
    assessment = db.session.get(Assessment, difference.object_id)
    if assessment is not None:
        assessment.answer = str(value)


def _text(difference: Difference, value: Value, actor: Actor) -> None:
    note = db.session.get(Note, difference.object_id)
    if note is None:
        return
    db.session.add(
        NoteOriginal(
            id=new_id(),
            municipality_id=note.municipality_id,
            note_id=note.id,
            text=note.text,
            replaced_at=now(),
            replaced_by=actor.account_id,
        )
    )
    note.text = str(value)


def _request(difference: Difference, value: Value, _actor: Actor) -> None:
    request = db.session.get(DebtHelpRequest, difference.object_id)
    if request is None:
        return
    if difference.field == "asked_on":
        request.asked_on = date.fromisoformat(str(value))
    elif difference.field in {"pass_on", "crisis"}:
        setattr(request, difference.field, value)


def _contact(difference: Difference, value: Value, _actor: Actor) -> None:
    household = db.session.get(Household, difference.object_id)
    if household is not None and difference.field in CONTACT_FIELDS:
        setattr(household, difference.field, value)


_LET_STAND: dict[str, Callable[[Difference, Value, Actor], None]] = {
    "assessment": _answer,
    "note": _text,
    "debt_help_request": _request,
    "household": _contact,
}


def _settle_consent(difference: Difference, keep: str, actor: Actor) -> None:
    """One of a pair heard a no, the other a yes. A no that stands takes what the yes brought."""
    no = db.session.get(Consent, difference.object_id)
    if no is None or no.superseded_by is not None:
        return
    found = answers(no.conversation_id, no.purpose, no.team_id)
    yeses = [consent for consent in found if counts(consent)]
    if keep == "shown":
        for yes in yeses:
            consenting.take_back(yes, _intent(difference, actor))
    elif yeses:
        for consent in found:
            if not counts(consent):
                consent.superseded_by = yeses[-1].id
        if no.purpose == "note":
            consenting.begin_noting(db.session.get_one(Conversation, no.conversation_id))


def _intent(difference: Difference, actor: Actor) -> Intent:
    """The settlement as an intent: what goes with a consent asks in whose name, and when."""
    return Intent(
        id=new_id(),
        actor=actor,
        device_id="",
        dossier_id=difference.dossier_id,
        kind="difference.settle",
        made_at=now(),
        received_at=now(),
        body={"difference_id": difference.id},
    )

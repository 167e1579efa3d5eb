"""What a coordinator let in at another door than its phone names: both names mean the same words.

The phone of its author goes on saying the first one. What takes words out counts where they stand,
and what was taken out there is told to that phone under the name it knows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select

from outreach.access.intents import Intent
from outreach.conversations import forgetting
from outreach.conversations.models import Consent, Conversation, Note
from outreach.db import db
from outreach.sync.models import Quarantined
from outreach.territory.models import Household
from outreach.visits.models import Stop

DISCARD = "dossier.discard"
# Erasure waits for nothing: not even for what of the same dossier waits in quarantine.
ERASING = frozenset({DISCARD, "note.remove", "consent.withdraw"})


def moved_from(
    municipality_id: str, dossier_id: str, author_id: str | None = None
) -> frozenset[str]:
    """To which other dossiers was let in what was said of this one, or what one author said."""
    rows = select(Quarantined.dossier_id).where(
        Quarantined.municipality_id == municipality_id,
        Quarantined.first_dossier_id == dossier_id,
        Quarantined.dossier_id != dossier_id,
    )
    if author_id is not None:
        rows = rows.where(Quarantined.author_id == author_id)
    return frozenset(db.session.scalars(rows))


def first_names(municipality_id: str, dossier_id: str) -> list[str]:
    """The dossiers that phones named of which something was let in at this one."""
    rows = select(Quarantined.first_dossier_id).where(
        Quarantined.municipality_id == municipality_id,
        Quarantined.dossier_id == dossier_id,
        Quarantined.first_dossier_id.is_not(None),
        Quarantined.first_dossier_id != dossier_id,
    )
    return sorted({id_ for id_ in db.session.scalars(rows) if id_})


def is_only_a_name(municipality_id: str, first: str, dossier_id: str) -> bool:
    """Whether nothing else than what went to this dossier can be meant by the first name.

    Where a household or a stop has that id, others may have said of it what stays.
    """
    for rows in (
        select(Household.id).where(Household.id == first),
        select(Stop.id).where((Stop.household_id == first) | (Stop.id == first)),
    ):
        if db.session.scalars(rows).first():
            return False
    return moved_from(municipality_id, first) <= {dossier_id}


def said_elsewhere(
    municipality_id: str, first: str, dossier_id: str, kind: str, field: str
) -> set[str]:
    """The ids in one field of what was let in here of a kind, and was said of the first name."""
    rows = select(Quarantined.body).where(
        Quarantined.municipality_id == municipality_id,
        Quarantined.dossier_id == dossier_id,
        Quarantined.first_dossier_id == first,
        Quarantined.kind == kind,
    )
    return {str(body["body"].get(field, "")).lower() for body in db.session.scalars(rows)} - {""}


def devices_that_named(municipality_id: str, first: str, dossier_id: str) -> list[str]:
    """The phones that said of the first name what was let in here."""
    rows = select(Quarantined.device_id).where(
        Quarantined.municipality_id == municipality_id,
        Quarantined.dossier_id == dossier_id,
        Quarantined.first_dossier_id == first,
    )
    return sorted(set(db.session.scalars(rows)))


def where_it_stands(intent: Intent) -> Intent:
    """The same, of the dossier where a coordinator let in what it takes out.

    Its author's alone: nobody else's phone ever named another dossier for it.
    """
    find = _STANDS.get(intent.kind)
    if find is None:
        return intent
    moved_to = moved_from(intent.actor.municipality_id, intent.dossier_id, intent.actor.account_id)
    for dossier_id, author_id in find(intent):
        if dossier_id == intent.dossier_id:
            return intent
        # What came under it goes with the move's own row: then the author's name is enough, but
        # for a phone that mistakes one household for another that is known.
        own = author_id == intent.actor.account_id and not is_known(intent.dossier_id)
        if dossier_id in moved_to or own:
            return replace(intent, dossier_id=dossier_id)
    return intent


def is_known(household_id: str) -> bool:
    """Whether there is a household of this id, and not only a door that reserves it."""
    rows = select(Household.id).where(Household.id == household_id)
    return db.session.scalars(rows).first() is not None


# Dossier and author.
Standing = Iterator[tuple[str, str | None]]


def _note(intent: Intent) -> Standing:
    rows = (
        select(Conversation.household_id, Note.written_by)
        .join(Note, Note.conversation_id == Conversation.id)
        .where(
            Note.id == intent.body["note_id"],
            Note.municipality_id == intent.actor.municipality_id,
        )
    )
    yield from ((row[0], row[1]) for row in db.session.execute(rows))
    yield from _gone(intent, forgetting.NOTE, intent.body["note_id"])


def _consent(intent: Intent) -> Standing:
    rows = select(Consent.household_id, Consent.asked_by).where(
        Consent.id == intent.body["consent_id"],
        Consent.municipality_id == intent.actor.municipality_id,
    )
    yield from ((row[0], row[1]) for row in db.session.execute(rows))
    yield from _gone(intent, forgetting.CONSENT, intent.body["consent_id"])


def _gone(intent: Intent, kind: str, id_: str) -> Standing:
    found = forgetting.forgotten(intent, kind, id_)
    if found:
        yield found.dossier_id, None


_STANDS: Mapping[str, Callable[[Intent], Standing]] = {
    "note.remove": _note,
    "consent.withdraw": _consent,
}

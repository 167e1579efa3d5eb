"""What a household agreed to, as it stands now; what may be kept because of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.conversations.models import Consent, Conversation
from outreach.conversations.scope import conversation_of
from outreach.db import db

# The life domain that takes a yes of its own, beside the one to note.
HEALTH = "health_and_care"
# Built once: it is asked for every word of a talk, and building costs as much as asking.
ANSWERS = (
    select(Consent)
    .where(
        Consent.conversation_id == bindparam("conversation_id"),
        Consent.purpose == bindparam("purpose"),
        Consent.team_id.is_not_distinct_from(bindparam("team_id")),
        Consent.superseded_by.is_(None),
    )
    .order_by(Consent.id)
)


def counts(consent: Consent | None) -> bool:
    """Whether this is a yes that nobody took back."""
    return consent is not None and consent.given and consent.withdrawn_at is None


def answers(conversation_id: str, purpose: str, team_id: str | None = None) -> list[Consent]:
    """The last answer to each of the pair, for one purpose of a talk (and one receiver)."""
    which = {"conversation_id": conversation_id, "purpose": purpose, "team_id": team_id or None}
    return list(db.session.scalars(ANSWERS, which))


def protective(found: Iterable[Consent]) -> Consent | None:
    """Of answers to one question the one that counts: taken back, else no, else yes."""
    return max(found, key=lambda c: (c.withdrawn_at is not None, not c.given, c.id), default=None)


def standing(conversation_id: str, purpose: str, team_id: str | None = None) -> Consent | None:
    """The answer that counts for one purpose of a talk; None: never asked."""
    return protective(answers(conversation_id, purpose, team_id))


def noted_conversation(intent: Intent) -> Conversation:
    """The talk an intent writes in, if the household lets us write.

    Raises AlreadyErased where they said no or took it back: not even quarantine keeps the words.
    Raises CannotApply where the phone says they agreed and the evidence is missing.
    """
    conversation = conversation_of(intent)
    require_note(conversation, intent)
    return conversation


def require_note(conversation: Conversation, intent: Intent) -> None:
    """As noted_conversation, for a talk that is at hand."""
    consent = standing(conversation.id, "note")
    if consent is None:
        if conversation.noted:
            raise CannotApply("no-consent-to-note")
        raise AlreadyErased
    _require(consent, intent)


def require_contact(conversation: Conversation, intent: Intent) -> None:
    """How to reach somebody is kept only with their yes; raises as noted_conversation does."""
    _require_asked(conversation, "contact", intent)


def require_domain(conversation: Conversation, domain: str, intent: Intent) -> None:
    """Words about health are kept only with a yes to just that; raises as noted_conversation."""
    if domain == HEALTH:
        _require_asked(conversation, "health", intent)


def _require_asked(conversation: Conversation, purpose: str, intent: Intent) -> None:
    consent = standing(conversation.id, purpose)
    if consent is None:
        raise CannotApply(f"no-consent-to-{purpose}")
    _require(consent, intent)


def _require(consent: Consent, intent: Intent) -> None:
    if not counts(consent) and not _in_dispute(consent, intent):
        raise AlreadyErased


def _in_dispute(consent: Consent, intent: Intent) -> bool:
    """The other of the pair recorded a no, this one a yes: kept out of sight until settled."""
    if consent.withdrawn_at is not None:
        return False
    asked = answers(consent.conversation_id, consent.purpose, consent.team_id)
    return any(counts(own) and own.asked_by == intent.actor.account_id for own in asked)


@dataclass(frozen=True)
class WaitingYes:
    """A yes that itself waits for a person: of which talk, and who heard it."""

    conversation_id: str
    asked_by: str

    def supersedes(self, consent: Consent) -> bool:
        """Whether it would stand in the place of an answer once it is let in."""
        return (consent.conversation_id, consent.asked_by) == (self.conversation_id, self.asked_by)


def may_wait(
    purpose: str,
    municipality_id: str,
    household_id: str,
    team_id: str | None = None,
    yes: WaitingYes | None = None,
) -> bool:
    """Whether words for a purpose (and one receiver) may be put aside for a person to decide on.

    Not after a no or a withdrawal, and not of a talk without notes: as noted_conversation says of
    what fits, so of what does not. A dispute leaves room for both, and so does a yes that they
    gave since and that waits as well.
    """
    talks = select(Conversation).where(
        Conversation.household_id == household_id,
        Conversation.municipality_id == municipality_id,
    )
    found = list(db.session.scalars(talks))
    return not found or any(_leaves_room(talk, purpose, team_id, yes) for talk in found)


def _leaves_room(
    conversation: Conversation, purpose: str, team_id: str | None, yes: WaitingYes | None
) -> bool:
    asked = answers(conversation.id, purpose, team_id)
    left = [consent for consent in asked if yes is None or not yes.supersedes(consent)]
    if len(left) < len(asked):
        return all(consent.withdrawn_at is None for consent in left)
    if not asked:
        return conversation.noted or purpose != "note"
    return any(map(counts, asked)) and all(consent.withdrawn_at is None for consent in asked)

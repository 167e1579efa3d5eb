"""Consent is evidence per purpose; taking it back takes effect at once, and for good.

A later answer to the same person supersedes the one before; the history stays. Between the two of
a pair the protective answer counts, no over yes, until a person settles it. Withdrawn stays
withdrawn, whatever arrives later, unless the one who took it down asks again and hears yes.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from outreach.access.intents import CannotApply, Intent
from outreach.access.models import Team
from outreach.audit import endings, trail
from outreach.audit.differences import Effect
from outreach.conversations import differing, forgetting
from outreach.conversations.agreement import HEALTH, answers, counts, protective, standing
from outreach.conversations.models import Consent, Conversation
from outreach.conversations.opening import check_known
from outreach.conversations.scope import conversation_of
from outreach.db import db
from outreach.guides.models import ConsentText
from outreach.territory import households
from outreach.territory.models import Household

# Higher slices add what must go with a consent: plans and quarantine, hand-overs.
ON_NOTE_WITHDRAWN: list[Callable[[str, Intent], None]] = []
# Taken back before it arrived: what its phone said in between came under no consent.
ON_NOTE_CAME_WITHDRAWN: list[Callable[[str, Intent], None]] = []
ON_CONTACT_WITHDRAWN: list[Callable[[str, Intent], None]] = []
ON_SHARE_WITHDRAWN: list[Callable[[Consent, Intent], None]] = []
# It is not here, or not yet: the id of the consent.
ON_UNKNOWN_WITHDRAWN: list[Callable[[str, Intent], None]] = []
# With the ids of the notes about health that went.
ON_HEALTH_WITHDRAWN: list[Callable[[str, Intent, Collection[str]], None]] = []


def record_consent(intent: Intent) -> Effect:
    """Keep one answer as evidence; raises CannotApply on texts or receivers nobody knows."""
    body = intent.body
    conversation = conversation_of(intent)
    known = db.session.get(Consent, body["consent_id"])
    if known is not None:
        if known.conversation_id != conversation.id or known.purpose != body["purpose"]:
            raise CannotApply("id-in-use")
        return Effect.MERGED
    check_known(intent, ConsentText, body["consent_text_id"], "unknown-consent-text")
    if body["team_id"]:
        check_known(intent, Team, body["team_id"], "unknown-team")
    before = answers(conversation.id, body["purpose"], body["team_id"])
    consent = _new_consent(conversation, intent)
    db.session.add(consent)
    db.session.flush()
    effect = _place(consent, before, intent)
    if consent.withdrawn_at:
        endings.add([taken_back(consent, consent.withdrawn_at)])
        _take_effect(conversation, consent, intent)
    elif consent.purpose == "note":
        begin_noting(conversation)
    return effect


def _new_consent(conversation: Conversation, intent: Intent) -> Consent:
    body = intent.body
    gone = forgetting.forgotten(intent, forgetting.CONSENT, body["consent_id"])
    return Consent(
        id=body["consent_id"],
        municipality_id=conversation.municipality_id,
        household_id=conversation.household_id,
        conversation_id=conversation.id,
        consent_text_id=body["consent_text_id"],
        purpose=body["purpose"],
        given=body["given"],
        language=body["language"],
        how=body["how"],
        team_id=body["team_id"],
        asked_by=intent.actor.account_id,
        made_at=intent.made_at,
        received_at=intent.received_at,
        withdrawn_at=gone.at if gone else None,
    )


def _place(consent: Consent, before: list[Consent], intent: Intent) -> Effect:
    """Let the answer follow the one before to the same person, and stand beside the other's."""
    others = [other for other in before if other.asked_by != consent.asked_by]
    for own in set(before) - set(others):
        own.superseded_by = consent.id
        forgetting.erase_differences([own.id])
        if counts(own) and not counts(consent):
            take_back(own, intent)  # asked again, they said no
    if not others:
        return Effect.APPLIED
    if all(counts(other) == counts(consent) for other in others):
        forgetting.erase_differences([consent.id, *(other.id for other in others)])
        return Effect.MERGED
    if consent.withdrawn_at is not None:
        return Effect.MERGED  # taken back before it arrived: nothing is left to settle
    no = protective([consent, *others])
    differing.keep(intent, no, "given", shown=False, other=True)
    return Effect.CONFLICTED


def withdraw_consent(intent: Intent) -> Effect:
    """They take a consent back. One that never arrived is remembered: it will come withdrawn."""
    id_ = intent.body["consent_id"]
    consent = db.session.get(Consent, id_)
    if consent is None:
        known = forgetting.forgotten(intent, forgetting.CONSENT, id_)
        forgetting.remember(intent, forgetting.CONSENT, [id_])
        for forget in ON_UNKNOWN_WITHDRAWN:
            forget(id_, intent)
        return Effect.MERGED if known else Effect.APPLIED
    own = (intent.actor.municipality_id, intent.dossier_id)
    if (consent.municipality_id, consent.household_id) != own:
        raise CannotApply("unknown-consent")
    if consent.withdrawn_at is not None:
        if consent.purpose == "note":
            for forget in ON_NOTE_CAME_WITHDRAWN:
                forget(consent.household_id, intent)
        return Effect.MERGED
    take_back(consent, intent)
    if consent.superseded_by is not None:
        # Another answer stands by now; who takes any yes back means all of them.
        for later in answers(consent.conversation_id, consent.purpose, consent.team_id):
            if counts(later):
                take_back(later, intent)
    return Effect.APPLIED


def take_back(consent: Consent, intent: Intent) -> None:
    """Mark one consent as withdrawn, with all that follows from it."""
    consent.withdrawn_at = intent.made_at
    actor = intent.actor
    trail.note(actor.municipality_id, actor.account_id, "consent.withdraw", "consent", consent.id)
    endings.add([taken_back(consent, intent.made_at)])
    # Locked, so that a note the other phone is adding just now is there to be erased.
    conversation = db.session.get_one(Conversation, consent.conversation_id, with_for_update=True)
    _take_effect(conversation, consent, intent)


def taken_back(consent: Consent, at: datetime) -> endings.Ending:
    """The line that keeps a consent taken back, also where an older copy never knew it."""
    return endings.Ending(
        endings.Kind.CONSENT,
        consent.municipality_id,
        consent.id,
        consent.household_id,
        at,
        purpose=consent.purpose,
        team_id=consent.team_id or endings.NOTHING,
        conversation_id=consent.conversation_id,
    )


def take_back_unknown(
    conversation: Conversation, purpose: str, team_id: str | None, intent: Intent
) -> None:
    """All that follows from a consent that was taken back, where an older copy never knew it.

    Each consent to health that went with one to note is on the list itself.
    """
    consent = Consent(household_id=conversation.household_id, purpose=purpose, team_id=team_id)
    _take_words(conversation, consent, intent)


def _take_effect(conversation: Conversation, consent: Consent, intent: Intent) -> None:
    _take_words(conversation, consent, intent)
    if consent.purpose == "note":
        _take_back_health(conversation, consent, intent)


def _take_words(conversation: Conversation, consent: Consent, intent: Intent) -> None:
    """What goes with a consent that was taken back; `feedback` only says so."""
    if consent.purpose == "note":
        conversation.noted = False
        conversation.state = "withdrawn"
        forgetting.erase_content(conversation, intent)
        for forget in ON_NOTE_WITHDRAWN:
            forget(conversation.household_id, intent)
    elif consent.purpose == "health":
        note_ids = forgetting.erase_domain(conversation, HEALTH, intent)
        for forget_health in ON_HEALTH_WITHDRAWN:
            forget_health(conversation.household_id, intent, note_ids)
    elif consent.purpose == "contact":
        households.forget_contact(db.session.get_one(Household, conversation.household_id))
        forgetting.erase_differences([conversation.household_id])
        for forget in ON_CONTACT_WITHDRAWN:
            forget(conversation.household_id, intent)
    elif consent.purpose == "share":
        for forget_share in ON_SHARE_WITHDRAWN:
            forget_share(consent, intent)


def _take_back_health(conversation: Conversation, note: Consent, intent: Intent) -> None:
    """Who wants no notes wants none about health: a new yes to note does not bring that back."""
    yeses = [consent for consent in answers(conversation.id, "health") if counts(consent)]
    said_to_same = [consent for consent in yeses if consent.asked_by == note.asked_by]
    for consent in said_to_same or yeses:
        take_back(consent, intent)


def begin_noting(conversation: Conversation) -> None:
    """Write from now on, or not; a talk whose notes were taken back opens again on a new yes."""
    conversation.noted = counts(standing(conversation.id, "note"))
    if conversation.noted and conversation.state == "withdrawn":
        conversation.state = "open"

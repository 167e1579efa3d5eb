"""The volunteer's side: offering, answering a question, taking back."""

from typing import Any

from outreach.access.intents import AlreadyErased, CannotApply, Intent
from outreach.audit import differences, trail
from outreach.audit.differences import Effect
from outreach.conversations.agreement import counts, require_note, standing
from outreach.conversations.differing import strongest
from outreach.conversations.models import Consent, Conversation
from outreach.conversations.scope import conversation_of
from outreach.db import db
from outreach.handover.models import Handover
from outreach.handover.moving import move, record
from outreach.handover.schemas import URGENCIES
from outreach.handover.states import ENDED, FIRST, Deed, Party, State

SENDER = frozenset({Party.SENDER})


def offer(intent: Intent) -> Effect:
    """Offer a household's question to a team that it agreed to.

    Raises CannotApply without their yes to exactly this team, or for one that ended; AlreadyErased
    where words were written that they do not let us keep.
    """
    body = intent.body
    conversation = conversation_of(intent)
    if body["why"].strip() or body["domains"]:
        require_note(conversation, intent)
    _require_share(conversation, body)
    handover = find(intent)
    if handover is not None:
        return _offer_again(intent, handover)
    handover = _new_handover(intent, conversation)
    db.session.add(handover)
    db.session.flush()
    record(handover, intent.actor.account_id)
    trail.note(
        handover.municipality_id,
        intent.actor.account_id,
        "handover.offer",
        "handover",
        handover.id,
    )
    return Effect.APPLIED


def _require_share(conversation: Conversation, body: dict[str, Any]) -> None:
    named = db.session.get(Consent, body["consent_id"])
    fits = named is not None and (named.conversation_id, named.purpose, named.team_id) == (
        conversation.id,
        "share",
        body["team_id"],
    )
    if not fits or not counts(standing(conversation.id, "share", body["team_id"])):
        raise CannotApply("no-consent-to-share")


def _new_handover(intent: Intent, conversation: Conversation) -> Handover:
    body = intent.body
    return Handover(
        id=body["handover_id"],
        municipality_id=conversation.municipality_id,
        household_id=conversation.household_id,
        conversation_id=conversation.id,
        consent_id=body["consent_id"],
        team_id=body["team_id"],
        author_id=intent.actor.account_id,
        state=FIRST,
        urgency=body["urgency"],
        why=body["why"],
        domains=sorted(set(body["domains"])),
        company_wanted=body["company_wanted"],
        called_at=body["called_at"],
        made_at=intent.made_at,
        received_at=intent.received_at,
    )


def _offer_again(intent: Intent, handover: Handover) -> Effect:
    """The same hand-over from a second phone: both values are kept, the protective one shows."""
    body = intent.body
    if handover.team_id != body["team_id"] or handover.conversation_id != body["conversation_id"]:
        raise CannotApply("id-in-use")
    if handover.state in ENDED:
        raise CannotApply("handover-ended")
    said = {name: body[name] for name in ("urgency", "why", "company_wanted")}
    said["domains"] = sorted(set(body["domains"]))
    called = [at for at in (handover.called_at, body["called_at"]) if at]
    handover.called_at = min(called, default=None)
    return strongest([_said_again(intent, handover, name, value) for name, value in said.items()])


def _said_again(intent: Intent, handover: Handover, name: str, value: Any) -> Effect:
    by = intent.actor.account_id
    effect = differences.change(
        handover,
        name,
        value,
        came_from=None,
        dossier_id=intent.dossier_id,
        by=by,
        mutation_id=intent.id,
        protects=_protective(name, getattr(handover, name), value),
    )
    differences.agree(handover.id, name, getattr(handover, name), by)
    return effect


def _protective(name: str, stands: Any, value: Any) -> Any:
    """What stands, where it is the safer of two: more urgent, or shares no domain more."""
    if name == "urgency" and URGENCIES.index(stands) > URGENCIES.index(value):
        return stands
    if name == "domains" and not set(value) < set(stands):
        return stands
    return None


def answer(intent: Intent) -> Effect:
    """Answer the team's question; it is offered again, with these words."""
    handover = _known(intent)
    if handover.state == State.WITHDRAWN:
        raise AlreadyErased
    if handover.state != State.RETURNED:
        raise CannotApply("not-asked")
    require_note(db.session.get_one(Conversation, handover.conversation_id), intent)
    move(handover, Deed.ANSWER, intent.actor.account_id, SENDER, words=intent.body["words"])
    return Effect.APPLIED


def withdraw(intent: Intent) -> Effect:
    """Take a hand-over back: the team's access ends. One that ended already stays as it is."""
    handover = _known(intent)
    if handover.state in ENDED:
        return Effect.MERGED
    move(handover, Deed.WITHDRAW, intent.actor.account_id, SENDER)
    return Effect.APPLIED


def find(intent: Intent) -> Handover | None:
    """The hand-over an intent names, locked; raises CannotApply for one of another dossier."""
    handover = db.session.get(Handover, intent.body["handover_id"], with_for_update=True)
    if handover is not None and (handover.municipality_id, handover.household_id) != (
        intent.actor.municipality_id,
        intent.dossier_id,
    ):
        raise CannotApply("id-in-use")
    return handover


def _known(intent: Intent) -> Handover:
    handover = find(intent)
    if handover is None:
        raise CannotApply("unknown-handover")
    return handover

"""A talk begins and ends; two phones of a pair that open the same talk make one of it."""

from sqlalchemy import select

from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.conversations.agreement import standing
from outreach.conversations.models import Conversation
from outreach.conversations.scope import conversation_of
from outreach.db import Model, db
from outreach.guides.models import ConsentText, Guide
from outreach.territory import households
from outreach.territory.models import Household
from outreach.visits.models import Round, Stop


def open_conversation(intent: Intent) -> Effect:
    """Make the household and the talk under the ids the stop reserved.

    Opened by both of the pair it stays the talk of the first. Opened again by its recorder, the
    later texts, date and way of talking count. Raises CannotApply.
    """
    body = intent.body
    stop = _stop_of(intent)
    _check_texts(intent)
    found = db.session.get(Conversation, body["conversation_id"])
    if found is not None:
        if found.recorder_id == intent.actor.account_id:
            _open_again(found, intent)
        return Effect.MERGED
    if db.session.get(Household, stop.household_id) is None:
        households.create(stop.municipality_id, stop.household_id, stop.address_id)
    round_ = db.session.get_one(Round, stop.round_id)
    db.session.add(
        Conversation(
            id=body["conversation_id"],
            municipality_id=stop.municipality_id,
            household_id=stop.household_id,
            campaign_id=round_.campaign_id,
            stop_id=stop.id,
            recorder_id=intent.actor.account_id,
            guide_id=body["guide_id"],
            consent_text_id=body["consent_text_id"],
            noted=body["noted"],
            state="open",
            date=body["date"],
            made_at=intent.made_at,
            received_at=intent.received_at,
        )
    )
    db.session.flush()
    return Effect.APPLIED


def _stop_of(intent: Intent) -> Stop:
    """The stop, locked so that the second phone of the pair waits for the first."""
    rows = select(Stop).where(
        Stop.id == intent.body["stop_id"],
        Stop.municipality_id == intent.actor.municipality_id,
    )
    stop = db.session.scalars(rows.with_for_update()).first()
    if stop is None:
        raise CannotApply("unknown-stop")
    reserved = (stop.household_id, stop.conversation_id)
    if reserved != (intent.dossier_id, intent.body["conversation_id"]):
        raise CannotApply("not-the-reserved-ids")
    return stop


def check_known(intent: Intent, kind: type[Model], id_: str, reason: str) -> None:
    """Raises CannotApply with the reason unless the id is a row of this municipality."""
    table = kind.__table__
    rows = select(table.c.id).where(
        table.c.id == id_, table.c.municipality_id == intent.actor.municipality_id
    )
    if db.session.scalar(rows) is None:
        raise CannotApply(reason)


def _check_texts(intent: Intent) -> None:
    check_known(intent, Guide, intent.body["guide_id"], "unknown-guide")
    check_known(intent, ConsentText, intent.body["consent_text_id"], "unknown-consent-text")


def _open_again(conversation: Conversation, intent: Intent) -> None:
    conversation.guide_id = intent.body["guide_id"]
    conversation.consent_text_id = intent.body["consent_text_id"]
    conversation.date = intent.body["date"]
    if standing(conversation.id, "note") is None:
        # Once the household said yes or no, that is what counts.
        conversation.noted = intent.body["noted"]


def close_conversation(intent: Intent) -> Effect:
    """The talk is over; what the household takes back or adds later still counts."""
    conversation = conversation_of(intent)
    if conversation.state != "open":
        return Effect.MERGED
    conversation.state = "closed"
    return Effect.APPLIED

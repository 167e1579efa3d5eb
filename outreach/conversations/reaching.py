"""What we may call a household, and how to reach it: only while consent `contact` stands."""

from sqlalchemy import select

from outreach.access.intents import CannotApply, Intent
from outreach.audit.differences import Effect
from outreach.audit.models import Difference
from outreach.conversations import differing
from outreach.conversations.agreement import require_contact
from outreach.conversations.bsn import mask_bsn
from outreach.conversations.models import Conversation
from outreach.db import db
from outreach.territory.households import CONTACT_FIELDS
from outreach.territory.models import Household


def set_contact(intent: Intent) -> Effect:
    """Keep how to reach them. The recorder corrects; the other of the pair adds beside.

    Raises CannotApply or AlreadyErased where they did not agree to be reached.
    """
    conversation = _conversation_of_household(intent)
    require_contact(conversation, intent)
    household = db.session.get_one(Household, intent.dossier_id)
    body = intent.body
    is_phone = body["channel"] == "phone"
    said = {
        "called_name": body["called_name"],
        "contact_channel": body["channel"],
        "contact_value": body["value"] if is_phone else mask_bsn(body["value"]),
        "contact_when": body["when"],
        "voicemail_ok": body["voicemail_ok"],
    }
    knows = _knows_what_stands(household, conversation, intent)
    effects = []
    for field in CONTACT_FIELDS:
        stands = getattr(household, field)
        came_from = stands if knows else None
        effects.append(differing.change(intent, household, field, said[field], came_from=came_from))
    return differing.strongest(effects)


def _conversation_of_household(intent: Intent) -> Conversation:
    rows = select(Conversation).where(
        Conversation.household_id == intent.dossier_id,
        Conversation.municipality_id == intent.actor.municipality_id,
    )
    newest = rows.order_by(Conversation.date.desc(), Conversation.id).with_for_update()
    found = db.session.scalars(newest).first()
    if found is None:
        raise CannotApply("unknown-conversation")
    return found


def _knows_what_stands(household: Household, conversation: Conversation, intent: Intent) -> bool:
    """Whether this is a correction of what the actor saw, or of what they wrote themselves."""
    if not household.contact_channel or conversation.recorder_id == intent.actor.account_id:
        return True
    own_shows = select(Difference.id).where(
        Difference.object_id == household.id,
        Difference.other_by == intent.actor.account_id,
        Difference.settled_at.is_(None),
    )
    return db.session.scalars(own_shows).first() is not None

"""Shapes of concerns: as raised, in the list without content, opened, and decided on."""

from marshmallow import fields

from outreach.conversations.fields import FreeText, Reference, choice
from outreach.web.schemas import Schema

DECISIONS = ("advice_asked", "passed_on", "nothing_to_do")
LONGEST_REASON = 200


class RaiseBody(Schema):
    """Facts seen or heard, at an address or at none."""

    concern_id = Reference(required=True)
    address_id = Reference(required=True, allow_none=True)
    facts = FreeText(required=True)


class ReasonBody(Schema):
    """Why somebody reads it; kept in the trail."""

    reason = FreeText(most=LONGEST_REASON, filled=True, required=True)


class DecisionBody(Schema):
    """What is done, and how that was weighed."""

    decision = choice(*DECISIONS, required=True)
    weighing = FreeText(filled=True, required=True)


class ConcernOut(Schema):
    """That there is a concern: never where or what."""

    id = fields.UUID(required=True)
    reporter = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    decision = fields.String(required=True)


class DoorOut(Schema):
    """An address as people write it."""

    street = fields.String(required=True)
    number = fields.String(required=True)
    postcode = fields.String(required=True)
    city = fields.String(required=True)


class OpenedConcernOut(Schema):
    """What it says, and whom to ask more."""

    facts = fields.String(required=True)
    address = fields.Nested(DoorOut, required=True, allow_none=True)
    reporter = fields.String(required=True)
    phone = fields.String(required=True)

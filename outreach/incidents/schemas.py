"""Shapes of incidents: as told by a phone, in the desk's list, opened, and closed."""

from marshmallow import fields

from outreach.conversations.fields import Flag, FreeText, Reference, choice
from outreach.web.schemas import Schema

KINDS = ("aggression", "dog", "accident", "other")
DAY_PARTS = ("morning", "afternoon", "evening")
OUTCOMES = ("talked", "support", "reported", "nothing_needed")
LONGEST_FACTS = 5_000
LONGEST_NOTE = 2_000


class RaiseBody(Schema):
    """What happened and when; on which round, where there was one. Never at which door."""

    incident_id = Reference(required=True)
    round_id = Reference(required=True, allow_none=True)
    kind = choice(*KINDS, required=True)
    date = fields.Date(required=True)
    day_part = choice(*DAY_PARTS, required=True)
    facts = FreeText(most=LONGEST_FACTS, required=True)
    hurt = Flag(required=True)
    call_now = Flag(required=True)


class HeavyTalkBody(Schema):
    """A talk that was heavy: somebody wants to be called. Which talk, and of what, is not said."""

    debrief_id = Reference(required=True)
    date = fields.Date(required=True)


class CloseBody(Schema):
    """What came of it."""

    outcome = choice(*OUTCOMES, required=True)
    note = FreeText(most=LONGEST_NOTE, required=True)


class IncidentOut(Schema):
    """An incident in the list: never what happened."""

    id = fields.UUID(required=True)
    first_name = fields.String(required=True)
    phone = fields.String(required=True)
    kind = fields.String(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True)
    hurt = fields.Boolean(required=True)
    call_now = fields.Boolean(required=True)
    received_at = fields.AwareDateTime(required=True)
    taken_by = fields.String(required=True, allow_none=True)
    called_by = fields.String(required=True, allow_none=True)
    called_at = fields.AwareDateTime(required=True, allow_none=True)
    outcome = fields.String(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)


class OpenedIncidentOut(IncidentOut):
    """All of it."""

    facts = fields.String(required=True)
    note = fields.String(required=True)
    closed_by = fields.String(required=True, allow_none=True)

"""Shapes of the intents about a talk, and of the desk's list of debriefs."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from outreach.conversations.fields import Flag, FreeText, Reference, choice, position, slug
from outreach.web.schemas import Schema

PURPOSES = ("note", "health", "contact", "share", "feedback")
ANSWERS = ("goes_well", "could_be_better", "help_wanted", "not_discussed", "does_not_want")
CHANNELS = ("phone", "mail", "visit")
FEELINGS = ("good", "mixed", "heavy")
LONGEST_LINE = 200
LONGEST_ADDRESS = 254


class OpenBody(Schema):
    """A talk begins, at a stop, with this guide and these consent texts."""

    conversation_id = Reference(required=True)
    stop_id = Reference(required=True)
    guide_id = Reference(required=True)
    consent_text_id = Reference(required=True)
    noted = Flag(required=True)
    date = fields.Date(required=True)


class ConversationBody(Schema):
    """Which talk."""

    conversation_id = Reference(required=True)


class ConsentBody(Schema):
    """What the household said to one purpose, in which text; `share` names its receiver."""

    consent_id = Reference(required=True)
    conversation_id = Reference(required=True)
    purpose = choice(*PURPOSES, required=True)
    given = Flag(required=True)
    consent_text_id = Reference(required=True)
    language = slug(2, required=True)
    how = slug(20, required=True)
    team_id = Reference(required=True, allow_none=True)

    @validates_schema
    def _names_its_receiver(self, data: dict[str, Any], **_: Any) -> None:
        if (data["purpose"] == "share") != (data["team_id"] is not None):
            raise ValidationError({"team_id": ["does-not-fit"]})


class WithdrawBody(Schema):
    """Which consent is taken back."""

    consent_id = Reference(required=True)


class ContactBody(Schema):
    """What we may call somebody, and how and when to reach them."""

    called_name = FreeText(most=LONGEST_LINE, required=True)
    channel = choice(*CHANNELS, required=True)
    value = FreeText(most=LONGEST_ADDRESS, masked=False, required=True)
    when = FreeText(most=LONGEST_LINE, required=True)
    voicemail_ok = Flag(required=True)


class AssessBody(Schema):
    """One of five answers for a life domain, and the one it was changed from."""

    conversation_id = Reference(required=True)
    domain = slug(40, required=True)
    answer = choice(*ANSWERS, required=True)
    was = choice(*ANSWERS, required=True, allow_none=True, data_key="from", attribute="from")


class NoteBody(Schema):
    """What was said; `domain` is empty for the talk as a whole."""

    note_id = Reference(required=True)
    conversation_id = Reference(required=True)
    domain = slug(40, empty=True, required=True)
    position = position(required=True)
    text = FreeText(required=True)


class AmendBody(Schema):
    """Another text for a note, and the one it was changed from."""

    note_id = Reference(required=True)
    text = FreeText(required=True)
    was = FreeText(required=True, data_key="from", attribute="from")


class RemoveBody(Schema):
    """Which note goes."""

    note_id = Reference(required=True)


class AdviceBody(Schema):
    """An advice of the guide was given, or was not after all."""

    conversation_id = Reference(required=True)
    domain = slug(40, required=True)
    key = slug(60, required=True)
    on = Flag(required=True)


class DebtHelpBody(Schema):
    """They ask for debt help; with `pass_on` the clock runs from `asked_on`."""

    conversation_id = Reference(required=True)
    asked_on = fields.Date(required=True)
    pass_on = Flag(required=True)
    crisis = Flag(required=True)


class DebriefBody(Schema):
    """How it went for the volunteer."""

    debrief_id = Reference(required=True)
    feeling = choice(*FEELINGS, required=True)
    call_me = Flag(required=True)
    date = fields.Date(required=True)


class DebriefOut(Schema):
    """A volunteer who asked to be called; never the household."""

    id = fields.UUID(required=True)
    first_name = fields.String(required=True)
    phone = fields.String(required=True)
    feeling = fields.String(required=True)
    date = fields.Date(required=True)
    received_at = fields.AwareDateTime(required=True)
    taken_by = fields.String(required=True, allow_none=True)
    called_by = fields.String(required=True, allow_none=True)
    called_at = fields.AwareDateTime(required=True, allow_none=True)

"""The shapes of what waits for a person, and of what they decide."""

from marshmallow import fields, validate

from outreach.clock import AMSTERDAM
from outreach.conversations.fields import FreeText
from outreach.sync.schemas import UUID
from outreach.sync.settlement import LONGEST_REASON
from outreach.web.schemas import Schema

MOST_CHANGES = 50
LONGEST_POINTER = 400


class QuarantinedDoorOut(Schema):
    """Which door."""

    street = fields.String(required=True)
    number = fields.String(required=True)


class QuarantinedOut(Schema):
    """Author, door, kind and reason; never the content.

    `may_open`: whether the reader may read and settle it; `opened_by`: the roles that may.
    """

    id = fields.UUID(required=True)
    author = fields.String(required=True)
    address = fields.Nested(QuarantinedDoorOut, required=True, allow_none=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True, default_timezone=AMSTERDAM)
    state = fields.String(required=True)
    urgent = fields.Boolean(required=True)
    may_open = fields.Boolean(required=True)
    opened_by = fields.List(fields.String(), required=True)


class AlertOut(Schema):
    """How many cannot wait, of those the reader may open."""

    urgent = fields.Integer(required=True)


class QuarantineReasonBody(Schema):
    """Why somebody opens what a household said."""

    reason = FreeText(most=LONGEST_REASON, filled=True, required=True)


class QuarantinedFieldOut(Schema):
    """What can be put right: a JSON pointer into the body, and what may stand there.

    `code`: why it is refused, empty when it fits; `kind`: text, choice, date, instant, number,
    yes_no, or unknown, id, part and evidence, which cannot be changed; `removable`: it may go.
    """

    pointer = fields.String(required=True)
    code = fields.String(required=True)
    kind = fields.String(required=True)
    options = fields.List(fields.String(), required=True)
    nullable = fields.Boolean(required=True)
    removable = fields.Boolean(required=True)
    value = fields.Raw(required=True, allow_none=True)


class ContentOut(Schema):
    """The content of one, what of it can be put right, and how many wait behind it."""

    id = fields.UUID(required=True)
    body = fields.Dict(required=True)
    fields_ = fields.List(
        fields.Nested(QuarantinedFieldOut), required=True, data_key="fields", attribute="fields"
    )
    other_door = fields.Boolean(required=True)
    followers = fields.Integer(required=True)


class DoorSearchBody(Schema):
    """A street, or how it begins, and a number or none."""

    street = FreeText(most=80, filled=True, required=True)
    number = FreeText(most=20, load_default="")


class FoundDoorOut(Schema):
    """A stop in a round; `talk`: whether a talk is known there."""

    stop_id = fields.UUID(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True)
    pair = fields.List(fields.String(), required=True)
    talk = fields.Boolean(required=True)
    second_household = fields.Boolean(required=True)


class FoundDoorsOut(Schema):
    """At most twenty, the newest round first."""

    items = fields.List(fields.Nested(FoundDoorOut), required=True)


class SettlementBody(QuarantineReasonBody):
    """Let it in after all, or discard it.

    `stop_id`, `changes` (a value by JSON pointer) and `removed` repair it first; `followers`: what
    its author said of the same dossier after it is let in too.
    """

    decision = fields.String(
        required=True, validate=validate.OneOf(["apply", "discard"], error="not-a-choice")
    )
    stop_id = fields.String(load_default=None, allow_none=True, validate=UUID)
    changes = fields.Dict(
        keys=fields.String(validate=validate.Length(max=LONGEST_POINTER, error="too-long")),
        values=fields.Raw(allow_none=True),
        load_default=dict,
        validate=validate.Length(max=MOST_CHANGES, error="too-long"),
    )
    removed = fields.List(
        fields.String(validate=validate.Length(max=LONGEST_POINTER, error="too-long")),
        load_default=list,
        validate=validate.Length(max=MOST_CHANGES, error="too-long"),
    )
    followers = fields.Boolean(load_default=False)


class SettledOut(QuarantinedOut):
    """What became of it and of its followers; `stopped_at` is the first that does not fit."""

    followers = fields.Integer(required=True)
    stopped_at = fields.UUID(required=True, allow_none=True)
    stopped_why = fields.String(required=True)

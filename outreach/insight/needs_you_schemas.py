"""Shapes of *needs you*."""

from marshmallow import fields, validate

from outreach.web.schemas import Schema

# A day, or until it has gone by itself.
DAYS = (1, 7)


class LineOut(Schema):
    """Why somebody is needed, about whom or what, how often and since when; no resident's name."""

    key = fields.String(required=True)
    reason = fields.String(required=True)
    subject_id = fields.UUID(required=True)
    who = fields.String(required=True)
    count = fields.Integer(required=True)
    since = fields.AwareDateTime(required=True, allow_none=True)
    on = fields.Date(required=True, allow_none=True)
    urgent = fields.Boolean(required=True)
    can_wait = fields.Boolean(required=True)


class NeedsYouOut(Schema):
    """At most twenty lines; how many more there are, and how many were put off."""

    lines = fields.List(fields.Nested(LineOut), required=True)
    more = fields.Integer(required=True)
    put_off = fields.Integer(required=True)


class PutOffBody(Schema):
    """Which line, and for how many days."""

    key = fields.String(required=True, validate=validate.Length(min=1, max=80, error="too-long"))
    days = fields.Integer(required=True, validate=validate.OneOf(DAYS, error="not-a-choice"))

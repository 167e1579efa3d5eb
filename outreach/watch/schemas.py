"""Shapes of what phones say about being out, and of the board."""

from marshmallow import fields, validate

from outreach.visits.schemas import UUID4
from outreach.watch.alerts import WORDS
from outreach.web.schemas import Schema

WALL = validate.Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)", error="does-not-fit")
TAKEN_BACK = ("start", "extend", "finish")
OUTCOMES = tuple(word for words in WORDS.values() for word in words)


class UntilBody(Schema):
    """Until when they think to be out, by Amsterdam's clock on the day of the round."""

    until = fields.String(required=True, validate=WALL)


class TakeBackBody(Schema):
    """Which of the three is taken back; `until` is what stood before an extension, else ""."""

    what = fields.String(required=True, validate=validate.OneOf(TAKEN_BACK, error="not-a-choice"))
    until = fields.String(
        required=True,
        validate=validate.Regexp(r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$(?!\n)", error="does-not-fit"),
    )


class CallBody(Schema):
    """A call for help, by the id that the phone gave it. It holds no word and no place."""

    call_id = fields.String(required=True, validate=UUID4)


class PersonToCallOut(Schema):
    """Somebody out there; `phone` is "" when none is known."""

    name = fields.String(required=True)
    phone = fields.String(required=True)


class PairAlertOut(Schema):
    """What somebody must call about; `taken_by` is "" while nobody does."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    raised_at = fields.DateTime(required=True)
    round_id = fields.UUID(required=True, allow_none=True)
    caller = fields.String(required=True)
    pair = fields.List(fields.Nested(PersonToCallOut), required=True)
    base = fields.String(required=True)
    district = fields.String(required=True)
    taken_by = fields.String(required=True)


class AlertsOut(Schema):
    """All that is open, help first."""

    alerts = fields.List(fields.Nested(PairAlertOut), required=True)


class BoardLineOut(Schema):
    """A round on the board. `watch`: waiting, out, done or late; instants are of hearing."""

    id = fields.UUID(required=True)
    campaign = fields.String(required=True)
    day_part = fields.String(required=True)
    state = fields.String(required=True)
    base = fields.String(required=True)
    pair = fields.List(fields.Nested(PersonToCallOut), required=True)
    doors = fields.Integer(required=True)
    done = fields.Integer(required=True)
    reached = fields.Integer(required=True)
    talks = fields.Integer(required=True)
    watch = fields.String(required=True)
    checked_in = fields.Boolean(required=True)
    until = fields.String(required=True)
    started_at = fields.DateTime(required=True, allow_none=True)
    finished_at = fields.DateTime(required=True, allow_none=True)
    last_contact_at = fields.DateTime(required=True, allow_none=True)


class BoardOut(Schema):
    """Today's rounds, and how many there are tomorrow."""

    day = fields.Date(required=True)
    tomorrow = fields.Integer(required=True)
    alerts = fields.List(fields.Nested(PairAlertOut), required=True)
    rounds = fields.List(fields.Nested(BoardLineOut), required=True)


class DoorTimeOut(Schema):
    """A door of a round: what came of it and when, by the phone's clock; gone after 7 days."""

    street = fields.String(required=True)
    number = fields.String(required=True)
    outcome = fields.String(required=True, allow_none=True)
    at = fields.DateTime(required=True, allow_none=True)


class WatchedRoundOut(Schema):
    """A round that was opened on the board; `times_kept` is false once they are gone."""

    date = fields.Date(required=True)
    line = fields.Nested(BoardLineOut, required=True)
    times_kept = fields.Boolean(required=True)
    doors = fields.List(fields.Nested(DoorTimeOut), required=True)


class AlertClosingBody(Schema):
    """How it ended."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES, error="not-a-choice"))

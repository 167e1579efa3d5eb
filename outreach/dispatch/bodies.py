"""Bodies of what the desk asks of plans. What is left empty passes as None: planning tells all.

Times of a day are "HH:MM" by Amsterdam's clock.
"""

from marshmallow import fields, validate

from outreach.web.schemas import EmptyIsNone, Schema

MANY = validate.Length(max=1000, error="too-many")
TIME = validate.Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)", error="not-a-time")
ACTS = ("move", "leave", "lock", "unlock", "swap", "pair", "reverse")


class PauseBody(EmptyIsNone):
    """When everybody is at the base; both empty: no break."""

    begins = fields.String(load_default=None, allow_none=True, validate=TIME)
    ends = fields.String(load_default=None, allow_none=True, validate=TIME)


class TimesBody(EmptyIsNone):
    """When pairs set out, the latest they are back, and the break, in one day part."""

    begins = fields.String(load_default=None, allow_none=True, validate=TIME)
    ends = fields.String(load_default=None, allow_none=True, validate=TIME)
    pause = fields.Nested(PauseBody, load_default=None, allow_none=True)


class DayPartTimes(Schema):
    """Times for each day part in which somebody goes; what is left out has its usual times."""

    morning = fields.Nested(TimesBody, load_default=None, allow_none=True)
    afternoon = fields.Nested(TimesBody, load_default=None, allow_none=True)
    evening = fields.Nested(TimesBody, load_default=None, allow_none=True)


class MinutesBody(EmptyIsNone):
    """How long a pair is busy at a door, per kind of visit."""

    first = fields.Integer(load_default=None, allow_none=True)
    again = fields.Integer(load_default=None, allow_none=True)
    later = fields.Integer(load_default=None, allow_none=True)
    aftercare = fields.Integer(load_default=None, allow_none=True)


class PlaceBody(Schema):
    """A point on the map."""

    lat = fields.Float(required=True, validate=validate.Range(50, 54, error="not-in-range"))
    lon = fields.Float(required=True, validate=validate.Range(3, 8, error="not-in-range"))


class ShiftBody(EmptyIsNone):
    """Two people who go out on a day, in a day part."""

    date = fields.Date(load_default=None, allow_none=True)
    day_part = fields.String(load_default=None, allow_none=True)
    pair = fields.List(fields.UUID(), load_default=list, validate=MANY)


class PeriodBody(EmptyIsNone):
    """The days to plan, the first and the last included."""

    first_day = fields.Date(load_default=None, allow_none=True)
    last_day = fields.Date(load_default=None, allow_none=True)


class RoundPlanBody(PeriodBody):
    """What to plan. `base`: where the desk says it is, when the register does not know.

    `letter_reason`: why before the waiting days of the letter are over; noted in the trail.
    """

    shifts = fields.List(fields.Nested(ShiftBody), load_default=list, validate=MANY)
    times = fields.Nested(DayPartTimes, load_default=None, allow_none=True)
    minutes = fields.Nested(MinutesBody, load_default=None, allow_none=True)
    seconds = fields.Integer(load_default=None, allow_none=True)
    base = fields.Nested(PlaceBody, load_default=None, allow_none=True)
    letter_reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=200, error="too-long")
    )


class VersionBody(Schema):
    """The version of the plan that the screen showed."""

    version = fields.UUID(required=True)


class AgainBody(VersionBody):
    """Search once more; what is locked stays where it is."""

    seconds = fields.Integer(load_default=None, allow_none=True)


class MoveBody(Schema):
    """One change.

    `move` needs address_id, round_id, leg and position (counted without the door itself); `leave`,
    `lock` and `unlock` address_id; `swap` both rounds and both accounts; `pair` round_id and pair;
    `reverse` round_id.
    """

    act = fields.String(required=True, validate=validate.OneOf(ACTS, error="not-a-choice"))
    address_id = fields.UUID(load_default=None, allow_none=True)
    round_id = fields.UUID(load_default=None, allow_none=True)
    leg = fields.Integer(load_default=0)
    position = fields.Integer(load_default=0)
    account_id = fields.UUID(load_default=None, allow_none=True)
    other_round_id = fields.UUID(load_default=None, allow_none=True)
    other_account_id = fields.UUID(load_default=None, allow_none=True)
    pair = fields.List(fields.UUID(), load_default=list, validate=MANY)


class MovesBody(VersionBody):
    """Changes in order: all of them are made, or none."""

    moves = fields.List(
        fields.Nested(MoveBody), required=True, validate=validate.Length(1, 100, error="too-many")
    )


class PublicationBody(VersionBody):
    """Which rounds of the plan go to the phones; none named: all."""

    round_ids = fields.List(fields.UUID(), load_default=list, validate=MANY)


class IllBody(Schema):
    """Who cannot go on, and who goes instead (nobody: the doors go to others).

    With `dry_run` nothing changes. `version` of such an answer makes sure that what then happens
    is what was shown.
    """

    account_id = fields.UUID(required=True)
    instead = fields.UUID(load_default=None, allow_none=True)
    dry_run = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    version = fields.String(load_default=None, allow_none=True)

"""Shapes of what a campaign needs, its calendar, its end and its figures."""

from marshmallow import fields

from outreach.insight.readiness import Place, State
from outreach.web.schemas import EmptyIsNone, Schema


class PointOut(Schema):
    """One line of the wizard: which of its sentences, and the numbers and words that fill it in."""

    key = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    word = fields.String(required=True)
    place = fields.Enum(Place, by_value=True, required=True, allow_none=True)
    numbers = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)


class EstimateOut(Schema):
    """Day parts that are needed and that are there, and what that rests on."""

    doors = fields.Integer(required=True)
    needed = fields.Integer(required=True)
    there = fields.Integer(required=True)
    volunteers = fields.Integer(required=True)
    new = fields.Integer(required=True)
    mentors = fields.Integer(required=True)
    rings = fields.Float(required=True)
    ring_minutes = fields.Integer(required=True)
    talks = fields.Integer(required=True)
    talk_minutes = fields.Integer(required=True)
    day_part_minutes = fields.Integer(required=True)


class ReadinessOut(Schema):
    """All points, how many of them want a look, and the estimate of volunteers."""

    points = fields.List(fields.Nested(PointOut), required=True)
    to_mend = fields.Integer(required=True)
    estimate = fields.Nested(EstimateOut, required=True)


class EntryOut(Schema):
    """One thing on one day: its kind and how many; `doors` only of rounds."""

    day = fields.Date(required=True)
    kind = fields.String(required=True)
    day_part = fields.String(required=True)
    count = fields.Integer(required=True)
    doors = fields.Integer(required=True)


class CalendarOut(Schema):
    """The days of a campaign on which something is."""

    first = fields.Date(required=True)
    last = fields.Date(required=True)
    entries = fields.List(fields.Nested(EntryOut), required=True)


class OpenRoundOut(Schema):
    """A round that is not closed."""

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True)
    state = fields.String(required=True)


class LooseEndsOut(Schema):
    """What goes on when a campaign is closed now."""

    rounds = fields.List(fields.Nested(OpenRoundOut), required=True)
    appointments = fields.Integer(required=True)
    aftercare = fields.Integer(required=True)
    last_aftercare_on = fields.Date(required=True, allow_none=True)


class FigureOut(Schema):
    """A count, or null: under ten, or left out because somebody could work out one that is."""

    name = fields.String(required=True)
    count = fields.Integer(required=True, allow_none=True)


class CountedCampaignOut(Schema):
    """A campaign of which there are figures."""

    campaign_id = fields.UUID(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    counted_on = fields.Date(required=True, allow_none=True)


class FiguresOut(CountedCampaignOut):
    """What a campaign came to; without figures while it was not counted."""

    figures = fields.List(fields.Nested(FigureOut), required=True)
    best_day_part = fields.String(required=True, allow_none=True)


class CopyBody(EmptyIsNone):
    """The next campaign: its name and first day, and which doors it takes over."""

    name = fields.String(load_default=None, allow_none=True)
    starts_on = fields.Date(load_default=None, allow_none=True)
    same_doors = fields.Boolean(load_default=True)
    but_months = fields.Integer(load_default=None, allow_none=True)

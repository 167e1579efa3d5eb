"""Shapes of plans as the desk sees them.

Times of a day are "HH:MM" by Amsterdam's clock. `rounds` of a plan have ids of their own;
`round_id` is the round on the phones once it was published.
"""

from marshmallow import fields

from outreach.web.schemas import Schema

DAY_PART = {"enum": ["morning", "afternoon", "evening"]}
STATE = {"enum": ["searching", "proposed", "published"]}


class PauseOut(Schema):
    """When everybody is at the base."""

    begins = fields.String(required=True)
    ends = fields.String(required=True)


class TimesOut(Schema):
    """Times in one day part."""

    begins = fields.String(required=True)
    ends = fields.String(required=True)
    pause = fields.Nested(PauseOut, required=True, allow_none=True)


class DayPartTimesOut(Schema):
    """Times for each day part."""

    morning = fields.Nested(TimesOut, required=True)
    afternoon = fields.Nested(TimesOut, required=True)
    evening = fields.Nested(TimesOut, required=True)


class MinutesOut(Schema):
    """How long a pair is busy at a door."""

    first = fields.Integer(required=True)
    again = fields.Integer(required=True)
    later = fields.Integer(required=True)
    aftercare = fields.Integer(required=True)


class PlanBaseOut(Schema):
    """Where pairs set out. `certain` false: nobody knows where it is, it is amid the doors."""

    name = fields.String(required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    certain = fields.Boolean(required=True)


class WalkerOut(Schema):
    """Somebody of a pair."""

    id = fields.UUID(required=True)
    first_name = fields.String(required=True)
    name = fields.String(required=True)


class PersonOut(WalkerOut):
    """Somebody who may be planned. `cleared_until` null: to no door yet."""

    languages = fields.List(fields.String(), required=True)
    cleared_until = fields.Date(required=True, allow_none=True)
    mentor = fields.Boolean(required=True)
    starts_with_mentor = fields.Boolean(required=True)


class SlotOut(Schema):
    """A day part of the period: who can walk then, and the pairs that are proposed."""

    date = fields.Date(required=True)
    day_part = fields.String(required=True, metadata=DAY_PART)
    available = fields.List(fields.UUID(), required=True)
    pairs = fields.List(fields.List(fields.UUID()), required=True)


class LetterWaitOut(Schema):
    """`earliest`: the first day after the waiting days; null when no letter went out."""

    earliest = fields.Date(required=True, allow_none=True)
    waits = fields.Boolean(required=True)


class ProposalOut(Schema):
    """All that the desk needs to start: people, pairs, doors, and the usual settings."""

    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    people = fields.List(fields.Nested(PersonOut), required=True)
    slots = fields.List(fields.Nested(SlotOut), required=True)
    to_do = fields.Integer(required=True)
    appointments = fields.Integer(required=True)
    aftercare = fields.Integer(required=True)
    letter = fields.Nested(LetterWaitOut, required=True)
    base = fields.Nested(PlanBaseOut, required=True)
    times = fields.Nested(DayPartTimesOut, required=True)
    minutes = fields.Nested(MinutesOut, required=True)
    seconds = fields.Integer(required=True)


class SearchOut(Schema):
    """How far the search is. `metres` null: no plan obeys every rule yet; `problem`: a code."""

    job_id = fields.UUID(required=True)
    state = fields.String(
        required=True, metadata={"enum": ["waiting", "running", "done", "failed", "cancelled"]}
    )
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    doors = fields.Integer(required=True)
    metres = fields.Integer(required=True, allow_none=True)
    problem = fields.String(required=True)


class WindowOut(Schema):
    """When a household expects somebody."""

    date = fields.Date(required=True)
    day_part = fields.String(required=True, metadata=DAY_PART)


class PlannedDoorOut(Schema):
    """A door of a plan. `expects`: who was promised to come."""

    address_id = fields.UUID(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    postcode = fields.String(required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    kind = fields.String(required=True, metadata={"enum": ["first", "again", "later", "aftercare"]})
    language = fields.String(required=True)
    window = fields.Nested(WindowOut, required=True, allow_none=True)
    expects = fields.Nested(WalkerOut, required=True, allow_none=True)
    locked = fields.Boolean(required=True)


class PlannedVisitOut(PlannedDoorOut):
    """A door on the way: the walk to it, and when the bell rings."""

    rings = fields.String(required=True)
    leaves = fields.String(required=True)
    metres = fields.Integer(required=True)


class LegOut(Schema):
    """From the base and back."""

    number = fields.Integer(required=True)
    sets_out = fields.String(required=True)
    back_at = fields.String(required=True)
    metres_back = fields.Integer(required=True)
    visits = fields.List(fields.Nested(PlannedVisitOut), required=True)


class BrokenOut(Schema):
    """A rule that does not hold; `address_id` null when it is about the pair or the time."""

    rule = fields.String(required=True)
    text = fields.String(required=True)
    address_id = fields.UUID(required=True, allow_none=True)


class PlannedRoundOut(Schema):
    """What one pair does in one day part. `done`: doors rung already, which stay as they are.

    `round_id` null: not published; `differs`: the phones have another order than the plan.
    """

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True, metadata=DAY_PART)
    begins = fields.String(required=True)
    ends = fields.String(required=True)
    pause = fields.Nested(PauseOut, required=True, allow_none=True)
    pair = fields.List(fields.Nested(WalkerOut), required=True)
    round_id = fields.UUID(required=True, allow_none=True)
    differs = fields.Boolean(required=True)
    done = fields.Integer(required=True)
    doors = fields.Integer(required=True)
    metres = fields.Integer(required=True)
    minutes = fields.Integer(required=True)
    legs = fields.List(fields.Nested(LegOut), required=True)
    broken = fields.List(fields.Nested(BrokenOut), required=True)


class LeftOutOut(PlannedDoorOut):
    """A door that is in no round: the first rule that leaves no place for it, and its words."""

    reason = fields.String(required=True)
    text = fields.String(required=True)


class TotalsOut(Schema):
    """Of the whole plan; `minutes` of walking."""

    rounds = fields.Integer(required=True)
    doors = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    metres = fields.Integer(required=True)
    minutes = fields.Integer(required=True)


class RoundPlanOut(Schema):
    """A plan in a list."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    state = fields.String(required=True, metadata=STATE)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    made_at = fields.AwareDateTime(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    doors = fields.Integer(required=True)
    rounds = fields.Integer(required=True)


class PlanBoardOut(Schema):
    """The whole plan on the desk. `changed_by`: who made this version, null for the search."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    state = fields.String(required=True, metadata=STATE)
    version = fields.UUID(required=True)
    changed_by = fields.Nested(WalkerOut, required=True, allow_none=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    made_at = fields.AwareDateTime(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    search = fields.Nested(SearchOut, required=True, allow_none=True)
    base = fields.Nested(PlanBaseOut, required=True)
    times = fields.Nested(DayPartTimesOut, required=True)
    minutes = fields.Nested(MinutesOut, required=True)
    rounds = fields.List(fields.Nested(PlannedRoundOut), required=True)
    left_out = fields.List(fields.Nested(LeftOutOut), required=True)
    people = fields.List(fields.Nested(PersonOut), required=True)
    totals = fields.Nested(TotalsOut, required=True)
    can_undo = fields.Boolean(required=True)
    can_redo = fields.Boolean(required=True)


class MovedDoorOut(Schema):
    """A door that goes elsewhere; `to` null: it is still to do."""

    address_id = fields.UUID(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    to = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True)
    text = fields.String(required=True)


class ChangedRoundOut(Schema):
    """What changes for a pair: their phones say how many doors went and came."""

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True, metadata=DAY_PART)
    pair = fields.List(fields.Nested(WalkerOut), required=True)
    gone = fields.Integer(required=True)
    added = fields.Integer(required=True)
    closes = fields.Boolean(required=True)


class IllOut(Schema):
    """What happens, or with `dry_run` would happen. `kept`: doors rung already."""

    dry_run = fields.Boolean(required=True)
    version = fields.String(required=True)
    kept = fields.Integer(required=True)
    doors = fields.List(fields.Nested(MovedDoorOut), required=True)
    rounds = fields.List(fields.Nested(ChangedRoundOut), required=True)

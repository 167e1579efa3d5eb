"""Shapes of rounds at the desk. What is left empty passes as None: planning tells all faults."""

from marshmallow import fields, validate

from outreach.territory.schemas import StreetBody
from outreach.visits.holds import LONGEST_MONTHS
from outreach.visits.letter_wait import LONGEST_REASON
from outreach.web.schemas import EmptyIsNone, Schema

MANY = validate.Length(max=1000, error="too-many")
REASON = validate.Length(max=LONGEST_REASON, error="too-long")


class RoundChange(EmptyIsNone):
    """A draft's moment, pair and order of stops; stops left out are removed.

    `letter_reason`: why somebody rings before the waiting days of the letter are over.
    """

    date = fields.Date(load_default=None, allow_none=True)
    day_part = fields.String(load_default=None, allow_none=True)
    pair = fields.List(fields.UUID(), load_default=list, validate=MANY)
    stop_ids = fields.List(fields.UUID(), load_default=list, validate=MANY)
    letter_reason = fields.String(load_default=None, allow_none=True, validate=REASON)


class RoundBody(EmptyIsNone):
    """A new round; `letter_reason`: why somebody rings before the letter's waiting days end."""

    date = fields.Date(load_default=None, allow_none=True)
    day_part = fields.String(load_default=None, allow_none=True)
    pair = fields.List(fields.UUID(), load_default=list, validate=MANY)
    streets = fields.List(fields.Nested(StreetBody), load_default=list, validate=MANY)
    most_doors = fields.Integer(load_default=None, allow_none=True)
    letter_reason = fields.String(load_default=None, allow_none=True, validate=REASON)


class PreviewOut(Schema):
    """Doors `to_do` in the chosen streets, and those that this moment and this pair fit."""

    to_do = fields.Integer(required=True)
    fits = fields.Integer(required=True)


class PairMemberOut(Schema):
    """One of a pair."""

    id = fields.UUID(required=True)
    first_name = fields.String(required=True)


class VolunteerOut(PairMemberOut):
    """A volunteer who may walk here."""

    name = fields.String(required=True)


class RoundOut(Schema):
    """A round in a list; `state` is draft, published or closed."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True)
    state = fields.String(required=True)
    pair = fields.List(fields.Nested(PairMemberOut), required=True)
    doors = fields.Integer(required=True)
    done = fields.Integer(required=True)
    reached = fields.Integer(required=True)
    talks = fields.Integer(required=True)


class DetailsOut(Schema):
    """What planning needs; which fields there are depends on the outcome."""

    scope = fields.String()
    date = fields.String(metadata={"format": "date"})
    day_part = fields.String()
    language = fields.String()


class StopOut(Schema):
    """A door of a round and the word for what came of it."""

    id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    postcode = fields.String(required=True)
    outcome = fields.String(required=True, allow_none=True)
    reached = fields.Boolean(required=True, allow_none=True)
    details = fields.Nested(DetailsOut, required=True)
    notices = fields.List(fields.String(), required=True)
    hold = fields.String(required=True, allow_none=True)
    left = fields.Boolean(required=True)


class WholeRoundOut(RoundOut):
    """A round with its stops and its outcomes counted."""

    stops = fields.List(fields.Nested(StopOut), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class StreetToDoOut(Schema):
    """A street; `to_do` doors may still go in a round."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    doors = fields.Integer(required=True)
    to_do = fields.Integer(required=True)


class LaterOut(Schema):
    """When to come back."""

    date = fields.String(required=True, metadata={"format": "date"})
    day_part = fields.String(required=True)


class WishOut(Schema):
    """A door that asks for another language or another moment."""

    street = fields.String(required=True)
    number = fields.String(required=True)
    language = fields.String(required=True, allow_none=True)
    later = fields.Nested(LaterOut, required=True, allow_none=True)


class ToCallOut(VolunteerOut):
    """One of the pair whom the supervisor calls; `phone` is "" when none is known."""

    phone = fields.String(required=True)


class HoldRoundOut(Schema):
    """The round on which a door was found unsafe."""

    id = fields.UUID(required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True)
    pair = fields.List(fields.Nested(ToCallOut), required=True)


class DoorHoldOut(Schema):
    """A door somebody found unsafe, waiting for a decision; `round` is null once it is gone."""

    id = fields.UUID(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    postcode = fields.String(required=True)
    kind = fields.String(required=True)
    set_at = fields.DateTime(required=True)
    campaign_id = fields.UUID(required=True, allow_none=True)
    round = fields.Nested(HoldRoundOut, required=True, allow_none=True)


class HoldDecision(Schema):
    """Keep the door closed for some months (12 when nothing is said), or open it again."""

    keep = fields.Boolean(required=True, truthy={True}, falsy={False})
    months = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=1, max=LONGEST_MONTHS, error="does-not-fit"),
    )

"""Shapes of a choice of doors, and of what it comes to."""

from marshmallow import fields, validate

from outreach.territory.choosing import State
from outreach.territory.drawing import MOST_CORNERS
from outreach.territory.schemas import StreetBody
from outreach.web.schemas import EmptyIsNone, Schema

MOST_NAMES, MOST_AREAS, LONGEST_MONTHS = 5000, 20, 24
MANY = validate.Length(max=MOST_NAMES, error="too-many")
MONTHS = validate.Range(min=1, max=LONGEST_MONTHS, error="does-not-fit")


class DrawnShape(Schema):
    """One drawn area: its corners as latitude and longitude, in order."""

    corners = fields.List(
        fields.Tuple((fields.Float(), fields.Float())),
        required=True,
        validate=validate.Length(max=MOST_CORNERS, error="too-many-corners"),
    )


class ChoiceBody(Schema):
    """Streets, postcodes, areas and single doors together, less the doors left out."""

    streets = fields.List(fields.Nested(StreetBody), load_default=list, validate=MANY)
    postcodes = fields.List(
        fields.String(validate=validate.Length(max=7, error="too-long")),
        load_default=list,
        validate=MANY,
    )
    areas = fields.List(
        fields.Nested(DrawnShape),
        load_default=list,
        validate=validate.Length(max=MOST_AREAS, error="too-many"),
    )
    added = fields.List(fields.UUID(), load_default=list, validate=MANY)
    left_out = fields.List(fields.UUID(), load_default=list, validate=MANY)
    homes_only = fields.Boolean(load_default=False)
    visited_months = fields.Integer(load_default=None, allow_none=True, validate=MONTHS)


class ChoiceOut(Schema):
    """A choice as it was kept."""

    streets = fields.List(fields.Nested(StreetBody), required=True)
    postcodes = fields.List(fields.String(), required=True)
    areas = fields.List(fields.Nested(DrawnShape), required=True)
    added = fields.List(fields.UUID(), required=True)
    left_out = fields.List(fields.UUID(), required=True)
    homes_only = fields.Boolean(required=True)
    visited_months = fields.Integer(required=True, allow_none=True)


class DoorCountBody(EmptyIsNone):
    """A choice, and the last day somebody would ring: a hold that ends before is no hindrance."""

    choice = fields.Nested(ChoiceBody, required=True)
    until = fields.Date(load_default=None, allow_none=True)


class FoundStreetOut(Schema):
    """A street of the choice: its doors `inside`, those that stay, and the `whole` of it."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    inside = fields.Integer(required=True)
    doors = fields.Integer(required=True)
    whole = fields.Integer(required=True)


ExcludedOut = Schema.from_dict(
    {str(one): fields.Integer(required=True) for one in State if one != State.CHOSEN},
    name="ExcludedDoors",
)


class DoorCountsOut(Schema):
    """What a choice comes to. `inside` is `doors` and all that are excluded together.

    Doors behind one front door are one entrance. `areas` counts each drawn area by itself.
    """

    inside = fields.Integer(required=True)
    homes = fields.Integer(required=True)
    excluded = fields.Nested(ExcludedOut, required=True)
    entrances = fields.Integer(required=True)
    doors = fields.Integer(required=True)
    areas = fields.List(fields.Integer(), required=True)
    streets = fields.List(fields.Nested(FoundStreetOut), required=True)

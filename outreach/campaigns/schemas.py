"""Shapes of campaigns and bases.

What is left empty passes as None: planning tells it together with every other fault.
"""

from marshmallow import fields, validate

from outreach.territory.choice_schemas import ChoiceBody, ChoiceOut
from outreach.territory.schemas import StreetBody
from outreach.web.schemas import EmptyIsNone, Schema

LINE = validate.Length(max=200, error="too-long")


class BaseChange(Schema):
    """What a base is called, where it is, when it is open and who is there."""

    name = fields.String(required=True, validate=LINE)
    address = fields.String(load_default="", validate=LINE)
    opening_hours = fields.String(load_default="", validate=LINE)
    attended_by = fields.String(load_default="", validate=LINE)


class BaseBody(BaseChange):
    """A new base."""

    district_id = fields.UUID(required=True)


class BaseOut(Schema):
    """Where pairs start, rest and confer."""

    id = fields.UUID(required=True)
    district_id = fields.UUID(required=True)
    name = fields.String(required=True)
    address = fields.String(required=True)
    opening_hours = fields.String(required=True)
    attended_by = fields.String(required=True)


class CampaignBody(EmptyIsNone):
    """A whole campaign."""

    name = fields.String(load_default=None, allow_none=True)
    kind = fields.String(load_default=None, allow_none=True)
    district_id = fields.UUID(load_default=None, allow_none=True)
    starts_on = fields.Date(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True)
    letter_on = fields.Date(load_default=None, allow_none=True)
    aftercare_weeks = fields.Integer(load_default=None, allow_none=True)
    guide_id = fields.UUID(load_default=None, allow_none=True)
    consent_text_id = fields.UUID(load_default=None, allow_none=True)
    base_location_id = fields.UUID(load_default=None, allow_none=True)
    incentive = fields.String(load_default=None, allow_none=True)
    streets = fields.List(
        fields.Nested(StreetBody),
        load_default=list,
        validate=validate.Length(max=5000, error="too-many"),
    )
    choice = fields.Nested(ChoiceBody, load_default=None, allow_none=True)


class CampaignOut(Schema):
    """A campaign in a list; `state` is draft, published or closed."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    district_id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    letter_on = fields.Date(required=True, allow_none=True)
    aftercare_weeks = fields.Integer(required=True)
    guide_id = fields.UUID(required=True)
    consent_text_id = fields.UUID(required=True)
    base_location_id = fields.UUID(required=True)
    incentive = fields.String(required=True)
    copied_from_id = fields.UUID(required=True, allow_none=True)
    doors = fields.Integer(required=True)


class CampaignStreetOut(Schema):
    """A street and how many of its doors take part."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    doors = fields.Integer(required=True)


class WholeCampaignOut(CampaignOut):
    """A campaign with its streets, and how its doors were chosen."""

    streets = fields.List(fields.Nested(CampaignStreetOut), required=True)
    choice = fields.Nested(ChoiceOut, required=True)

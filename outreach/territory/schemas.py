"""Shapes of streets and imports."""

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from outreach.web.schemas import AfterQuery, Schema


class StreetBody(Schema):
    """A street of a city."""

    city = fields.String(required=True, validate=validate.Length(max=80, error="too-long"))
    street = fields.String(required=True, validate=validate.Length(max=80, error="too-long"))


class StreetOut(Schema):
    """A street, how many doors it has and over how many postcodes they lie."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    doors = fields.Integer(required=True)
    postcodes = fields.Integer(required=True)


class StreetSearch(AfterQuery):
    """Part of the name of a street or town."""

    text = fields.String(required=True, validate=validate.Length(max=80, error="too-long"))


class AddressListBody(Schema):
    """The official BAG extract, or CSV as municipalities and NLExtract write it, packed or not."""

    file = Upload(required=True)

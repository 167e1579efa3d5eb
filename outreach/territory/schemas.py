"""Shapes of streets and imports."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from outreach.territory.drawing import MOST_CORNERS
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


class Column(fields.List[Any]):
    """A list that is already as it is said: thousands of values are not looked at one by one."""

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> list[Any]:
        return list(value)


def _degrees(most: int) -> fields.Float:
    fits = validate.Range(min=-most, max=most, error="does-not-fit")
    return fields.Float(required=True, validate=fits)


class BoxQuery(Schema):
    """A piece of the map in degrees, and how far it is zoomed in (0: the world)."""

    south = _degrees(90)
    west = _degrees(180)
    north = _degrees(90)
    east = _degrees(180)
    zoom = fields.Integer(
        required=True, validate=validate.Range(min=0, max=24, error="does-not-fit")
    )
    homes_only = fields.Boolean(load_default=False, data_key="homesOnly")


class StreetPointOut(Schema):
    """A street as far as it is on the map: its doors there, and the middle of them."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    doors = fields.Integer(required=True)
    lat = fields.Float(required=True)
    lon = fields.Float(required=True)


class DoorsOut(Schema):
    """Doors by column: the first of each belong together. `streets` counts from 0 in the list."""

    ids = Column(fields.UUID(), required=True)
    lats = Column(fields.Float(), required=True)
    lons = Column(fields.Float(), required=True)
    numbers = Column(fields.String(), required=True)
    postcodes = Column(fields.String(), required=True)
    streets = Column(fields.Integer(), required=True)


class MapPointsOut(Schema):
    """What there is on this piece of the map; `doors` are empty where they are too many."""

    count = fields.Integer(required=True)
    streets = fields.List(fields.Nested(StreetPointOut), required=True)
    left_out = fields.Integer(required=True)
    doors = fields.Nested(DoorsOut, required=True)


class BackgroundOut(Schema):
    """Tiles under a map: an address with {z}, {x} and {y}."""

    url = fields.String(required=True)
    attribution = fields.String(required=True)
    least_zoom = fields.Integer(required=True)
    most_zoom = fields.Integer(required=True)


class BoxOut(Schema):
    """A piece of the map, in degrees."""

    south = fields.Float(required=True)
    west = fields.Float(required=True)
    north = fields.Float(required=True)
    east = fields.Float(required=True)


class MapBackgroundOut(Schema):
    """What lies under a map, null where no other host may be asked; and where all addresses lie."""

    tiles = fields.Nested(BackgroundOut, required=True, allow_none=True)
    town = fields.Nested(BoxOut, required=True, allow_none=True)


class DrawnArea(Schema):
    """An area as it was drawn: its corners as latitude and longitude, in order."""

    corners = fields.List(
        fields.Tuple((fields.Float(), fields.Float())),
        required=True,
        validate=validate.Length(max=MOST_CORNERS, error="too-many-corners"),
    )
    homes_only = fields.Boolean(load_default=False)


class StreetInsideOut(Schema):
    """A street with doors inside the area, and how many it has in all."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    inside = fields.Integer(required=True)
    doors = fields.Integer(required=True)


class InsideOut(Schema):
    """What lies inside an area."""

    doors = fields.Integer(required=True)
    streets = fields.List(fields.Nested(StreetInsideOut), required=True)


class AddressListBody(Schema):
    """The official BAG extract, or CSV as municipalities and NLExtract write it, packed or not."""

    file = Upload(required=True)

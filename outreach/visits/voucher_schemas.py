"""Shapes of vouchers: given and taken back by phones, put in and counted at the desk."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from outreach.visits.schemas import UUID4
from outreach.visits.voucher_codes import LONGEST_CODE, as_printed, is_code
from outreach.web.schemas import Schema

MOST_PEOPLE = 20
MOST_LINES = 5_000


def _people() -> fields.Integer:
    fits = validate.Range(min=0, max=MOST_PEOPLE, error="does-not-fit")
    return fields.Integer(required=True, strict=True, validate=fits)


class GiveBody(Schema):
    """How many adults and children vouchers were for, and which codes went; no names."""

    gift_id = fields.String(required=True, validate=UUID4)
    round_id = fields.String(required=True, validate=UUID4)
    adults = _people()
    children = _people()
    codes = fields.List(
        fields.String(validate=validate.Length(max=LONGEST_CODE, error="too-long")),
        required=True,
        validate=validate.Length(max=2 * MOST_PEOPLE, error="too-long"),
    )
    date = fields.Date(required=True)

    @validates_schema
    def _is_something(self, body: dict[str, Any], **_: Any) -> None:
        if body["adults"] + body["children"] == 0:
            raise ValidationError({"adults": ["missing"]})
        if not all(is_code(as_printed(code)) for code in body["codes"]):
            raise ValidationError({"codes": ["does-not-fit"]})

    @post_load
    def _as_printed(self, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        return body | {"codes": sorted({as_printed(code) for code in body["codes"]})}


class TakeBackBody(Schema):
    """Which gift was no gift."""

    gift_id = fields.String(required=True, validate=UUID4)


class SchemeBody(Schema):
    """What the vouchers of a campaign are called on screen, and whether they bear codes."""

    name = fields.String(
        required=True,
        validate=[
            validate.Regexp(r"\s*\S", error="missing"),
            validate.Length(max=80, error="too-long"),
        ],
    )
    with_codes = fields.Boolean(required=True)


class LinesBody(Schema):
    """Codes: one a line, or the first and the last of a series with a comma between."""

    lines = fields.List(
        fields.String(validate=validate.Length(max=200, error="too-long")),
        required=True,
        validate=validate.Length(min=1, max=MOST_LINES, error="too-long"),
    )


class AddedOut(Schema):
    """How many codes are new, and how many there were before."""

    added = fields.Integer(required=True)
    known = fields.Integer(required=True)


class VoidedOut(Schema):
    """How many codes may not be given any more, and how many nobody put in."""

    voided = fields.Integer(required=True)
    not_in_stock = fields.Integer(required=True)


class SchemeOut(Schema):
    """The vouchers of a campaign."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    with_codes = fields.Boolean(required=True)


class GivenOut(Schema):
    """How often vouchers were given, for how many people; what was taken back is not in it."""

    gifts = fields.Integer(required=True)
    adults = fields.Integer(required=True)
    children = fields.Integer(required=True)
    codes = fields.Integer(required=True)


class HandedOut(Schema):
    """By whom and on which day; not at which door."""

    first_name = fields.String(required=True)
    date = fields.Date(required=True)


class OddCodeOut(Schema):
    """A code that somebody must look at: given `twice`, `void`, or `unknown`."""

    code = fields.String(required=True)
    why = fields.String(required=True)
    handed = fields.List(fields.Nested(HandedOut), required=True)


class VouchersOut(Schema):
    """How a campaign's vouchers stand. `stock`: codes that may still be given."""

    scheme = fields.Nested(SchemeOut, required=True, allow_none=True)
    stock = fields.Integer(required=True)
    void = fields.Integer(required=True)
    given = fields.Nested(GivenOut, required=True)
    odd = fields.List(fields.Nested(OddCodeOut), required=True)
    more_odd = fields.Integer(required=True)

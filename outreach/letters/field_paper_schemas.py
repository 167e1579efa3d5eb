"""Shapes of calling cards and badges."""

from marshmallow import fields, validate

from outreach.letters.badges import MOST_BADGES
from outreach.letters.schemas import LetterFieldOut, LetterLanguageOut, TextsBody
from outreach.web.schemas import Schema

TEXTS = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class CallingCardOut(Schema):
    """What a card says per language ('' = nobody wrote it yet), and what it may name.

    `printed_at`: when these words were last printed; None where they come with the product.
    """

    texts = TEXTS
    languages = fields.List(fields.Nested(LetterLanguageOut), required=True)
    known_fields = fields.List(fields.Nested(LetterFieldOut), required=True)
    printed_at = fields.AwareDateTime(required=True, allow_none=True)


class CallingCardsBody(TextsBody):
    """How many sheets of four cards; `back`: the language on the other side, None for a white one.

    `seen_at`: the `printed_at` of the card that was changed.
    """

    back = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=8, error="too-long")
    )
    sheets = fields.Integer(load_default=None, allow_none=True, strict=True)


class BadgeOut(Schema):
    """A volunteer and until when a badge would count; None: `reason` says why there is none."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    first_name = fields.String(required=True)
    role = fields.String(required=True)
    valid_until = fields.Date(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class BadgesBody(Schema):
    """Whose badges."""

    account_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(max=MOST_BADGES, error="too-many"),
    )

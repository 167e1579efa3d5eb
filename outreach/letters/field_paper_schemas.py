"""Shapes of calling cards and badges."""

from typing import Any

from marshmallow import fields, post_load, validate

from outreach.letters.badges import MOST_BADGES
from outreach.letters.schemas import LetterFieldOut, LetterLanguageOut
from outreach.web.schemas import Schema, storable

TEXTS = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class CallingCardOut(Schema):
    """What a card says per language ('' = nobody wrote it yet), and what it may name.

    `printed_at`: when these words were last printed; None where they come with the product.
    """

    texts = TEXTS
    languages = fields.List(fields.Nested(LetterLanguageOut), required=True)
    known_fields = fields.List(fields.Nested(LetterFieldOut), required=True)
    printed_at = fields.AwareDateTime(required=True, allow_none=True)


class CallingCardsBody(Schema):
    """How many sheets of four cards; `back`: the language on the other side, None for a white one.

    `seen_at`: the `printed_at` of the card that was changed.
    """

    texts = fields.Dict(
        keys=fields.String(validate=validate.Length(max=8)),
        values=fields.String(),
        required=True,
        validate=validate.Length(max=40, error="too-many"),
    )
    back = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=8, error="too-long")
    )
    sheets = fields.Integer(load_default=None, allow_none=True, strict=True)
    seen_at = fields.AwareDateTime(load_default=None, allow_none=True)

    @post_load
    def _as_lines(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Texts as every machine counts their lines."""
        texts = {
            language: storable(text).replace("\r\n", "\n")
            for language, text in said["texts"].items()
        }
        return said | {"texts": texts}


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

"""Shapes of letters, the letterhead and print runs."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from outreach.jobs.schemas import JobOut
from outreach.letters.doors import ORDERS, WALKING
from outreach.web.schemas import Schema, storable

LINE = validate.Length(max=200, error="too-long")
TEXTS = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class TextsBody(Schema):
    """Per language a text in Markdown; `seen_at`: when what was changed was kept, None: never."""

    texts = fields.Dict(
        keys=fields.String(validate=validate.Length(max=8)),
        values=fields.String(),
        required=True,
        validate=validate.Length(max=40, error="too-many"),
    )
    seen_at = fields.AwareDateTime(load_default=None, allow_none=True)

    @post_load
    def _as_lines(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Texts as every machine counts their lines."""
        texts = {
            language: storable(text).replace("\r\n", "\n")
            for language, text in said["texts"].items()
        }
        return said | {"texts": texts}


class LetterBody(TextsBody):
    """A letter: per language a text in Markdown, and the word by which volunteers are known.

    `seen_at`: the `saved_at` of the letter that was changed; None where nobody saved one.
    """

    recognition_word = fields.String(load_default="")
    waiting_days = fields.Integer(load_default=None, allow_none=True)


class LetterFieldOut(Schema):
    """A field that a text may name, and what it is here; '' = nobody filled it in."""

    name = fields.String(required=True)
    value = fields.String(required=True)


class LetterLanguageOut(Schema):
    """A language a letter may be in."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class LetterOut(Schema):
    """The letter of a campaign; `version` 0: nobody saved one, these are the ready texts.

    `printed_at`: this version lies on doormats; what changes now becomes the next one.
    """

    recognition_word = fields.String(required=True)
    waiting_days = fields.Integer(required=True)
    texts = TEXTS
    version = fields.Integer(required=True)
    saved_at = fields.AwareDateTime(required=True, allow_none=True)
    printed_at = fields.AwareDateTime(required=True, allow_none=True)
    known_fields = fields.List(fields.Nested(LetterFieldOut), required=True)
    languages = fields.List(fields.Nested(LetterLanguageOut), required=True)
    ready_texts = TEXTS
    doors = fields.Integer(required=True)
    closed = fields.Boolean(required=True)


class LetterPreviewOut(Schema):
    """The pages as pictures (`data:` PNG); fields that would stay white, letters no font has."""

    pages = fields.List(fields.String(), required=True)
    empty_fields = fields.List(fields.String(), required=True)
    too_long = fields.Boolean(required=True)
    undrawn = fields.String(required=True)


class LetterheadBody(Schema):
    """What stands on every letter of the municipality."""

    reply_address = fields.String(
        required=True, validate=validate.Length(max=400, error="too-long")
    )
    phone = fields.String(required=True, validate=validate.Length(max=40, error="too-long"))
    signed_by = fields.String(required=True, validate=LINE)


class LetterheadOut(LetterheadBody):
    """The letterhead, with its logo as a picture (`data:` PNG) or None."""

    logo = fields.String(required=True, allow_none=True)


class LogoBody(Schema):
    """A PNG or JPEG."""

    file = Upload(required=True)


class PrintRunBody(Schema):
    """Which letters, in which order, in how many files."""

    ordering = fields.String(
        load_default=WALKING, validate=validate.OneOf(sorted(ORDERS), error="not-a-choice")
    )
    per_street = fields.Boolean(load_default=False)
    both_sides = fields.Boolean(load_default=True)
    only_changed = fields.Boolean(load_default=False)


class PrintRunOut(Schema):
    """A print run. `ready`: its file can be fetched; `job` is its last one, while it is kept."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    ordering = fields.String(required=True)
    per_street = fields.Boolean(required=True)
    both_sides = fields.Boolean(required=True)
    pages = fields.Integer(required=True)
    letters = fields.Integer(required=True)
    made_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    sent_on = fields.Date(required=True, allow_none=True)
    ready = fields.Boolean(required=True)
    job = fields.Nested(JobOut, required=True, allow_none=True)


class SentBody(Schema):
    """The day on which letters went out."""

    sent_on = fields.Date(required=True)


class PageBody(Schema):
    """A page of a run that is needed once more; `part` where there is a file a street."""

    page = fields.Integer(required=True, strict=True)
    part = fields.Integer(load_default=None, allow_none=True, strict=True)


class LetterDoorSearch(Schema):
    """Part of a street's name, with or without the house number."""

    text = fields.String(required=True, validate=validate.Length(max=80, error="too-long"))


class LetterDoorOut(Schema):
    """A door of the campaign."""

    address_id = fields.UUID(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    postcode = fields.String(required=True)
    city = fields.String(required=True)


class LetterDoorsOut(Schema):
    """The first doors that fit, and whether there are more."""

    items = fields.List(fields.Nested(LetterDoorOut), required=True)
    more = fields.Boolean(required=True)


class SingleBody(Schema):
    """The door that gets a letter of its own."""

    address_id = fields.UUID(required=True)

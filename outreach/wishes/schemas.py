"""Shapes behind the code of a letter, and of what the desk reads of it."""

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from outreach.web.schemas import EmptyIsNone, Schema
from outreach.wishes.words import CHOICES, CONSENT_VERSIONS, LANGUAGES, PARTS, REASONS

NOT_LISTED = "does-not-fit"
# Ten digits here, or a whole number from anywhere: nine bare digits would be no telephone.
PHONE = re.compile(r"0[0-9]{9}|(\+|00)[1-9][0-9]{7,14}")
BETWEEN = str.maketrans("", "", " -.()/\u00a0")


def _listed(*words: str) -> validate.OneOf:
    return validate.OneOf(words, error=NOT_LISTED)


class CodeBody(EmptyIsNone):
    """The code behind the # of a letter's link; or the short code with the house number."""

    code = fields.String(load_default="", allow_none=True, validate=validate.Length(max=100))
    short = fields.String(load_default="", allow_none=True, validate=validate.Length(max=100))
    house_number = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=0, max=999_999, error=NOT_LISTED),
    )

    @post_load
    def _no_code_is_empty(self, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        return body | {name: body[name] or "" for name in ("code", "short")}


class WishBody(CodeBody):
    """Another time with the day parts that suit, rather not, or welcome after all."""

    choice = fields.String(required=True, validate=_listed(*CHOICES))
    day_parts = fields.List(
        fields.String(validate=_listed(*PARTS)), load_default=list, validate=validate.Length(max=3)
    )
    first_day = fields.Date(load_default=None, allow_none=True)
    last_day = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(load_default="", allow_none=True, validate=_listed("", *REASONS))


class CallBody(CodeBody):
    """A telephone number, the language they read, and the yes to a text of ours."""

    phone = fields.String(required=True, validate=validate.Length(max=40, error="too-long"))
    language = fields.String(required=True, validate=_listed(*LANGUAGES))
    consent = fields.Boolean(required=True, truthy={True}, falsy={False})
    consent_version = fields.String(required=True, validate=_listed(*CONSENT_VERSIONS))

    @post_load
    def _whole(self, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        faults: dict[str, list[str]] = {}
        phone = (body["phone"] or "").translate(BETWEEN)
        if PHONE.fullmatch(phone) is None:
            faults["phone"] = ["no-phone"]
        if not body["consent"]:
            faults["consent"] = ["no-consent"]
        if faults:
            raise ValidationError(faults)
        return body | {"phone": phone}


class LetterBehindOut(Schema):
    """What stands on the letter: the same for every door of a campaign.

    `municipality` is the bare name; `phone` is the municipality's, "" when there is none.
    """

    municipality = fields.String(required=True)
    district = fields.String(required=True)
    campaign = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    phone = fields.String(required=True)


class CallRequestOut(Schema):
    """Somebody who asked to be called; once they were, `phone` is "" and `done_by` says by whom."""

    id = fields.UUID(required=True)
    campaign = fields.String(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    phone = fields.String(required=True)
    language = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    done_by = fields.String(required=True, allow_none=True)


class WishCountsOut(Schema):
    """Doors per choice; reasons only in groups of ten and more, all others in `other_reasons`."""

    another_time = fields.Integer(required=True)
    day_parts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    rather_not = fields.Integer(required=True)
    reasons = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    other_reasons = fields.Integer(required=True)
    calls = fields.Integer(required=True)


class RenewalBody(Schema):
    """The door whose letter came into other hands."""

    address_id = fields.UUID(required=True)

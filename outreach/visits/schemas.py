"""Shapes of what phones say about doors. Fixed lists only: nothing can be typed at a door."""

from functools import cache
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from outreach.guides.publishing import card_languages
from outreach.visits.words import DAY_PARTS, LATER, NOTICES, OUTCOMES
from outreach.web.schemas import Schema

DAY_PART = validate.OneOf(DAY_PARTS, error="not-a-choice")
UUID4 = validate.Regexp(
    r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$(?!\n)",
    error="not-an-id",
)
# Which details belong to which outcome, and whether they must be there.
DETAILS = {"refused": {"scope"}, LATER: {"date", "day_part"}, "other_language": {"language"}}
MUST_SAY = frozenset({"refused", LATER})
# Not on the card, or they could not tell.
OTHER_LANGUAGE = "other"


@cache
def _languages() -> frozenset[str]:
    return card_languages() | {OTHER_LANGUAGE}


class DetailsBody(Schema):
    """Only what planning needs."""

    scope = fields.String(validate=validate.OneOf(["campaign", "always"], error="not-a-choice"))
    date = fields.Date()
    day_part = fields.String(validate=DAY_PART)
    language = fields.String()

    @validates_schema
    def _from_the_card(self, body: dict[str, Any], **_: Any) -> None:
        if "language" in body and body["language"] not in _languages():
            raise ValidationError({"language": ["not-a-choice"]})


class VisitBody(Schema):
    """What came of a door; `came_from` is the word that the screen showed."""

    outcome = fields.String(
        required=True, validate=validate.OneOf(["", *OUTCOMES], error="not-a-choice")
    )
    came_from = fields.String(
        required=True,
        data_key="from",
        validate=validate.OneOf(["", *OUTCOMES], error="not-a-choice"),
    )
    details = fields.Nested(DetailsBody, required=True)
    date = fields.Date(required=True)
    day_part = fields.String(required=True, validate=DAY_PART)

    @validates_schema
    def _details_of_this_outcome(self, body: dict[str, Any], **_: Any) -> None:
        said = set(body["details"])
        allowed = DETAILS.get(body["outcome"], set())
        faults = {name: ["unknown-field"] for name in said - allowed}
        if body["outcome"] in MUST_SAY:
            faults |= {name: ["missing"] for name in allowed - said}
        if faults:
            raise ValidationError({"details": faults})


class NoticeBody(Schema):
    """A *Let op*, on or off."""

    notice = fields.String(required=True, validate=validate.OneOf(NOTICES, error="not-a-choice"))
    on = fields.Boolean(required=True, truthy={True}, falsy={False})


class LeaveBody(Schema):
    """We know these people; `on` false takes it back."""

    on = fields.Boolean(required=True, truthy={True}, falsy={False})


class SplitBody(Schema):
    """Ids for the stop of a second household."""

    stop_id = fields.String(required=True, validate=UUID4)
    attempt_id = fields.String(required=True, validate=UUID4)
    household_id = fields.String(required=True, validate=UUID4)
    conversation_id = fields.String(required=True, validate=UUID4)
    plan_id = fields.String(required=True, validate=UUID4)


class NothingBody(Schema):
    """The act says it all."""

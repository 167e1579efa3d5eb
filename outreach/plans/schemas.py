"""Shapes of a plan's intents, and of the list of plans to print."""

from marshmallow import fields

from outreach.conversations.fields import Flag, FreeText, Reference, choice, position, slug
from outreach.web.schemas import Schema

WHO = ("resident", "volunteer", "someone", "resident_offers")
STATUSES = ("open", "done", "partly", "not_done", "not_needed")
DAY_PARTS = ("", "morning", "afternoon", "evening")
KINDS = ("visit", "call")
OUTCOMES = ("spoken", "someone_else", "no_answer", "wrong_number", "moved")
LONGEST_NAME = 200
LONGEST_MOMENT = 60


class GoalFields(Schema):
    """What a person says of a goal."""

    position = position(required=True)
    domain = slug(40, empty=True, required=True)
    text = FreeText(required=True)


class GoalBefore(Schema):
    """A goal as the phone showed it; apps of schema 2 told of the text alone."""

    position = position(required=True, allow_none=True)
    domain = slug(40, empty=True, required=True, allow_none=True)
    text = FreeText(required=True)


class GoalSetBody(GoalFields):
    """A goal; `from` holds the three fields as the phone showed them, null for a new one."""

    goal_id = Reference(required=True)
    plan_id = Reference(required=True)
    conversation_id = Reference(required=True)
    was = fields.Nested(
        GoalBefore, required=True, allow_none=True, data_key="from", attribute="from"
    )


class GoalRemoveBody(Schema):
    """Which goal goes, with its steps."""

    goal_id = Reference(required=True)


class StepFields(Schema):
    """What a person types of a step; `by` is a moment in their words."""

    position = position(required=True)
    text = FreeText(required=True)
    who = choice(*WHO, required=True)
    who_name = FreeText(most=LONGEST_NAME, required=True)
    by = FreeText(most=LONGEST_MOMENT, required=True)


class StepSetBody(StepFields):
    """A step; `from` holds the five fields as the phone showed them, null for a new one."""

    step_id = Reference(required=True)
    goal_id = Reference(required=True)
    was = fields.Nested(
        StepFields, required=True, allow_none=True, data_key="from", attribute="from"
    )


class StepRemoveBody(Schema):
    """Which step goes."""

    step_id = Reference(required=True)


class StepStatusBody(Schema):
    """How far a step is, and how far the phone thought it was."""

    step_id = Reference(required=True)
    status = choice(*STATUSES, required=True)
    was = choice(*STATUSES, required=True, data_key="from", attribute="from")


class PrintWish(Schema):
    """Whether the household wants its plan on paper, who brings it and when."""

    wanted = Flag(required=True)
    bring_on = fields.Date(required=True, allow_none=True)
    bring_by = Reference(required=True, allow_none=True)


class PlanPrintBody(PrintWish):
    """The wish; `from` is the one the phone showed, null where an older app did not tell."""

    plan_id = Reference(required=True)
    was = fields.Nested(
        PrintWish, required=True, allow_none=True, data_key="from", attribute="from"
    )


class Agreement(Schema):
    """When to come back, and how."""

    due_on = fields.Date(required=True)
    day_part = choice(*DAY_PARTS, required=True)
    kind = choice(*KINDS, required=True)


class AftercarePlanBody(Agreement):
    """What was agreed; `from` is what the phone showed, null for a new one."""

    aftercare_id = Reference(required=True)
    plan_id = Reference(required=True)
    was = fields.Nested(
        Agreement, required=True, allow_none=True, data_key="from", attribute="from"
    )


class ResultBefore(Schema):
    """What had come of coming back, as the phone showed it; the outcome is '' before."""

    outcome = choice("", *OUTCOMES, required=True)
    more_help = Flag(required=True)
    close = Flag(required=True)


class AftercareRecordBody(Schema):
    """What came of coming back; `from` is null where an older app did not tell."""

    aftercare_id = Reference(required=True)
    outcome = choice(*OUTCOMES, required=True)
    more_help = Flag(required=True)
    close = Flag(required=True)
    was = fields.Nested(
        ResultBefore, required=True, allow_none=True, data_key="from", attribute="from"
    )


class PlanPrintOut(Schema):
    """A plan that somebody wants on paper: for which door, who brings it; no resident's name."""

    plan_id = fields.UUID(required=True)
    street = fields.String(required=True)
    number = fields.String(required=True)
    bring_on = fields.Date(required=True, allow_none=True)
    bring_by = fields.String(required=True, allow_none=True)
    printed_at = fields.AwareDateTime(required=True, allow_none=True)

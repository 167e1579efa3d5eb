"""Shapes of a hand-over: what a phone offers, what a coach reads and answers."""

from marshmallow import fields, validate

from outreach.conversations.fields import Flag, FreeText, Reference, choice
from outreach.web.schemas import AfterQuery, Schema

URGENCIES = ("ordinary", "soon", "crisis")
DOMAINS = (
    "money_and_schemes",
    "home_and_surroundings",
    "work_and_learning",
    "health_and_care",
    "social_contacts",
    "family_and_children",
    "daily_life_and_paperwork",
    "participation_and_leisure",
)
REFUSALS = (
    "not_our_task",
    "outside_district",
    "already_known",
    "no_capacity",
    "not_enough_information",
)
OUTCOMES = ("helped", "referred", "no_contact", "not_needed", "stopped")
DEBT_ENDINGS = ("talk_held", "no_contact", "not_needed")
LONGEST_WHY = 2_000


class OfferBody(Schema):
    """Why, how urgent, and which domains go to which team, by which consent."""

    handover_id = Reference(required=True)
    conversation_id = Reference(required=True)
    consent_id = Reference(required=True)
    team_id = Reference(required=True)
    why = FreeText(most=LONGEST_WHY, required=True)
    urgency = choice(*URGENCIES, required=True)
    domains = fields.List(
        choice(*DOMAINS),
        required=True,
        validate=validate.Length(max=len(DOMAINS), error="too-long"),
    )
    company_wanted = Flag(required=True)
    called_at = fields.AwareDateTime(required=True, allow_none=True)


class AnswerBody(Schema):
    """The volunteer answers a question."""

    handover_id = Reference(required=True)
    words = FreeText(required=True)


class WithdrawBody(Schema):
    """Which hand-over is taken back."""

    handover_id = Reference(required=True)


class InboxQuery(AfterQuery):
    """What is open, or what ended."""

    state = choice("open", "closed", load_default="open")


class RefusalBody(Schema):
    """Why not, from a list and in words."""

    reason = choice(*REFUSALS, required=True)
    words = FreeText(required=True)


class QuestionBody(Schema):
    """What the team wants to know first."""

    words = FreeText(required=True, filled=True)


class ClosingBody(Schema):
    """How it ended; `feedback` is the sentence meant for the volunteer."""

    outcome = choice(*OUTCOMES, required=True)
    words = FreeText(required=True)
    feedback = FreeText(required=True)


class SharedDoorOut(Schema):
    """Where the household lives."""

    street = fields.String(required=True)
    number = fields.String(required=True)


class HandoverItemOut(Schema):
    """A line of the inbox. Ended or no longer shared: no date of debt help; withdrawn: no door.

    `urgency` is the hand-over's; `crisis` also when only the request for debt help says so.
    `first_talk_left`: working days until `first_talk_by`; late: calendar days past it, below zero.
    """

    id = fields.UUID(required=True)
    urgency = fields.String(required=True)
    crisis = fields.Boolean(required=True)
    state = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    team_id = fields.UUID(required=True)
    address = fields.Nested(SharedDoorOut, required=True, allow_none=True)
    debt_help_asked_on = fields.Date(required=True, allow_none=True)
    first_talk_by = fields.Date(required=True, allow_none=True)
    first_talk_left = fields.Integer(required=True, allow_none=True)
    coach = fields.String(required=True, allow_none=True)


class ContactOut(Schema):
    """How and when the household wants to be reached."""

    channel = fields.String(required=True)
    value = fields.String(required=True)
    when = fields.String(required=True)
    voicemail_ok = fields.Boolean(required=True)


class ShareConsentOut(Schema):
    """The evidence by which this was shared."""

    given_at = fields.AwareDateTime(required=True)
    text_version = fields.String(required=True)
    asked_by = fields.String(required=True)


class SharedDomainOut(Schema):
    """What was said about one shared domain; `answer` is null when it was not discussed."""

    domain = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True)
    notes = fields.List(fields.String(), required=True)
    advices = fields.List(fields.String(), required=True)


class SharedStepOut(Schema):
    """A step of the plan."""

    text = fields.String(required=True)
    who = fields.String(required=True)
    who_name = fields.String(required=True)
    by = fields.String(required=True)
    status = fields.String(required=True)


class SharedGoalOut(Schema):
    """A goal in a shared domain, or in none."""

    domain = fields.String(required=True)
    text = fields.String(required=True)
    steps = fields.List(fields.Nested(SharedStepOut), required=True)


class SharedPlanOut(Schema):
    """The goals of the plan that are shared."""

    goals = fields.List(fields.Nested(SharedGoalOut), required=True)


class DebtHelpOut(Schema):
    """A request that they let us pass on; the clock runs from `asked_on`."""

    asked_on = fields.Date(required=True)
    pass_on = fields.Boolean(required=True)
    crisis = fields.Boolean(required=True)


class DebtClosingBody(Schema):
    """How a request for debt help ended."""

    ending = choice(*DEBT_ENDINGS, required=True)


class DebtRequestItemOut(Schema):
    """A request for debt help without a hand-over; `taken_by`: a first name, null while it waits.

    `address` is null once they moved; `first_talk_left` as in a hand-over, null once taken on;
    `ending` is '' until it ended.
    """

    id = fields.UUID(required=True)
    crisis = fields.Boolean(required=True)
    asked_on = fields.Date(required=True)
    address = fields.Nested(SharedDoorOut, required=True, allow_none=True)
    first_talk_by = fields.Date(required=True)
    first_talk_left = fields.Integer(required=True, allow_none=True)
    taken_by = fields.String(required=True, allow_none=True)
    taken_on_at = fields.AwareDateTime(required=True, allow_none=True)
    ending = fields.String(required=True)


class DebtRequestOut(DebtRequestItemOut):
    """The whole of it: name, contact and request, nothing of the talk.

    `asked_by`: the volunteer; `may_end`: whether this person may close it or put it back.
    """

    called_name = fields.String(required=True, allow_none=True)
    contact = fields.Nested(ContactOut, required=True, allow_none=True)
    asked_by = fields.String(required=True)
    may_end = fields.Boolean(required=True)


class HandoverEventOut(Schema):
    """One step in its life, by first name."""

    state = fields.String(required=True)
    by = fields.String(required=True)
    reason = fields.String(required=True)
    words = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class HandoverOut(HandoverItemOut):
    """The shared part of the dossier; once it ended or was withdrawn only state and dates."""

    why = fields.String(required=True, allow_none=True)
    company_wanted = fields.Boolean(required=True, allow_none=True)
    called_at = fields.AwareDateTime(required=True, allow_none=True)
    called_name = fields.String(required=True, allow_none=True)
    contact = fields.Nested(ContactOut, required=True, allow_none=True)
    consent = fields.Nested(ShareConsentOut, required=True, allow_none=True)
    domains = fields.List(fields.Nested(SharedDomainOut), required=True)
    plan = fields.Nested(SharedPlanOut, required=True, allow_none=True)
    debt_help = fields.Nested(DebtHelpOut, required=True, allow_none=True)
    events = fields.List(fields.Nested(HandoverEventOut), required=True)
    author = fields.String(required=True)
    guide_id = fields.UUID(required=True, allow_none=True)

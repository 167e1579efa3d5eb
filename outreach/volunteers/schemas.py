"""Shapes of volunteers. What is left empty passes as None: the act tells all faults at once."""

from marshmallow import fields, validate

from outreach.clock import DayPart
from outreach.languages import SPOKEN
from outreach.territory.schemas import StreetBody
from outreach.web.schemas import AfterQuery, EmptyIsNone, Schema

DAY_PART = validate.OneOf([part.value for part in DayPart], error="not-a-choice")
WEEKDAY = validate.Range(min=1, max=7, error="not-a-choice")
MANY = validate.Length(max=100, error="too-many")
SHORT = validate.Length(max=20, error="too-long")


class VolunteerQuery(AfterQuery):
    """Only who can walk on this date and day part, when both are given."""

    date = fields.Date(load_default=None)
    day_part = fields.String(load_default=None, data_key="dayPart", validate=DAY_PART)


class WeeklyDayPart(Schema):
    """A day part of every week; `weekday` 1 is Monday, 7 Sunday."""

    weekday = fields.Integer(required=True, validate=WEEKDAY)
    day_part = fields.String(required=True, validate=DAY_PART)


class AbsenceBody(EmptyIsNone):
    """Days on which somebody cannot walk, first and last included; never why."""

    first_day = fields.Date(load_default=None, allow_none=True)
    last_day = fields.Date(load_default=None, allow_none=True)


class DoorBody(EmptyIsNone):
    """A door as people write it: "9991 SA", "12 A-2"."""

    postcode = fields.String(load_default=None, allow_none=True, validate=SHORT)
    number = fields.String(load_default=None, allow_none=True, validate=SHORT)


class ProfileBody(EmptyIsNone):
    """The whole profile of a volunteer."""

    certificate_seen = fields.Boolean(required=True, truthy={True}, falsy={False})
    certificate_date = fields.Date(load_default=None, allow_none=True)
    certificate_expires_on = fields.Date(load_default=None, allow_none=True)
    experienced = fields.Boolean(required=True, truthy={True}, falsy={False})
    starts_with_mentor = fields.Boolean(required=True, truthy={True}, falsy={False})
    languages = fields.List(
        fields.String(validate=validate.OneOf(SPOKEN, error="not-a-choice")), load_default=list
    )
    day_parts = fields.List(fields.Nested(WeeklyDayPart), load_default=list, validate=MANY)
    absences = fields.List(fields.Nested(AbsenceBody), load_default=list, validate=MANY)
    streets = fields.List(fields.Nested(StreetBody), load_default=list, validate=MANY)
    addresses = fields.List(fields.Nested(DoorBody), load_default=list, validate=MANY)


class FirstRoundsBody(Schema):
    """Whether somebody still walks with a mentor."""

    starts_with_mentor = fields.Boolean(required=True, truthy={True}, falsy={False})


class AbsenceOut(Schema):
    """Days on which somebody cannot walk."""

    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class VolunteerReadyOut(Schema):
    """What planning needs: when, in which languages, and whether they may go to a door.

    `clearance` is none, expired, ends_soon or cleared; `mentor` and `starts_with_mentor` say how
    it is, also for who has no profile yet. Absences that are over are left out.
    """

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    first_name = fields.String(required=True)
    role = fields.String(required=True)
    clearance = fields.String(required=True)
    cleared_until = fields.Date(required=True, allow_none=True)
    mentor = fields.Boolean(required=True)
    starts_with_mentor = fields.Boolean(required=True)
    languages = fields.List(fields.String(), required=True)
    day_parts = fields.List(fields.Nested(WeeklyDayPart), required=True)
    absences = fields.List(fields.Nested(AbsenceOut), required=True)


class AvoidedStreetOut(Schema):
    """A street to which they do not go, and its doors."""

    city = fields.String(required=True)
    street = fields.String(required=True)
    doors = fields.Integer(required=True)


class AvoidedAddressOut(Schema):
    """An address to which they do not go."""

    postcode = fields.String(required=True)
    number = fields.String(required=True)
    street = fields.String(required=True)


class ProfileOut(VolunteerReadyOut):
    """The whole profile, for who guards volunteers; `left_doors` were left by their pair."""

    certificate_seen = fields.Boolean(required=True)
    certificate_date = fields.Date(required=True, allow_none=True)
    certificate_expires_on = fields.Date(required=True, allow_none=True)
    experienced = fields.Boolean(required=True)
    streets = fields.List(fields.Nested(AvoidedStreetOut), required=True)
    addresses = fields.List(fields.Nested(AvoidedAddressOut), required=True)
    left_doors = fields.Integer(required=True)


class SpokenLanguagesOut(Schema):
    """Codes of the languages that can be chosen."""

    codes = fields.List(fields.String(), required=True)

"""Shapes of accounts, sessions and the municipality's own settings."""

from marshmallow import fields, validate

from outreach.access.roles import Role
from outreach.languages import LANGUAGES
from outreach.web.schemas import Schema

# That it is not blank the acts check, so that it is told together with all other faults.
NAME = validate.Length(max=200, error="too-long")
PHONE = validate.Regexp(r"^[0-9+()\- ]{0,40}$", error="does-not-fit")
ROLE = validate.OneOf([role.value for role in Role], error="not-a-choice")
LANGUAGE = validate.OneOf(LANGUAGES, error="not-a-choice")


class SignInBody(Schema):
    """An address and a password."""

    email = fields.String(required=True, validate=validate.Length(max=254, error="too-long"))
    password = fields.String(required=True, validate=validate.Length(max=1000, error="too-long"))


class MunicipalityOut(Schema):
    """The tenant."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    privacy_contact = fields.String(required=True)
    duty_phone = fields.String(required=True)
    lease_hours = fields.Integer(required=True)
    lock_minutes = fields.Integer(required=True)
    talk_lock_minutes = fields.Integer(required=True)
    cover_minutes = fields.Integer(required=True)
    watch_minutes = fields.Integer(required=True)


class MunicipalityBody(Schema):
    """What an admin sets; how long and how soon phones shut is judged by the act."""

    name = fields.String(required=True, validate=NAME)
    privacy_contact = fields.String(required=True, validate=validate.Length(max=200))
    duty_phone = fields.String(required=True, validate=PHONE)
    lease_hours = fields.Integer(required=True)
    lock_minutes = fields.Integer(required=True)
    talk_lock_minutes = fields.Integer(required=True)
    cover_minutes = fields.Integer(required=True)
    watch_minutes = fields.Integer(required=True)


class MeOut(Schema):
    """Who is signed in."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    first_name = fields.String(required=True)
    role = fields.String(required=True)
    language = fields.String(required=True)
    municipality = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True)


class SessionOut(Schema):
    """An access token of 15 minutes; the refresh token travels in a cookie."""

    access_token = fields.String(required=True)
    account = fields.Nested(MeOut, required=True)


class LanguageBody(Schema):
    """The language of somebody's screens."""

    language = fields.String(required=True, validate=LANGUAGE)


class AccountBody(Schema):
    """A new colleague."""

    email = fields.Email(required=True, error_messages={"invalid": "not-an-email"})
    name = fields.String(required=True, validate=NAME)
    first_name = fields.String(required=True, validate=NAME)
    phone = fields.String(load_default="", validate=PHONE)
    role = fields.String(required=True, validate=ROLE)
    team_id = fields.String(load_default=None, allow_none=True)
    language = fields.String(load_default="nl", validate=LANGUAGE)
    district_ids = fields.List(fields.String(), load_default=list)


class AccountChange(Schema):
    """What changes of a colleague; what is left out stays."""

    email = fields.Email(error_messages={"invalid": "not-an-email"})
    name = fields.String(validate=NAME)
    first_name = fields.String(validate=NAME)
    phone = fields.String(validate=PHONE)
    role = fields.String(validate=ROLE)
    team_id = fields.String(allow_none=True)
    language = fields.String(validate=LANGUAGE)
    active = fields.Boolean()
    district_ids = fields.List(fields.String())


class AccountOut(Schema):
    """A colleague as who guards accounts sees them; never the password's hash."""

    id = fields.UUID(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    first_name = fields.String(required=True)
    phone = fields.String(required=True)
    role = fields.String(required=True)
    team_id = fields.UUID(required=True, allow_none=True)
    language = fields.String(required=True)
    active = fields.Boolean(required=True)
    signed_up = fields.Boolean(required=True)
    district_ids = fields.List(fields.UUID(), required=True)


class InvitationOut(Schema):
    """A link to copy; it is shown once."""

    link = fields.String(required=True)
    days = fields.Integer(required=True)


class TokenBody(Schema):
    """An invitation's token; in the body, because an address bar remembers."""

    token = fields.String(required=True, validate=validate.Length(max=200))


class AcceptBody(TokenBody):
    """The password a new colleague chooses."""

    password = fields.String(required=True, validate=validate.Length(max=1000))


class InvitedOut(Schema):
    """Whose invitation this is."""

    first_name = fields.String(required=True)
    email = fields.String(required=True)
    municipality = fields.String(required=True)


class DistrictBody(Schema):
    """A wijk."""

    name = fields.String(required=True, validate=NAME)


class DistrictOut(DistrictBody):
    """A wijk with its id."""

    id = fields.UUID(required=True)


class TeamBody(Schema):
    """A neighbourhood team."""

    name = fields.String(required=True, validate=NAME)
    district_id = fields.String(required=True)
    duty_phone = fields.String(required=True, validate=PHONE)


class TeamOut(TeamBody):
    """A team with its id."""

    id = fields.UUID(required=True)


class RoleOut(Schema):
    """A role and what it may do."""

    role = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True)

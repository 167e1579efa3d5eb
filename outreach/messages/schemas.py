"""Shapes of somebody's own choices about messages."""

from marshmallow import fields, validate

from outreach.web.schemas import Schema

LONGEST_ADDRESS = 2000


def _wall_time() -> fields.String:
    """Such as "08:30", or "" for none."""
    return fields.String(
        required=True,
        validate=validate.Regexp(r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$", error="does-not-fit"),
    )


class MessagesBody(Schema):
    """Mail or not; when not to be disturbed; when to hear of what can wait ("": when it comes)."""

    mail = fields.Boolean(required=True)
    quiet_from = _wall_time()
    quiet_until = _wall_time()
    daily_at = _wall_time()


class MessagesOut(MessagesBody):
    """What somebody chose, and what this server can send by.

    `mail_refused`: their address took no mail. `push_key` is "" where no push is sent.
    """

    mail_set_up = fields.Boolean(required=True)
    mail_refused = fields.Boolean(required=True)
    push_key = fields.String(required=True)
    browsers = fields.Integer(required=True)


class BrowserBody(Schema):
    """Where the push service of a browser is reached; what it seals with is not asked for."""

    endpoint = fields.String(
        required=True, validate=validate.Length(max=LONGEST_ADDRESS, error="too-long")
    )


class BrowserOut(Schema):
    """A browser that hears there is something new."""

    id = fields.UUID(required=True)
    made_at = fields.AwareDateTime(required=True)

"""Shapes of guides and consent texts."""

from marshmallow import fields

from outreach.web.schemas import Schema


class GuideOut(Schema):
    """Which guide it is."""

    id = fields.UUID(required=True)
    key = fields.String(required=True)
    version = fields.String(required=True)
    title = fields.String(required=True)


class WholeGuideOut(GuideOut):
    """A guide with its opening, domains, prompts, tips and advices, in Dutch and English."""

    content = fields.Dict(required=True)


class ConsentTextOut(Schema):
    """Which consent text it is."""

    id = fields.UUID(required=True)
    key = fields.String(required=True)
    version = fields.String(required=True)

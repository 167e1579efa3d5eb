"""Shapes of jobs."""

from marshmallow import fields

from outreach.web.schemas import ProblemOut, Schema


class JobOut(Schema):
    """Long work, how far it is and what came of it. `total` 0 means that nobody knows yet."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = fields.String(
        required=True,
        metadata={"enum": ["waiting", "running", "done", "failed", "cancelled"]},
    )
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    expected_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When it will be done at the speed so far; null: nobody knows"},
    )
    awaits = fields.String(
        required=True, metadata={"description": "`confirmation`, or '' when it awaits nothing"}
    )
    result = fields.Dict(keys=fields.String(), required=True)
    problem = fields.Nested(ProblemOut, required=True, allow_none=True)
    started_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)

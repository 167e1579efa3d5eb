"""What every schema shares, and the two shapes every slice answers with."""

from typing import Any

from marshmallow import RAISE, fields, pre_load
from marshmallow import Schema as MarshmallowSchema


def storable(text: str) -> str:
    """What a database stores of a text: NUL is dropped, half a surrogate pair becomes U+FFFD."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")


class Schema(MarshmallowSchema):
    """Unknown fields are an error: a typing mistake must not look like success."""

    class Meta:
        """Options for all schemas."""

        unknown = RAISE

    @pre_load
    def _only_storable_texts(self, said: Any, **_: Any) -> Any:
        if not isinstance(said, dict):
            return said
        return {
            name: storable(value) if isinstance(value, str) else value
            for name, value in said.items()
        }


class EmptyIsNone(Schema):
    """A form sends an empty field as ""."""

    @pre_load
    def _empty_is_none(self, body: Any, **_: Any) -> Any:
        if not isinstance(body, dict):
            return body
        return {name: None if value == "" else value for name, value in body.items()}


class InputErrorOut(Schema):
    """One fault in the input."""

    pointer = fields.String(required=True, metadata={"description": "JSON pointer to the field"})
    code = fields.String(required=True)
    detail = fields.String(required=True)


class ProblemOut(Schema):
    """RFC 9457 problem details, with a stable code and every input error at once."""

    type = fields.String(required=True)
    status = fields.Integer(required=True)
    title = fields.String(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    errors = fields.List(fields.Nested(InputErrorOut), required=True)


class AfterQuery(Schema):
    """Where the last page ended."""

    after = fields.String(load_default="", metadata={"description": "`next` of the page before"})


def page_of(item: type[Schema], name: str) -> MarshmallowSchema:
    """A page of at most 100 items and the key of the next page ('' at the end)."""
    shape = Schema.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(required=True),
        },
        name=name,
    )
    return shape()

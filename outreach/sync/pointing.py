"""JSON pointers (RFC 6901) into what a phone said, and what its schema says of the place."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, validate

from outreach.conversations.fields import Flag
from outreach.sync.schemas import UUID
from outreach.visits.schemas import UUID4
from outreach.web.problems import input_errors

Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """What may stand there: `kind` as in QuarantinedFieldOut, `options` of a choice."""

    kind: str
    options: tuple[str, ...] = ()
    nullable: bool = False
    required: bool = True


UNKNOWN = Place("unknown", required=False)


def pointer_of(path: Path) -> str:
    """The pointer to a path."""
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)


def path_of(pointer: str) -> Path:
    """The path of a pointer; one that is none names nothing."""
    parts = pointer.split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def faults_in(messages: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Where marshmallow found something and the code of it."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from faults_in(inner, path if key == "_schema" else (*path, str(key)))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        for fault in input_errors([message]):
            yield path, fault.code


def place_of(schema: Schema, path: Path) -> Place:
    """What the schema lets stand at a path."""
    here: Any = schema
    for part in path:
        here = _below(here, part)
        if here is None:
            return UNKNOWN
    return _described(here) if isinstance(here, fields.Field) else UNKNOWN


def _below(here: Any, part: str) -> Any:
    if isinstance(here, fields.Nested):
        here = here.schema
    if isinstance(here, fields.List):
        return here.inner
    if not isinstance(here, Schema):
        return None
    named = (one for name, one in here.fields.items() if (one.data_key or name) == part)
    return next(named, None)


def _described(field: fields.Field[Any]) -> Place:
    ids = (UUID, UUID4)
    options = [check.choices for check in field.validators if isinstance(check, validate.OneOf)]
    if options:
        kind = "choice"
    elif isinstance(field, fields.UUID) or any(check in ids for check in field.validators):
        kind = "id"
    elif isinstance(field, fields.Nested | fields.List | fields.Dict):
        kind = "part"
    else:
        kind = next((word for kinds, word in _KINDS if isinstance(field, kinds)), "text")
    choices = tuple(str(choice) for choice in options[0]) if options else ()
    return Place(kind, choices, bool(field.allow_none), bool(field.required))


# The first that fits; a moment is not only a day.
_KINDS: tuple[tuple[Any, str], ...] = (
    (fields.Date, "date"),
    (fields.DateTime, "instant"),
    (Flag | fields.Boolean, "yes_no"),
    (fields.Integer, "number"),
)


def value_at(body: Any, path: Path) -> Any:
    """What stands there; None where nothing does."""
    for part in path:
        if isinstance(body, dict):
            body = body.get(part)
        elif isinstance(body, list) and part.isdigit() and int(part) < len(body):
            body = body[int(part)]
        else:
            return None
    return body


def with_value(body: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """The same with another value there; where there is no such place, the same."""
    whole = deepcopy(body)
    above = value_at(whole, path[:-1])
    if isinstance(above, dict):
        above[path[-1]] = value
    elif isinstance(above, list) and path[-1].isdigit() and int(path[-1]) < len(above):
        above[int(path[-1])] = value
    return whole


def without(body: dict[str, Any], path: Path) -> dict[str, Any]:
    """The same with nothing there."""
    whole = deepcopy(body)
    above = value_at(whole, path[:-1])
    if isinstance(above, dict):
        above.pop(path[-1], None)
    elif isinstance(above, list) and path[-1].isdigit() and int(path[-1]) < len(above):
        del above[int(path[-1])]
    return whole

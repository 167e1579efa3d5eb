"""Phones of every version are understood: what they say is lifted to today's words, step by step.

A step takes what was said in one schema and gives it as the next schema says it. Steps are never
removed: a phone may come back after 400 days. An answer goes the other way, to the schema in which
the phone asked. docs/sync.md lists what each schema brought.
"""

from collections.abc import Callable
from typing import Any

# Of the exchange as a whole, and of mutations, which phones keep and send much later.
EXCHANGE, MUTATION = 2, 3
# From here on a phone takes off itself what it hears to be gone, and its receipt says so.
HEARS_WHAT_IS_GONE = 2
# Apps of schema 1 did not say when they were built; the last of them was built on this day.
LAST_OF_SCHEMA_1 = {"version": "0.1.0", "built_on": "2026-11-25"}

Said = dict[str, Any]
Step = Callable[[Said], Said]


class NotUnderstood(ValueError):  # noqa: N818 - it says what is wrong
    """Said in a schema that this server does not know: by a newer app, or by none of ours."""


def lifted_request(said: Said) -> Said:
    """A request in today's words. Its `schema` stays the app's own: the answer is in that one."""
    schema = said.get("schema")
    for step in range(max(schema, 1) if isinstance(schema, int) else EXCHANGE, EXCHANGE):
        lift = _REQUESTS.get(step)
        said = lift(said) if lift else said
    return said


def lifted_body(kind: str, schema: int, body: Said) -> Said:
    """What a mutation says, in today's words; raises NotUnderstood. Today's own stays as it is."""
    if not 1 <= schema <= MUTATION:
        raise NotUnderstood(schema)
    for step in range(schema, MUTATION):
        lift = _BODIES.get((kind, step))
        body = lift(body) if lift else body
    return body


def lowered(reply: Said, schema: int) -> Said:
    """An answer in the words of the phone that asked; of a newer app than this, in our own."""
    spoken = min(max(schema, 1), EXCHANGE)
    for step in range(EXCHANGE, spoken, -1):
        reply = _ANSWERS[step](reply)
    return reply | {"schema": spoken}


def _with_app(said: Said) -> Said:
    return {"app": LAST_OF_SCHEMA_1} | said


def _left(body: Said) -> Said:
    """Leaving a door was said by saying nothing."""
    return {"on": True} | body


def _from_text(body: Said) -> Said:
    """Of a goal as it was, only the text was told."""
    was = body.get("from")
    known = {"position": None, "domain": None, "text": was}
    return body | {"from": known} if isinstance(was, str) else body


def _from_unknown(body: Said) -> Said:
    """What had stood there was not told."""
    return {"from": None} | body


def _of_schema_1(reply: Said) -> Said:
    """It named neither the phone, nor what is gone or as expected, nor an app to be renewed."""
    since = {"device_id", "as_expected", "erased", "renew"}
    return {name: said for name, said in reply.items() if name not in since}


# By the schema that is left.
_REQUESTS: dict[int, Step] = {1: _with_app}
_BODIES: dict[tuple[str, int], Step] = {
    ("door.leave", 1): _left,
    ("goal.set", 2): _from_text,
    ("plan.print", 2): _from_unknown,
    ("aftercare.plan", 2): _from_unknown,
    ("aftercare.record", 2): _from_unknown,
}
_ANSWERS: dict[int, Step] = {2: _of_schema_1}

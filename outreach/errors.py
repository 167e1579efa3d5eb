"""What can go wrong, as values: one class, one code, one status; web turns it into problem+json."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import ClassVar


@dataclass(frozen=True)
class InputError:
    """One thing wrong with the input: a JSON pointer, a stable code and its parameters."""

    pointer: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """The base of everything a caller can do wrong or meet.

    `code` names the texts `errors.<code>.title` and `errors.<code>.detail` in the strings source;
    `params` fill their placeholders; `errors` lists every input error at once.
    """

    code: ClassVar[str] = "unexpected"
    status: ClassVar[int] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, *errors: InputError, **params: str | int) -> None:
        super().__init__(self.code)
        self.errors = errors
        self.params = params


class InvalidInput(Problem):
    """The input does not fit; every fault is listed."""

    code = "invalid-input"
    status = HTTPStatus.BAD_REQUEST


class NotWhole(Problem):
    """The body was cut off or damaged on its way: nothing of it counts, and it may come again."""

    code = "not-whole"
    status = HTTPStatus.BAD_REQUEST


class NotFound(Problem):
    """It does not exist, or not for this person: the two must look alike."""

    code = "not-found"
    status = HTTPStatus.NOT_FOUND


class NotSignedIn(Problem):
    """No valid access token."""

    code = "not-signed-in"
    status = HTTPStatus.UNAUTHORIZED


class NotAllowed(Problem):
    """Signed in, but this role may not do this."""

    code = "not-allowed"
    status = HTTPStatus.FORBIDDEN


class Conflict(Problem):
    """It does not fit the state the thing is in; the subclass says which."""

    code = "conflict"
    status = HTTPStatus.CONFLICT


class TooLarge(Problem):
    """The body is larger than this address accepts."""

    code = "too-large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class TooManyTries(Problem):
    """Counted tries are used up; `seconds` says how long to wait."""

    code = "too-many-tries"
    status = HTTPStatus.TOO_MANY_REQUESTS

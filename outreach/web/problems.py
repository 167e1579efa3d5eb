"""Every error leaves as `application/problem+json`, in the language that was asked for."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from outreach.db import db
from outreach.errors import InputError, InvalidInput, NotFound, NotWhole, Problem, TooLarge
from outreach.languages import LANGUAGES, text, texts

log = logging.getLogger(__name__)


def asked_language() -> str:
    """The caller's language; Dutch when nothing we speak was asked for."""
    return request.accept_languages.best_match(LANGUAGES, default="nl") or "nl"


def input_errors(messages: Any, pointer: str = "") -> Iterator[InputError]:
    """Turn marshmallow's nested messages into pointers and codes, all of them."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            below = pointer if key == "_schema" else f"{pointer}/{key}"
            yield from input_errors(inner, below)
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield InputError(pointer, _code_of(str(message)))


def _code_of(message: str) -> str:
    """Schemas give codes; marshmallow's own sentences are folded into a few."""
    if f"errors.input.{message}" in texts("nl"):
        return message
    if message.startswith("Missing data"):
        return "missing"
    if message.startswith("Unknown field"):
        return "unknown-field"
    return "does-not-fit"


def answer(problem: Problem) -> Response:
    """The problem as RFC 9457 JSON."""
    language = asked_language()
    body = {
        "type": "about:blank",
        "status": int(problem.status),
        "title": text(f"errors.{problem.code}.title", language),
        "detail": text(f"errors.{problem.code}.detail", language, **problem.params),
        "code": problem.code,
        "errors": [
            {
                "pointer": fault.pointer,
                "code": fault.code,
                "detail": text(f"errors.input.{fault.code}", language, **fault.params),
            }
            for fault in problem.errors
        ],
    }
    response = jsonify(body)
    response.status_code = problem.status
    response.content_type = "application/problem+json"
    if "seconds" in problem.params:
        response.headers["Retry-After"] = str(problem.params["seconds"])
    return response


def _from_http(error: HTTPException) -> Problem:
    if isinstance(getattr(error, "exc", None), JSONDecodeError | UnicodeDecodeError):
        return NotWhole()
    messages = getattr(error, "data", {}).get("messages")
    if messages:
        # webargs nests by location; the pointer is into the body or the query itself
        return InvalidInput(*(e for inner in messages.values() for e in input_errors(inner)))
    if error.code == HTTPStatus.NOT_FOUND:
        return NotFound()
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return TooLarge()
    problem = InvalidInput() if error.code == HTTPStatus.BAD_REQUEST else Problem()
    problem.status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR  # type: ignore[misc]
    return problem


def register(app: Flask) -> None:
    """One handler for our problems, one for HTTP's, one for what nobody foresaw."""

    @app.errorhandler(Problem)
    def _ours(problem: Problem) -> Response:
        db.session.rollback()
        return answer(problem)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        db.session.rollback()
        return answer(_from_http(error))

    @app.errorhandler(RecursionError)
    def _nested_without_end(_error: RecursionError) -> Response:
        db.session.rollback()
        return answer(InvalidInput())  # nothing of ours nests that deep: it came with the body

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        db.session.rollback()
        # The message may quote what somebody typed: only its kind and place are logged.
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place else "?"
        log.error("unforeseen %s at %s", type(error).__name__, where)
        return answer(Problem())

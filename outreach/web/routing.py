"""Routes of a slice: each names its permission, its body and its answer."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema

from outreach.db import db

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
LARGEST_BODY = 2 * 1024 * 1024
LARGEST_FILE = 64 * 1024 * 1024


def public(view: View) -> View:
    """Open to all: for views outside `Routes`, which mark their own. What guards them reads it."""
    marked: Any = view
    marked.permission = PUBLIC
    return view


class Routes(Blueprint):  # type: ignore[misc]
    """A blueprint under `/v1`. Each view commits once, after it returned and before it answers."""

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, name, url_prefix="/v1", description=description)

    def get(self, rule: str, **shape: Any) -> Callable[[View], View]:
        """Read something."""
        return self._expose(rule, "GET", **shape)

    def post(self, rule: str, **shape: Any) -> Callable[[View], View]:
        """Make or do something."""
        return self._expose(rule, "POST", **shape)

    def put(self, rule: str, **shape: Any) -> Callable[[View], View]:
        """Replace something."""
        return self._expose(rule, "PUT", **shape)

    def patch(self, rule: str, **shape: Any) -> Callable[[View], View]:
        """Change part of something."""
        return self._expose(rule, "PATCH", **shape)

    def delete(self, rule: str, **shape: Any) -> Callable[[View], View]:
        """End something."""
        return self._expose(rule, "DELETE", **shape)

    def _expose(
        self,
        rule: str,
        method: str,
        *,
        permission: str,
        body: Schema | None = None,
        files: Schema | None = None,
        query: Schema | None = None,
        answer: Schema | None = None,
        status: int = 200,
        content_type: str | None = None,
        largest_body: int = LARGEST_BODY,
        largest_file: int = LARGEST_FILE,
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            exposed: Any = _committing(view)
            if answer is None and content_type is None and status == HTTPStatus.OK:
                raise TypeError(f"{view.__name__} says nothing about its answer")
            described: dict[str, Any] = {"schema": answer} if answer else {}
            if content_type:
                described = {"schema": {"type": "string", "format": "binary"}}
            exposed = self.response(status, content_type=content_type, **described)(exposed)
            if query:
                exposed = self.arguments(query, location="query")(exposed)
            if files:
                exposed = self.arguments(files, location="files")(exposed)
            if body:
                exposed = self.arguments(body)(exposed)
            exposed.permission = str(permission)
            exposed.largest_body = largest_body
            exposed.largest_file = largest_file
            self.route(rule, methods=[method])(exposed)
            return view

        return decorate


def _committing(view: View) -> Callable[..., Any]:
    @wraps(view)
    def commit_once(*args: Any, **kwargs: Any) -> Any:
        result = view(*args, **kwargs)
        db.session.commit()
        return result

    return commit_once

"""The app below a path, such as `/voordeur`: a setting of the server, not of the build."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Mounted:
    """Takes the prefix off a request's path, whether or not the proxy before it did so already."""

    def __init__(self, app: "WSGIApplication", prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as at the root; the root of the app without its slash is sent to the one with."""
        path = environ.get("PATH_INFO", "")
        if path == self._prefix:
            # Without the slash the page would be outside what its worker may answer.
            start_response("308 Permanent Redirect", [("Location", f"{self._prefix}/")])
            return []
        if path.startswith(f"{self._prefix}/"):
            path = path[len(self._prefix) :]
        return self._app(environ | {"SCRIPT_NAME": self._prefix, "PATH_INFO": path}, start_response)

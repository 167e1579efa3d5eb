"""The same server with a newer app: its worker differs by a line, and a browser goes by that."""

from flask import Flask, Response, request

from outreach import app as outreach

NEWER = b"\n// newer\n"


def create_app() -> Flask:
    """The application, after an upgrade."""
    app = outreach.create_app()

    @app.after_request
    def renew(response: Response) -> Response:
        if request.path.endswith("/service-worker.js"):
            response.direct_passthrough = False
            response.headers.pop("Content-Encoding", None)
            response.headers.pop("ETag", None)
            worker = (outreach.APP_FOLDER / "service-worker.js").read_bytes()
            response.status_code = 200
            response.set_data(worker + NEWER)
        return response

    return app

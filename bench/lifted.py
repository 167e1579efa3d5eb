"""The app without the cap on households and the parts of 256 kB, the bench's page beside it."""

import os

from flask import Flask
from werkzeug.middleware.shared_data import SharedDataMiddleware

from outreach import app as ours
from outreach.sync import answering, holdings

UNLIMITED = 1 << 30
PAGES = "BENCH_PAGES"


def create_app() -> Flask:
    """Our own application; only the two limits differ."""
    holdings.MOST_HOUSEHOLDS = UNLIMITED
    answering.PART_BYTES = UNLIMITED
    app = ours.create_app()
    pages = os.environ[PAGES]
    # Flask's own way to put a layer around the app is to assign this method.
    app.wsgi_app = SharedDataMiddleware(  # type: ignore[method-assign]
        app.wsgi_app,
        {"/ours.html": f"{pages}/ours.html", "/assets": f"{pages}/assets"},
    )
    return app

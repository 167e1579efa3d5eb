"""The built front end: files by name, packed where the build packed them, and the one page."""

import re
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from werkzeug.security import safe_join

from outreach.errors import NotFound
from outreach.web.headers import policy_with_pictures_from
from outreach.web.routing import public

PAGE = "index.html"
# The page behind a letter's code is an app of its own: where people open it, and its file.
RESIDENTS, RESIDENTS_PAGE = "b", "resident.html"
# Screens with a map; phones have none, and their page lets no other host in.
DESK = re.compile(r"desk(/|$)")
# Best first. The build writes these copies beside a file: frontend/build/packed.ts.
PACKED = {"br": ".br", "gzip": ".gz"}
# Said here: a machine's own table may not know them, and `nosniff` forgives no wrong one.
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


def register(
    app: Flask, built: Path, kept: Path, prefix: str = "", pictures_from: str = ""
) -> None:
    """Serve the files in `built`; every address that is no file is a screen of the one page.

    `kept` holds the assets of earlier versions (outreach/web/kept.py); `prefix` is the path that
    the app lives under, such as "/voordeur"; `pictures_from` the one host that desk maps ask.
    """

    @app.get("/")
    @app.get("/<path:path>")
    @public
    def screens(path: str = PAGE) -> Response:
        if path.startswith(("v1/", ".well-known/")) or path.endswith("/"):
            raise NotFound
        name = _file_of(path, built)
        if name.endswith(tuple(PACKED.values())):
            raise NotFound  # a packed copy is another form of its file, not a file to ask for
        # Assets carry a digest in their name; everything else is asked for afresh.
        is_asset = name.startswith("assets/")
        home = kept if is_asset and not _exists(built / name) else built
        is_page = name in {PAGE, RESIDENTS_PAGE}
        response = _page(built / name, prefix) if is_page else _send(home, name)
        lifetime = "public, max-age=31536000, immutable" if is_asset else "no-cache"
        response.headers["Cache-Control"] = lifetime
        if pictures_from and DESK.match(path):
            policy = policy_with_pictures_from(pictures_from)
            response.headers["Content-Security-Policy"] = policy
        return response


def _file_of(path: str, built: Path) -> str:
    if path.lower() == RESIDENTS:  # typed from paper
        return RESIDENTS_PAGE
    is_screen = "." not in path.rsplit("/", 1)[-1] and not path.startswith("assets/")
    return PAGE if is_screen or safe_join(str(built), path) is None else path


def _page(file: Path, prefix: str) -> Response:
    """The page, with the addresses of its files as they are here: it is opened at any depth."""
    try:
        page = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound from None
    response = Response(page.replace('="./', f'="{prefix}/'), mimetype="text/html")
    response.add_etag()
    response.make_conditional(request)
    return response


def _send(built: Path, name: str) -> Response:
    """The file in the best form the caller reads; each form has an ETag of its own."""
    forms = {e: s for e, s in PACKED.items() if _exists(built / f"{name}{s}")}
    encoding = next((e for e in forms if request.accept_encodings[e]), None)
    stored = name + forms[encoding] if encoding else name
    response = send_from_directory(built, stored, mimetype=TYPES.get(Path(name).suffix))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if forms:
        response.vary.add("Accept-Encoding")
    return response


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file's
        return False

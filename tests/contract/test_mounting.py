"""The app below a path and behind proxies: the server's settings say so, not who calls."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request

from outreach.app import create_app
from outreach.config import OddPrefix, Settings, from_environment
from outreach.web import screens
from outreach.web.mounting import Mounted
from outreach.web.routing import PUBLIC
from tests.conftest import SECRET

PAGE = '<link href="./icon.svg"><script src="./assets/main.js"></script>'
FORWARDED = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "voordeur.example",
    "X-Forwarded-Prefix": "/elsewhere",
}


def _app(tmp_path: Path, **settings: Any) -> Flask:
    """A server that also says what it thinks of a request."""
    url = f"sqlite:///{tmp_path / 'mounted.sqlite3'}"
    app = create_app(Settings(url, SECRET, tmp_path, demo=False, **settings))

    @app.get("/v1/what-you-see")
    def seen() -> Response:
        return jsonify([request.remote_addr, request.scheme, request.host, request.root_path])

    seen.permission = PUBLIC  # type: ignore[attr-defined]
    return app


def test_what_a_caller_says_of_itself_counts_for_nothing(tmp_path: Path) -> None:
    seen = _app(tmp_path).test_client().get("/v1/what-you-see", headers=FORWARDED).json
    assert seen == ["127.0.0.1", "http", "localhost", ""]


def test_a_trusted_proxy_says_who_calls_and_how(tmp_path: Path) -> None:
    client = _app(tmp_path, trusted_proxies=1).test_client()
    assert client.get("/v1/what-you-see", headers=FORWARDED).json == [
        "192.0.2.7",
        "https",
        "voordeur.example",
        "",
    ]
    forged = FORWARDED | {"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}
    seen = client.get("/v1/what-you-see", headers=forged).json
    assert seen is not None
    assert seen[0] == "192.0.2.7"


@pytest.mark.parametrize("path", ["/voordeur/v1/what-you-see", "/v1/what-you-see"])
def test_the_prefix_may_be_taken_off_by_the_proxy_or_be_left_on(tmp_path: Path, path: str) -> None:
    seen = _app(tmp_path, path_prefix="/voordeur").test_client().get(path).json
    assert seen == ["127.0.0.1", "http", "localhost", "/voordeur"]


def test_the_root_of_the_app_ends_in_a_slash(tmp_path: Path) -> None:
    answer = _app(tmp_path, path_prefix="/voordeur").test_client().get("/voordeur")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/voordeur/")


@pytest.mark.parametrize(("prefix", "root"), [("", "/"), ("/voordeur", "/voordeur/")])
@pytest.mark.parametrize("path", ["/", "/index.html", "/door/0b7e"])
def test_the_page_names_its_files_from_the_root_at_any_depth(
    tmp_path: Path, prefix: str, root: str, path: str
) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    app = Flask("mounted")
    screens.register(app, tmp_path, tmp_path / "kept", prefix)
    # As create_app does it.
    app.wsgi_app = Mounted(app.wsgi_app, prefix)  # type: ignore[method-assign]
    answer = app.test_client().get(f"{prefix}{path}")
    assert answer.text == PAGE.replace("./", root)
    again = app.test_client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_the_server_says_of_itself_has_the_prefix(tmp_path: Path) -> None:
    app = _app(tmp_path, path_prefix="/voordeur", public_url="https://gemeente.example")
    described = app.test_client().get("/voordeur/v1/openapi.json").json
    assert described is not None
    assert described["servers"] == [{"url": "https://gemeente.example/voordeur/v1"}]
    assert app.config["JWT_REFRESH_COOKIE_PATH"] == "/voordeur/v1/sessions"


@pytest.mark.parametrize(
    ("given", "prefix"),
    [("", ""), ("/", ""), ("voordeur", "/voordeur"), ("/hulp/voordeur/", "/hulp/voordeur")],
)
def test_slashes_around_a_prefix_do_not_matter(given: str, prefix: str) -> None:
    settings = from_environment({"OUTREACH_DEMO": "1", "OUTREACH_PATH_PREFIX": given})
    assert settings.path_prefix == prefix


@pytest.mark.parametrize("given", ["/voor deur", '/"><script>', "/a//b", "https://x"])
def test_a_prefix_that_no_address_has_is_refused(given: str) -> None:
    with pytest.raises(OddPrefix):
        from_environment({"OUTREACH_DEMO": "1", "OUTREACH_PATH_PREFIX": given})

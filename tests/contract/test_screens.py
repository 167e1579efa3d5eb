"""The built front end is served small, under its own names, and as one page for every screen."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.errors import NotFound
from outreach.letters.fields import RESIDENTS
from outreach.web import screens
from outreach.web.kept import keep

BUILT = Path(screens.__file__).parents[1] / "static" / "app"
SCRIPT = b"console.log('Voordeur');" * 40
PAGE = b"<!doctype html><title>Voordeur</title>"
LETTER_PAGE = b'<!doctype html><title>Uw brief</title><script src="./assets/r.js"></script>'
NAME = "/assets/main-DiGeSt01.js"
DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def built(tmp_path: Path) -> FlaskClient:
    """A caller of a server with one page, one packed script and one file that is not packed."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "resident.html").write_bytes(LETTER_PAGE)
    (tmp_path / "icon.svg").write_bytes(b"<svg/>")
    script = tmp_path / NAME[1:]
    script.write_bytes(SCRIPT)
    script.with_name(script.name + ".br").write_bytes(brotli.compress(SCRIPT))
    script.with_name(script.name + ".gz").write_bytes(gzip.compress(SCRIPT))
    app = Flask("built")
    app.testing = True
    screens.register(app, tmp_path, tmp_path / "kept")
    return app.test_client()


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_caller_gets_the_smallest_form_it_reads(
    built: FlaskClient, accepted: str, encoding: str | None, unpack: type[bytes]
) -> None:
    answer = built.get(NAME, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert unpack(answer.data) == SCRIPT
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.content_type == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", [RESIDENTS, RESIDENTS.upper()])
def test_where_a_letter_leads_is_a_page_of_its_own(built: FlaskClient, path: str) -> None:
    """In capitals too: it is typed from paper."""
    answer = built.get(path)
    assert answer.data == LETTER_PAGE.replace(b"./", b"/")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/html", "no-cache")
    assert built.get(f"{path}/more").data == PAGE


def test_a_cache_keeps_the_forms_of_a_file_apart(built: FlaskClient) -> None:
    answers = [
        built.get(NAME, headers={"Accept-Encoding": accepted})
        for accepted in ("br", "gzip", "identity")
    ]
    assert {answer.headers["Vary"] for answer in answers} == {"Accept-Encoding"}
    assert len({answer.headers["ETag"] for answer in answers}) == 3


def test_a_form_that_a_caller_has_is_not_sent_again(built: FlaskClient) -> None:
    asked = {"Accept-Encoding": "br"}
    tag = built.get(NAME, headers=asked).headers["ETag"]
    again = built.get(NAME, headers=asked | {"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept-Encoding")
    other = built.get(NAME, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert other.status_code == 200


def test_a_file_without_packed_forms_is_sent_as_it_is(built: FlaskClient) -> None:
    answer = built.get("/icon.svg", headers={"Accept-Encoding": "br"})
    assert (answer.data, answer.headers.get("Content-Encoding")) == (b"<svg/>", None)
    assert answer.mimetype == "image/svg+xml"


def test_only_assets_are_kept_without_asking(built: FlaskClient) -> None:
    assert "immutable" in built.get(NAME).headers["Cache-Control"]
    assert built.get("/").headers["Cache-Control"] == "no-cache"
    assert built.get("/assets").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/door/0b7e", "/desk/rounds/new"])
def test_every_screen_is_the_one_page(built: FlaskClient, path: str) -> None:
    assert built.get(path).data == PAGE


@pytest.mark.parametrize(
    "path",
    [
        "/v1/absent",
        "/.well-known/absent",
        "/sign-in/",
        f"{NAME}.br",
        f"{NAME}.gz",
    ],
)
def test_what_is_no_screen_and_no_file_is_not_found(built: FlaskClient, path: str) -> None:
    with pytest.raises(NotFound):
        built.get(path)


@pytest.mark.parametrize("path", ["/absent.js", "/assets/absent", "/" + "x" * 300 + ".js"])
def test_a_file_that_is_not_there_is_not_found(built: FlaskClient, path: str) -> None:
    assert built.get(path).status_code == 404


def test_nothing_outside_the_built_folder_is_served(built: FlaskClient, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.js").write_text("secret")
    for path in ("/../secret.js", "/assets/../../secret.js", "/assets/%2e%2e/%2e%2e/secret.js"):
        assert b"secret" not in built.get(path).data


def test_an_upgrade_keeps_the_files_that_open_pages_still_ask_for(
    built: FlaskClient, tmp_path: Path
) -> None:
    before = built.get(NAME).data
    keep(tmp_path, tmp_path / "kept")
    for file in (tmp_path / "assets").iterdir():
        file.unlink()
    newer = tmp_path / "assets" / "main-DiGeSt02.js"
    newer.write_bytes(b"newer")
    keep(tmp_path, tmp_path / "kept")
    assert built.get(NAME).data == before
    packed = built.get(NAME, headers={"Accept-Encoding": "br"})
    assert brotli.decompress(packed.data) == before
    assert built.get("/assets/main-DiGeSt02.js").data == b"newer"


def test_files_that_no_app_may_ask_for_any_more_are_dropped(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    assets.mkdir()
    kept = tmp_path / "kept"

    def upgrade(days: int, name: str) -> set[str]:
        for file in assets.iterdir():
            file.unlink()
        (assets / name).write_text(name)
        clock.replay(1, DAY + timedelta(days=days))
        keep(tmp_path, kept)
        return {file.name for file in (kept / "assets").iterdir()}

    assert upgrade(0, "first.js") == {"first.js"}
    assert upgrade(180, "second.js") == {"first.js", "second.js"}
    assert upgrade(181, "second.js") == {"second.js"}
    assert upgrade(400, "second.js") == {"second.js"}


@pytest.mark.parametrize("accepted", ["br", "gzip"])
def test_the_build_packs_scripts_and_styles(client: FlaskClient, accepted: str) -> None:
    large = [f for f in (BUILT / "assets").iterdir() if f.suffix in {".js", ".css"}]
    large = [f for f in large if f.stat().st_size > 10_000]
    assert large
    for file in large:
        answer = client.get(f"/assets/{file.name}", headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == accepted
        assert len(answer.data) < file.stat().st_size / 2

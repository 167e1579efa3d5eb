"""Our exchange and the peer's, each a page of its own against a server that really runs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lines import Line
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1]))

from outreach.demo.people import PASSWORD
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.server import Server

HERE = Path(__file__).parent
ROOT = HERE.parent
FRONTEND = ROOT / "frontend"
PEERS = HERE / "node_modules"
VOLUNTEER = "anna@wilgendam.example"
# A peer on a thin line takes its time; milliseconds.
PATIENCE = 180_000


@dataclass
class Phone:
    """One page with its line."""

    page: Page
    line: Line

    def does(self, act: str, *said: object) -> Any:
        """What the page's own `bench` answers."""
        call = "([act, said]) => window.bench[act](...said)"
        return self.page.evaluate(call, [act, list(said)])

    def on_thin_line(self, act: str, *said: object) -> float:
        """The milliseconds of one act, as the page measured them."""
        with self.line:
            return float(self.does(act, *said))


@dataclass
class Both:
    """Both servers with the same documents, and a browser that opens new phones."""

    browser: Browser
    ours: str
    peer: str
    documents: int

    @contextmanager
    def our_phone(self) -> Iterator[Phone]:
        """A new phone of ours: signed in, its sealed store open and empty."""
        with our_phone(self.browser, self.ours) as phone:
            yield phone

    @contextmanager
    def peer_phone(self) -> Iterator[Phone]:
        """A new phone of the peer, empty."""
        with _page(self.browser, f"{self.peer}/peer.html") as phone:
            yield phone


@contextmanager
def our_phone(browser: Browser, ours: str) -> Iterator[Phone]:
    """A new phone at the server with this address: signed in, its sealed store open and empty."""
    with _page(browser, f"{ours}/ours.html") as phone:
        phone.does("prepare", VOLUNTEER, PASSWORD)
        yield phone


@contextmanager
def _page(browser: Browser, url: str) -> Iterator[Phone]:
    context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("window.bench !== undefined", timeout=10_000)
    yield Phone(page, Line(page))
    context.close()


@contextmanager
def both(folder: Path) -> Iterator[Both]:
    """Everything that a measurement of the exchange needs, in a folder of its own."""
    with ExitStack() as closing:
        _fetch_peers()
        pages = built(folder / "pages", PEERS)
        documents = folder / "documents.json"
        server = lifted_server(folder / "server", pages)
        server.data_dir.mkdir()
        server.outreach("upgrade")
        server.outreach("demo", "reset")
        filling = [sys.executable, "-m", "bench.one_wide_phone", VOLUNTEER, str(documents)]
        subprocess.run(filling, env=server.environment, cwd=ROOT, check=True)
        server.start()
        closing.callback(server.stop)
        peer = closing.enter_context(_peer(folder / "peer", pages, documents))
        driver = closing.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        closing.callback(browser.close)
        count = documents.read_text(encoding="utf-8").count('"_id"')
        yield Both(browser, server.url, peer, count)


def lifted_server(data_dir: Path, pages: Path) -> Server:
    """Our server on this data, without its two limits and with the built pages beside it."""
    settings = {"BENCH_PAGES": str(pages)}
    return Server(data_dir, app="bench.lifted:create_app()", settings=settings)


def _fetch_peers() -> None:
    if not (PEERS / "pouchdb").exists():
        command = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=HERE, check=True)


def built(folder: Path, peers: Path | None = None) -> Path:
    """Our page, built with the front end's own packages; with `peers`, theirs, also the peer's."""
    shutil.copytree(HERE / "sync-page", folder)
    (folder / "node_modules").symlink_to(FRONTEND / "node_modules")
    (folder / "front-end").symlink_to(FRONTEND)
    settings = {"BENCH_APP": str(FRONTEND), "BENCH_PEERS": str(peers or "")}
    build = [str(FRONTEND / "node_modules" / ".bin" / "vite"), "build", "--logLevel", "error"]
    subprocess.run(build, cwd=folder, env=os.environ | settings, check=True)
    return folder / "dist"


@contextmanager
def _peer(folder: Path, pages: Path, documents: Path) -> Iterator[str]:
    """The peer's server on a database of its own; gives its address."""
    folder.mkdir()
    command = ["node", str(HERE / "peer-server.mjs"), str(folder), str(pages), str(documents)]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as running:
        try:
            port = running.stdout.readline().strip() if running.stdout else ""
            if not port:
                raise SystemExit("the peer did not start")
            yield f"http://localhost:{port}"
        finally:
            running.terminate()

"""A server with the demo, and real Chromiums: a phone that survives being killed, and a desk."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.journeys.console import Console
from tests.journeys.server import Server

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds; a busy machine may need them, and nothing waits longer than it must.
PATIENCE = 20_000
PHONE = {"width": 412, "height": 915}
DESK = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in Path(item.path).parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once; each journey starts from a copy."""
    server = Server(tmp_path_factory.mktemp("demo"))
    server.outreach("upgrade")
    server.outreach("demo", "reset")
    return server.data_dir


@pytest.fixture
def server(demo_data: Path, tmp_path: Path) -> Iterator[Server]:
    """A running server on a fresh copy of the demo."""
    data_dir = tmp_path / "server"
    shutil.copytree(demo_data, data_dir)
    running = Server(data_dir)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        expect.set_options(timeout=PATIENCE)
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    opened = playwright_driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


class PhoneBrowser:
    """A browser with a profile on disk, as on a phone: it can be killed and opened again."""

    def __init__(self, driver: Playwright, profile: Path) -> None:
        self._driver = driver
        self.profile = profile
        self._context: BrowserContext | None = None
        self.console = Console()

    def open(self, app: str = "") -> Page:
        """Open the browser, or this address as an installed app; gives its page."""
        self._context = self._driver.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=CHROMIUM,
            args=[*FLAGS, f"--app={app}"] if app else FLAGS,
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            # What makes a phone of it would make a tab of an installed app.
            is_mobile=not app,
            has_touch=True,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        self._context.set_default_timeout(PATIENCE)
        self.console.listens(self._context)
        return self._context.pages[0]

    @property
    def context(self) -> BrowserContext:
        """The open browser."""
        if self._context is None:
            raise RuntimeError("the browser is closed")
        return self._context

    def kill(self) -> None:
        """End it in the middle of whatever it does, as an operating system short of memory does."""
        session = self.context.new_cdp_session(self.context.pages[0])
        with suppress(Error):
            session.send("Browser.crash")
        self._context = None

    def close(self) -> None:
        """Close it in good order."""
        if self._context:
            self._context.close()
            self._context = None


@pytest.fixture
def phone(playwright_driver: Playwright, tmp_path: Path) -> Iterator[PhoneBrowser]:
    """The first volunteer's phone."""
    made = PhoneBrowser(playwright_driver, tmp_path / "phone")
    yield made
    made.close()
    made.console.is_quiet()


@pytest.fixture
def second_phone(playwright_driver: Playwright, tmp_path: Path) -> Iterator[PhoneBrowser]:
    """The other of the pair."""
    made = PhoneBrowser(playwright_driver, tmp_path / "second-phone")
    yield made
    made.close()
    made.console.is_quiet()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A desk screen of 1280 by 800."""
    context = browser.new_context(
        viewport={"width": DESK["width"], "height": DESK["height"]},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    context.set_default_timeout(PATIENCE)
    console = Console()
    console.listens(context)
    yield context.new_page()
    context.close()
    console.is_quiet()

"""The pictures in the README, taken from the running demo: `.venv/bin/python scripts/pictures.py`.

They need the built app and Chromium (`make test` brings both). The day is fixed, so that the same
pictures come out as long as the screens are the same.
"""

import re
import sys
import tempfile
from datetime import date, datetime, time
from os import environ
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from outreach.clock import AMSTERDAM  # noqa: E402 - the project is not on the path before
from tests.journeys.acting import Volunteer  # noqa: E402
from tests.journeys.conftest import CHROMIUM, DESK, FLAGS, PHONE  # noqa: E402
from tests.journeys.desking import Desk  # noqa: E402
from tests.journeys.server import Server  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
TODAY = date(2026, 2, 3)
# In the middle of the round that is walked that day.
NOW = datetime.combine(TODAY, time(14, 20), AMSTERDAM)
DOORS_DONE = 4
# The server reads the same clock; its ids come from another seed than the demo's.
CLOCK = f"""
from datetime import datetime
from outreach import clock


def post_worker_init(worker):
    clock.replay(2, datetime.fromisoformat("{NOW.isoformat()}"))
"""
LARGEST = 300_000
PATIENCE = 60_000


def main() -> None:
    """Take both, against a server of their own."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        config = Path(folder, "clock.py")
        config.write_text(CLOCK)
        environ["GUNICORN_CMD_ARGS"] = f"--config {config}"
        server = Server(Path(folder))
        server.outreach("upgrade")
        server.outreach("demo", "reset", "--today", TODAY.isoformat())
        server.start()
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            _phone(browser, server)
            _desk(browser, server)
        finally:
            browser.close()
            server.stop()


def _page(browser: Browser, size: dict[str, int]) -> Page:
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    return page


def _phone(browser: Browser, server: Server) -> None:
    """Anna's round of today, a few doors on."""
    page = _page(browser, PHONE)
    anna = Volunteer(page, server.url)
    anna.signs_in("anna")
    for _ in range(DOORS_DONE - 1):
        anna.finds_nobody_home()
    anna.opens_next_door()
    anna.refuses_for_them()
    anna.next_door.wait_for()
    # An undo leaves when a person moves on.
    page.get_by_role("link", name=re.compile("^Nazorg")).click()
    page.get_by_role("link", name="Vandaag").click()
    anna.next_door.wait_for()
    anna.sees_everything_in()
    page.mouse.move(0, 0)
    _takes(page, "phone.png")


def _desk(browser: Browser, server: Server) -> None:
    """Nadia's inbox with a dossier open."""
    page = _page(browser, DESK)
    Desk(page, server.url).signs_in("nadia")
    waits = page.get_by_role("region", name="Wat wacht")
    waits.get_by_role("link", name=re.compile("Crisis|Snel")).first.click()
    expect(page.get_by_role("article", name="Het dossier")).to_be_visible()
    expect(page.get_by_role("button", name="Ik pak dit op")).to_be_visible()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    _takes(page, "desk.png")


def _takes(page: Page, name: str) -> None:
    path = PICTURES / name
    page.screenshot(path=path, animations="disabled", caret="hide")
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size // 1000} kB")
    if size > LARGEST:
        raise SystemExit(f"{name} is larger than {LARGEST // 1000} kB")


if __name__ == "__main__":
    main()

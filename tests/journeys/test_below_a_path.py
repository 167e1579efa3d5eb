"""The whole app below a path, as behind a municipality's own proxy: with signal and without."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desking import Desk
from tests.journeys.holding import counts, gained
from tests.journeys.server import Server

PREFIX = "/hulp/voordeur"
ADDRESSES = "(links) => links.map((link) => link.getAttribute('href'))"


@pytest.fixture
def mounted(demo_data: Path, tmp_path: Path) -> Iterator[Server]:
    """A server whose app lives below a path."""
    data_dir = tmp_path / "server"
    shutil.copytree(demo_data, data_dir)
    running = Server(data_dir, prefix=PREFIX)
    running.start()
    yield running
    running.stop()


def test_a_deep_link_opens_below_a_path_online_and_offline(
    mounted: Server, phone: PhoneBrowser
) -> None:
    asked: list[str] = []
    page = phone.open()
    phone.context.on("request", lambda request: asked.append(_path(request)))
    anna = Volunteer(page, mounted.url)
    anna.signs_in("anna")
    for href in page.locator("a[href]").evaluate_all(ADDRESSES):
        assert re.match(rf"{PREFIX}/|#|tel:", href), href
    scope = "navigator.serviceWorker.ready.then(({ scope }) => new URL(scope).pathname)"
    assert page.evaluate(scope) == f"{PREFIX}/"

    door = anna.opens_next_door()
    assert page.url == f"{mounted.origin}{PREFIX}{door}"
    anna.goes_to(door)
    name = anna.name_of_door()

    before = counts(mounted)
    mounted.stop()
    anna.reloads()
    assert anna.name_of_door() == name
    page.get_by_role("link", name="Vandaag").click()
    expect(page).to_have_url(f"{mounted.url}/")
    anna.finds_nobody_home()
    anna.sees_waiting(1)
    anna.reloads()
    anna.sees_waiting(1)

    mounted.start()
    anna.sends_all()
    assert gained(mounted, before) == {"contact_attempt": 1}
    assert [path for path in asked if not f"{path}/".startswith(f"{PREFIX}/")] == []


def test_a_desk_works_below_a_path(mounted: Server, desk: Page) -> None:
    Desk(desk, mounted.url).signs_in("sofie")
    desk.get_by_role("link", name="Campagnes", exact=True).click()
    expect(desk).to_have_url(f"{mounted.url}/desk/campaigns")
    desk.reload()
    desk.get_by_role("link", name="De Wilgen").click()
    expect(desk.get_by_role("heading", level=1, name="De Wilgen")).to_be_visible()
    for href in desk.locator("a[href]").evaluate_all(ADDRESSES):
        assert re.match(rf"{PREFIX}/|#|tel:", href), href


def _path(request: Request) -> str:
    return "/" + request.url.split("/", 3)[3]

"""The installed app and a tab of the same browser: one store, one effect, one sync at a time."""

import time
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Request, Route, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import counts, gained
from tests.journeys.locking import MOVE
from tests.journeys.server import Server
from tests.journeys.wire import SYNC

INSTALLED = "matchMedia('(display-mode: standalone)').matches"
# At one moment in both windows; a click of ours would come when the other's is done.
TOGETHER = "(button, at) => setTimeout(() => button.click(), at - Date.now())"
# Seconds that an answer is held, so that a second request would meet it; milliseconds ahead.
HELD = 0.3
AHEAD = 700


@dataclass
class Turns:
    """How many syncs there were, and how many at once."""

    now: int = 0
    most: int = 0
    all: int = 0

    def follow(self, context: BrowserContext) -> None:
        """From now on, in every window."""
        context.on("request", self._begins)
        context.on("requestfinished", self._ends)
        context.on("requestfailed", self._ends)
        context.route(SYNC, self._holds)

    def _begins(self, request: Request) -> None:
        if request.url.endswith("/v1/sync"):
            self.now += 1
            self.all += 1
            self.most = max(self.most, self.now)

    def _ends(self, request: Request) -> None:
        if request.url.endswith("/v1/sync"):
            self.now -= 1

    def _holds(self, route: Route) -> None:
        time.sleep(HELD)
        route.continue_()


def _click_together(*buttons: Locator) -> None:
    at = time.time() * 1000 + AHEAD
    for button in buttons:
        button.evaluate(TOGETHER, at)


def test_the_installed_app_and_a_tab_write_one_outcome_and_sync_one_at_a_time(
    server: Server, phone: PhoneBrowser
) -> None:
    app = Volunteer(phone.open(app=f"{server.url}/"), server.url)
    app.signs_in("anna")
    tab = Volunteer(phone.context.new_page(), server.url, app.words)
    tab.goes_to("/")
    windows = (app, tab)
    assert [one.page.evaluate(INSTALLED) for one in windows] == [True, False]
    before = counts(server)

    # Both stand at the same door and find nobody home at the same moment.
    app.page.context.set_offline(True)
    assert app.opens_next_door() == tab.opens_next_door()
    _click_together(*(one.page.get_by_role("button", name="Niemand thuis") for one in windows))
    for one in windows:
        expect(one.page.get_by_role("heading", level=1, name="Vandaag")).to_be_visible()
        one.sees_waiting(1)
    assert app.name_of_next_door() == tab.name_of_next_door()

    turns = Turns()
    turns.follow(phone.context)
    app.page.context.set_offline(False)
    for one in windows:
        one.page.evaluate(MOVE, "/outbox")
    again = [one.page.get_by_role("button", name="Nu proberen") for one in windows]
    for button in again:
        button.wait_for()
    for _ in range(3):
        _click_together(*again)
        app.page.wait_for_timeout(AHEAD + 2 * HELD * 1000)
    for one in windows:
        expect(one.page.get_by_text("Er wacht niets op deze telefoon.")).to_be_visible()
        one.sees_everything_in()
    assert turns.all >= 3
    assert turns.most == 1
    assert gained(server, before) == {"contact_attempt": 1}

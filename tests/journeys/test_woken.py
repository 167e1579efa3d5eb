"""Background Sync: the browser wakes a phone that gave up trying for minutes."""

from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import counts, gained
from tests.journeys.server import Server

TAG = "voordeur-wake"
# After so many failures in a row the app itself waits for more than two minutes.
FAILURES = 8
TAGS = "navigator.serviceWorker.ready.then((found) => found.sync.getTags())"


def _the_browser_says_that_there_is_a_line(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"]),
    )
    session.send("ServiceWorker.enable")
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            # Asked last: by then the registration has been told.
            "origin": page.evaluate("location.origin"),
            "registrationId": found[0],
            "tag": TAG,
            "lastChance": False,
        },
    )


def test_what_waits_goes_as_soon_as_the_browser_finds_a_line(
    server: Server, phone: PhoneBrowser
) -> None:
    page = phone.open()
    anna = Volunteer(page, server.url)
    anna.signs_in("anna")
    before = counts(server)
    server.stop()
    anna.finds_nobody_home()
    page.get_by_role("link", name="1 op deze telefoon").click()
    for _ in range(FAILURES):
        anna.retries()
    assert page.evaluate(TAGS) == [TAG]

    server.start()
    anna.sees_waiting(1)
    _the_browser_says_that_there_is_a_line(page)
    expect(page.get_by_text("Er wacht niets op deze telefoon.")).to_be_visible()
    assert gained(server, before) == {"contact_attempt": 1}

"""A newer app waits until nobody is in a talk, in any window; then every window has it."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.locking import SHUT, heading, open_with
from tests.journeys.server import Server

WORDS = "De ketel is stuk sinds maandag."
LOOK = "navigator.serviceWorker.getRegistration().then((found) => found.update().then(() => true))"
WAITS = "navigator.serviceWorker.getRegistration().then((found) => found.waiting !== null)"
MARK = "() => { window.beforeTheUpdate = true; }"
MARKED = "window.beforeTheUpdate === true"
# The browser lets go of a talk's lock a moment after its screen closed.
NOBODY_TALKS = """async () =>
  (await navigator.locks.query()).held.every(({ name }) => name !== 'voordeur-talk')"""


def _banner(page: Page) -> Locator:
    return page.get_by_role("status").filter(has=page.get_by_role("button", name="Nu bijwerken"))


def test_a_talk_is_never_reloaded_away(server: Server, phone: PhoneBrowser) -> None:
    page = phone.open()
    anna = Volunteer(page, server.url)
    anna.signs_in("anna")
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.types(WORDS)
    talk.is_saved()

    server.stop()
    server.app = "tests.journeys.newer:create_app()"
    server.start()
    other = phone.context.new_page()
    other.goto(server.url)
    open_with(other, anna.words)
    other.evaluate(LOOK)
    expect(_banner(other)).to_be_visible()
    expect(_banner(page)).to_have_count(0)
    for tab in (page, other):
        tab.evaluate(MARK)

    other.get_by_role("button", name="Nu bijwerken").click()
    expect(other.get_by_text("staat nog een gesprek open")).to_be_visible()
    assert other.evaluate(WAITS)
    assert page.evaluate(MARKED)
    expect(talk.words).to_have_value(WORDS)

    anna.goes_to("/")
    other.wait_for_function(NOBODY_TALKS)
    other.get_by_role("button", name="Nu bijwerken").click()
    for tab in (page, other):
        expect(heading(tab, SHUT)).to_be_visible()
        assert not tab.evaluate(MARKED)
    assert not other.evaluate(WAITS)
    expect(_banner(other)).to_have_count(0)

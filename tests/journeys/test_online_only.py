"""Where a browser may not or cannot hold anything: it says so, and the door is never blocked."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.journeys.acting import Volunteer, sign_in
from tests.journeys.console import Console
from tests.journeys.holding import counts, gained, server_knows
from tests.journeys.locking import MOVE, heading
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
)
SMALL = {"width": 375, "height": 667}
IN_A_TAB = "Object.defineProperty(Navigator.prototype, 'standalone', { get: () => false });"
REFUSES = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };"
HAS_NONE = "Object.defineProperty(window, 'indexedDB', { value: undefined });"
LOCKDOWN = f"{HAS_NONE} delete window.WebAssembly;"
FULL = """
if (navigator.storage) navigator.storage.estimate = () => Promise.resolve({ quota: 0 });
"""
HOME, ONLINE = "Zet Voordeur op je beginscherm", "Alleen met internet"
BEGIN = "Nu alleen met internet werken"
KEPT = """
async () => JSON.stringify({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  local: Object.keys(localStorage).sort(),
  session: { ...sessionStorage },
})
"""
WORDS = "Het dak lekt, al sinds de winter."


@contextmanager
def _phone(browser: Browser, script: str, agent: str | None = None) -> Iterator[Page]:
    """A browser in which something is different from the first script on."""
    context = browser.new_context(
        viewport={"width": SMALL["width"], "height": SMALL["height"]},
        user_agent=agent,
        has_touch=True,
        is_mobile=True,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    context.set_default_timeout(20_000)
    context.add_init_script(script)
    console = Console()
    console.listens(context)
    yield context.new_page()
    context.close()
    console.is_quiet()


@pytest.fixture
def iphone(browser: Browser) -> Iterator[Page]:
    """Voordeur in a tab of Safari."""
    with _phone(browser, IN_A_TAB, IPHONE) as page:
        yield page


def _works_online(page: Page, server: Server, title: str) -> Volunteer:
    """Sign in, read the word, and go on without keeping anything."""
    sign_in(page, server.url, "anna")
    expect(heading(page, title)).to_be_visible()
    page.get_by_role("button", name=BEGIN).click()
    expect(heading(page, "Vandaag")).to_be_visible()
    anna = Volunteer(page, server.url)
    anna.sees_everything_in()
    return anna


def _finds_nobody_home(anna: Volunteer) -> None:
    anna.next_door.wait_for()
    anna.next_door.get_by_role("button", name="Niemand thuis").click()
    expect(anna.page.get_by_role("status").filter(has_text="Wordt verstuurd:")).to_be_visible()
    expect(anna.page.get_by_text("Opgeslagen")).to_have_count(0)


def test_an_iphone_tab_shows_the_way_to_the_home_screen_and_keeps_nothing(
    server: Server, iphone: Page
) -> None:
    before = counts(server)
    sign_in(iphone, server.url, "anna")
    expect(heading(iphone, HOME)).to_be_visible()
    for step in ("deelknop", "‘Zet op beginscherm’", "‘Voeg toe’", "vanaf je beginscherm"):
        expect(iphone.get_by_role("listitem").filter(has_text=step)).to_be_visible()
    iphone.get_by_role("button", name=BEGIN).click()
    anna = Volunteer(iphone, server.url)
    anna.sees_everything_in()
    expect(iphone.get_by_text("Zonder internet gaat hier niets mee.")).to_be_visible()

    door = anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.answers("graag hulp")
    talk.words.fill(WORDS)
    expect(iphone.get_by_role("status").filter(has_text="Wordt verstuurd")).to_be_visible()
    talk.words.blur()
    expect(iphone.get_by_role("status").filter(has_text="Binnen")).to_be_visible()
    talk.to_overview()
    talk.ends()
    anna.sees_everything_in()
    assert server_knows(server, WORDS)
    arrived = gained(server, before)
    assert arrived["note"] == 1
    kept = json.loads(iphone.evaluate(KEPT))
    assert kept == {
        "databases": [],
        "local": ["voordeur.language", "voordeur.online"],
        "session": {},
    }

    iphone.reload()
    _works_online(iphone, server, HOME)
    iphone.evaluate(MOVE, door)
    iphone.get_by_role("link", name="Verder met het gesprek").click()
    talk.opens_domain("Wonen")
    expect(iphone.get_by_text(WORDS)).to_be_visible()
    assert gained(server, before) == arrived


@pytest.mark.parametrize(
    ("script", "word"),
    [
        (REFUSES, "Zit je in een privévenster?"),
        (HAS_NONE, "Zit je in een privévenster?"),
        (LOCKDOWN, "staat de isolatiemodus aan"),
        (FULL, "Het geheugen van deze telefoon is vol."),
    ],
    ids=["storage refused", "no storage", "lockdown", "no room"],
)
def test_a_browser_that_holds_nothing_says_why_and_works(
    server: Server, browser: Browser, script: str, word: str
) -> None:
    before = counts(server)
    with _phone(browser, script) as page:
        sign_in(page, server.url, "anna")
        expect(page.get_by_text(word)).to_be_visible()
        anna = _works_online_from_here(page, server)
        _finds_nobody_home(anna)
        anna.sees_everything_in()
        assert gained(server, before) == {"contact_attempt": 1}


def _works_online_from_here(page: Page, server: Server) -> Volunteer:
    expect(heading(page, ONLINE)).to_be_visible()
    page.get_by_role("button", name=BEGIN).click()
    anna = Volunteer(page, server.url)
    anna.sees_everything_in()
    return anna


def test_what_waits_holds_the_page_until_it_is_in(server: Server, iphone: Page) -> None:
    before = counts(server)
    iphone.clock.install()
    anna = _works_online(iphone, server, HOME)
    # A dead spot: the screens are here already, whether there is a worker or not.
    iphone.wait_for_load_state("networkidle")
    server.stop()
    _finds_nobody_home(anna)
    expect(iphone.get_by_role("link", name="1 nog niet binnen")).to_be_visible()

    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    iphone.once("dialog", stays)
    iphone.evaluate("setTimeout(() => location.reload())")
    iphone.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    iphone.evaluate(MOVE, "/help")
    iphone.get_by_role("button", name="Uitloggen").click()
    sheet = iphone.get_by_role("dialog")
    expect(sheet.get_by_text("Log je nu uit, dan is het weg.")).to_be_visible()
    iphone.keyboard.press("Escape")

    iphone.clock.fast_forward("06:00")
    card = iphone.get_by_role("button", name="Terug", exact=True)
    card.click()
    expect(iphone.get_by_role("link", name="1 nog niet binnen")).to_be_visible()

    server.start()
    iphone.clock.fast_forward("05:00")
    expect(iphone.get_by_role("heading", name="Welkom")).to_have_count(0)
    card.click()
    anna.sees_everything_in()
    assert gained(server, before) == {"contact_attempt": 1}
    iphone.clock.fast_forward("06:00")
    expect(iphone.get_by_text("Je bent uitgelogd")).to_be_attached()
    expect(iphone.get_by_label("E-mailadres")).to_be_attached()


def test_everybody_can_use_it(server: Server, iphone: Page) -> None:
    sweep = Sweep(iphone, server.url, phone=True)
    sign_in(iphone, server.url, "anna")
    expect(heading(iphone, HOME)).to_be_visible()
    expect(iphone.get_by_role("button", name=BEGIN)).to_be_visible()
    sweep.looks("the way to the home screen")
    iphone.get_by_role("button", name=BEGIN).click()
    anna = Volunteer(iphone, server.url)
    anna.sees_everything_in()
    # So tall that the bar at the thumb lies over no row while axe looks.
    iphone.set_viewport_size({"width": 375, "height": 3200})
    sweep.looks("today")
    iphone.wait_for_load_state("networkidle")
    server.stop()
    _finds_nobody_home(anna)
    sweep.looks("something waits")
    for path in ("/outbox", "/help"):
        sweep.goes(path)
    iphone.get_by_role("button", name=re.compile("^Uitloggen")).click()
    sweep.looks("signing out while something waits")
    sweep.ends()


def test_the_other_words_can_be_used_by_everybody(server: Server, browser: Browser) -> None:
    with _phone(browser, HAS_NONE) as page:
        sweep = Sweep(page, server.url, phone=True)
        sign_in(page, server.url, "anna")
        expect(page.get_by_role("button", name="Opnieuw proberen")).to_be_visible()
        sweep.looks("with internet only")
        sweep.ends()

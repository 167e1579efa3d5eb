"""From the letter on the doormat to the volunteer at the door: a resident chooses."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.console import Console
from tests.journeys.desking import Desk
from tests.journeys.letting import Letter, Office
from tests.journeys.server import Server

SMALL_PHONE = {"width": 360, "height": 740}
LARGEST = 60 * 1024
NOTHING_KEPT = """
async () => ({
  local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
  databases: await indexedDB.databases(), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})
"""
NOTHING = {
    "local": {},
    "session": {},
    "cookies": "",
    "databases": [],
    "caches": [],
    "workers": 0,
}


@pytest.fixture
def home(browser: Browser) -> Iterator[BrowserContext]:
    """A resident's own phone."""
    context = browser.new_context(
        viewport={"width": SMALL_PHONE["width"], "height": SMALL_PHONE["height"]},
        is_mobile=True,
        has_touch=True,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    context.set_default_timeout(20_000)
    console = Console()
    console.listens(context)
    yield context
    context.close()
    console.is_quiet()


@pytest.fixture
def office(server: Server) -> Office:
    """A supervisor whose letter is written."""
    made = Office(server)
    made.writes()
    return made


def _opens(context: BrowserContext, letter: Letter) -> Page:
    """Scan the square on the letter."""
    page = context.new_page()
    page.goto(letter.link)
    expect(page.get_by_role("heading", name="Wij komen graag bij u langs")).to_be_visible()
    return page


def _chooses(page: Page, choice: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{choice}")).check()


def _sends(page: Page) -> None:
    page.get_by_role("button", name="Versturen").click()


def _is_done(page: Page) -> None:
    heading = page.get_by_role("heading", name="Dank u wel. Dit is doorgegeven.")
    expect(heading).to_be_focused()


def test_from_the_letter_to_the_volunteers_phone(
    server: Server, office: Office, home: BrowserContext, phone: PhoneBrowser, desk: Page
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    number, _, street = anna.name_of_next_door().partition(" ")
    letter = office.prints(f"{street} {number}")

    page = _opens(home, letter)
    assert page.url == f"{server.url}/b"  # the code left the address bar
    _chooses(page, "Kom op een ander moment")
    page.get_by_role("checkbox", name="In de avond, na 18 uur").check()
    _sends(page)
    _is_done(page)
    anna.sends_all()
    anna.goes_to("/")
    expect(anna.next_door.get_by_text("liever avond")).to_be_visible()

    page.get_by_role("button", name="Iets anders kiezen").click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    _chooses(page, "Kom liever niet")
    page.get_by_role("radio", name="Ik krijg al hulp").check()
    _sends(page)
    _is_done(page)
    anna.sends_all()
    anna.goes_to("/")
    row = anna.shows_done_doors().get_by_role("link").filter(has_text=f"{number} {street}")
    expect(row).to_contain_text("niet bellen")
    expect(phone.context.pages[0].get_by_text("hulp", exact=True)).to_have_count(0)

    page.get_by_role("button", name="Iets anders kiezen").click()
    _chooses(page, "Bel mij")
    page.get_by_label("Uw telefoonnummer", exact=True).fill("06-12345678")
    page.get_by_role("checkbox", name=re.compile("^Ja, de gemeente mag mij bellen")).check()
    _sends(page)
    _is_done(page)
    assert page.evaluate(NOTHING_KEPT) == NOTHING

    _the_desk_sees_it(desk, server, f"{street} {number}")


def _the_desk_sees_it(desk: Page, server: Server, door: str) -> None:
    Desk(desk, server.url).signs_in("sofie")
    desk.goto(f"{server.url}/desk")
    desk.get_by_role("link", name="1 bewoner wil gebeld worden").click()
    expect(desk.get_by_role("link", name="0612345678 bellen")).to_be_visible()
    desk.get_by_role("button", name=f"Gebeld: {door}").click()
    expect(desk.get_by_role("heading", name="Gebeld", exact=True)).to_be_visible()
    expect(desk.get_by_text("0612345678")).to_have_count(0)
    desk.goto(f"{server.url}/desk/campaigns")
    desk.get_by_role("link", name="De Wilgen openen").click()
    expect(desk.get_by_text("1 deur: liever niet")).to_be_visible()
    expect(desk.get_by_text("krijgt al hulp")).to_have_count(0)
    desk.get_by_text("Brief in andere handen").click()
    desk.get_by_label("Straat en huisnummer").fill(door)
    desk.get_by_role("button", name="Zoeken").click()
    desk.get_by_role("button", name=f"Nieuwe code voor {door}", exact=True).click()
    expect(desk.get_by_text(f"{door} heeft een nieuwe code.")).to_be_visible()
    expect(desk.get_by_text("Nog niemand koos iets op de pagina bij de brief.")).to_be_visible()


def test_without_a_camera_the_short_code_opens_the_page(
    server: Server, office: Office, home: BrowserContext
) -> None:
    letter = office.prints("Wilgenhof 2")
    page = home.new_page()
    page.goto(f"{server.url}/b")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_label("Code")).to_be_focused()
    expect(page.get_by_text("Vul uw huisnummer in.")).to_be_visible()
    page.get_by_label("Code").fill("ABCD-EFGH")
    page.get_by_label("Huisnummer").fill(letter.house_number)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    expect(page.get_by_label("Huisnummer")).to_have_value(letter.house_number)
    page.get_by_label("Code").fill(letter.short.lower().replace("-", " "))
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Wij komen graag bij u langs")).to_be_visible()
    text = page.locator("main").inner_text()
    assert letter.street not in text
    assert "zonnebloem" not in text


def test_what_was_typed_survives_another_language_and_a_cut_line(
    server: Server, office: Office, home: BrowserContext
) -> None:
    page = _opens(home, office.prints("Wilgenhof 2"))
    _chooses(page, "Bel mij")
    page.get_by_label("Uw telefoonnummer", exact=True).fill("0612345678")
    page.get_by_label("Taal").select_option("العربية")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_label("رقم هاتفكم", exact=True)).to_have_value("0612345678")
    page.get_by_label("اللغة").select_option("Türkçe")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.get_by_role("checkbox", name=re.compile("^Evet, belediye")).check()
    server.stop()
    page.get_by_role("button", name="Gönder").click()
    expect(page.get_by_role("alert")).to_contain_text("Bağlantı yok")
    expect(page.get_by_label("Telefon numaranız", exact=True)).to_have_value("0612345678")
    server.start()
    page.get_by_role("button", name="Gönder").click()
    expect(page.get_by_role("heading", name="Teşekkürler. Bu iletildi.")).to_be_visible()
    expect(page.get_by_text("0612345678")).to_have_count(0)
    assert office.counts()["calls"] == 1


def test_too_many_tries_say_when_again(
    server: Server, office: Office, home: BrowserContext
) -> None:
    page = home.new_page()
    page.goto(f"{server.url}/b")
    for _ in range(7):
        page.get_by_label("Code").fill("ABCD-EFGH")
        page.get_by_label("Huisnummer").fill("2")
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("button", name="Verder")).to_be_enabled()
    expect(page.get_by_role("alert")).to_contain_text(
        re.compile(r"Probeer het na \d\d:\d\d nog eens")
    )


def test_a_reload_keeps_no_code_and_a_volunteers_own_browser_opens_the_page_too(
    server: Server, office: Office, phone: PhoneBrowser
) -> None:
    """The app's worker answers for the app: the page behind a letter comes from the server."""
    letter = office.prints("Wilgenhof 2")
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    page = phone.context.new_page()
    page.goto(letter.link)
    expect(page.get_by_role("heading", name="Wij komen graag bij u langs")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Vul de code van uw brief in")).to_be_visible()


def test_the_code_is_in_no_address_that_is_asked_and_in_no_log(
    server: Server, office: Office, home: BrowserContext
) -> None:
    letter = office.prints("Wilgenhof 2")
    asked: list[Request] = []
    home.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - no builtins
    page = _opens(home, letter)
    _chooses(page, "Kom gerust langs")
    _sends(page)
    _is_done(page)
    code = urlsplit(letter.link).fragment
    assert len(code) == 16
    # The browser's own word for the page holds what follows #; what it sends does not.
    sent = [one for one in asked if one.resource_type != "document"]
    assert sent
    assert [one.url for one in sent if code in one.url] == []
    assert not any(code in str(one.headers) or "cookie" in one.headers for one in sent)
    assert code not in server.log.read_text()
    assert letter.short not in server.log.read_text()


def test_the_page_is_small(server: Server, office: Office, home: BrowserContext) -> None:
    came: list[Request] = []
    letter = office.prints("Wilgenhof 2")
    page = home.new_page()
    page.on("requestfinished", lambda request: came.append(request))  # noqa: PLW0108 - no builtins
    page.goto(letter.link)
    expect(page.get_by_role("heading", name="Wij komen graag bij u langs")).to_be_visible()
    page.wait_for_load_state("networkidle")
    weights = [one.sizes()["responseBodySize"] for one in came if "/v1/" not in one.url]
    assert len(weights) >= 3
    assert sum(weights) <= LARGEST, weights

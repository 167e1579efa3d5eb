"""The resident's page in every state and language: axe finds nothing, doubled loses nothing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desking import Desk
from tests.journeys.letting import Office
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server
from tests.journeys.test_resident import SMALL_PHONE

LANGUAGES = ("nl", "en", "tr", "ar", "pl")


@pytest.fixture
def sweep(browser: Browser, server: Server) -> Iterator[Sweep]:
    context = browser.new_context(
        viewport={"width": SMALL_PHONE["width"], "height": SMALL_PHONE["height"]},
        is_mobile=True,
        has_touch=True,
        locale="nl-NL",
    )
    context.set_default_timeout(20_000)
    made = Sweep(context.new_page(), server.url, phone=True)
    yield made
    context.close()
    made.ends()


def _in_every_language(sweep: Sweep, name: str) -> None:
    for language in LANGUAGES:
        sweep.page.locator("header select").select_option(language)
        expect(sweep.page.locator("html")).to_have_attribute("lang", language)
        sweep.looks(f"{name}, {language}")


def test_the_desk_s_side_of_it(desk: Page, server: Server) -> None:
    office = Office(server)
    office.writes()
    made = Sweep(desk, server.url)
    Desk(desk, server.url).signs_in("sofie")
    made.goes("/desk/calls")
    for number, choice in enumerate(("call", "rather_not", "another_time", "call")):
        office.answers(office.prints(f"Wilgenhof {2 + 2 * number}"), choice)
    made.goes("/desk/calls")
    desk.get_by_role("button", name="Gebeld: ").first.click()
    expect(desk.get_by_role("heading", name="Gebeld", exact=True)).to_be_visible()
    made.looks("one was called")
    made.moves(f"/desk{office.path}")
    desk.get_by_text("Brief in andere handen").click()
    desk.get_by_label("Straat en huisnummer").fill("Wilgenhof 2")
    desk.get_by_role("button", name="Zoeken").click()
    expect(desk.get_by_role("button", name="Nieuwe code voor").first).to_be_visible()
    made.looks("doors that may get another code")
    made.ends()


def test_every_state_of_the_resident_s_page(sweep: Sweep, server: Server) -> None:
    office = Office(server)
    office.writes()
    letter = office.prints("Wilgenhof 2")
    page = sweep.page
    page.goto(f"{server.url}/b")
    _in_every_language(sweep, "the form")
    page.locator("button[type=submit]").click()
    _in_every_language(sweep, "the form with nothing")
    page.goto(f"{server.url}/b#AAAA")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("."))
    _in_every_language(sweep, "a wrong code")
    page.goto(letter.link)
    expect(page.locator("#wanted")).to_be_visible()
    _in_every_language(sweep, "the letter")
    for choice in ("another_time", "rather_not", "call", "welcome"):
        page.locator(f"input[value={choice}]").check()
        if choice == "another_time":
            page.locator("summary").click()
        if choice in {"another_time", "call"}:
            page.locator("button[type=submit]").click()
        _in_every_language(sweep, choice)
    page.locator("button[type=submit]").click()
    expect(page.locator("main h1")).to_be_focused()
    _in_every_language(sweep, "done")
    page.locator("main button").click()
    page.locator("input[value=welcome]").check()
    server.stop()
    page.locator("button[type=submit]").click()
    expect(page.locator(".notice")).to_be_visible()
    _in_every_language(sweep, "without a line")

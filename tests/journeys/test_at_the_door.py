"""At the door without a line: the word to show, the letter to point at, a day in the calendar."""

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desk_waiting import Line
from tests.journeys.locking import heading
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server
from tests.letters.desk import LETTERHEAD

WORD = "zonnebloem"
FONT_SIZE = "(it) => parseFloat(getComputedStyle(it).fontSize)"
DRAWN = "(picture) => picture.complete && picture.naturalWidth > 500"


def printed(server: Server) -> dict[str, Any]:
    """A letter of the demo's campaign is written and printed; gives the campaign."""
    sofie = Line(server, "sofie")
    (campaign,) = [c for c in sofie.gets("/campaigns")["items"] if c["state"] == "published"]
    path = f"/campaigns/{campaign['id']}"
    sofie.puts("/letterhead", LETTERHEAD)
    texts = sofie.gets(f"{path}/letter")["ready_texts"]
    sofie.puts(f"{path}/letter", {"recognition_word": WORD, "waiting_days": 7, "texts": texts})
    sofie.posts(f"{path}/print-runs", {})
    return dict(campaign)


@pytest.fixture
def anna(phone: PhoneBrowser, server: Server) -> Volunteer:
    printed(server)
    volunteer = Volunteer(phone.open(), server.url)
    volunteer.signs_in("anna")
    return volunteer


def _sees_the_word(page: Page) -> None:
    page.get_by_role("link", name="Laat dit woord zien").click()
    expect(heading(page, "Herkenningswoord")).to_be_visible()
    expect(page.get_by_text(WORD, exact=True)).to_be_visible()


def test_the_word_and_the_letter_are_there_without_a_line(anna: Volunteer, server: Server) -> None:
    page = anna.page
    expect(page.get_by_role("link", name="Laat dit woord zien")).to_be_visible()
    page.wait_for_load_state("networkidle")
    server.stop()
    _sees_the_word(page)
    size = page.get_by_text(WORD, exact=True).evaluate(FONT_SIZE)
    assert size >= 36
    page.get_by_role("link", name="Terug", exact=True).click()
    anna.opens_next_door()
    _sees_the_word(page)
    page.get_by_role("link", name="Terug", exact=True).click()
    page.get_by_role("link", name="Onze brief").click()
    picture = page.get_by_role("img", name="Onze brief in het Nederlands, bladzijde 1 van 1")
    expect(picture).to_be_visible()
    page.wait_for_function(DRAWN, arg=picture.element_handle())
    before = picture.evaluate("(it) => it.clientWidth")
    page.get_by_role("button", name="Groter").click()
    expect(picture).to_have_js_property("clientWidth", 2 * before)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("img", name="Onze brief in het English")).to_be_visible()


def test_a_later_moment_goes_into_the_calendar_and_nothing_else(
    anna: Volunteer, server: Server
) -> None:
    page = anna.page
    server.stop()
    door = anna.opens_next_door()
    page.get_by_role("button", name="Later terugkomen").click()
    page.get_by_role("dialog").get_by_role("listitem").first.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    anna.goes_to(door)
    with page.expect_download() as got:
        page.get_by_role("button", name="Zet in je agenda").click()
    (event,) = Calendar.from_ical(Path(got.value.path()).read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Voordeur-afspraak"
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "CLASS"}


def test_aftercare_goes_into_the_calendar_from_its_list(anna: Volunteer) -> None:
    page = anna.page
    anna.goes_to("/aftercare")
    with page.expect_download() as got:
        page.get_by_role("button", name="Zet in je agenda").first.click()
    content = Path(got.value.path()).read_text(encoding="utf-8")
    assert "SUMMARY:Voordeur-afspraak" in content
    assert "LOCATION" not in content


def test_everybody_can_read_the_word_and_the_letter(anna: Volunteer, server: Server) -> None:
    page = anna.page
    page.set_viewport_size({"width": 412, "height": 3200})
    sweep = Sweep(page, server.url, phone=True)
    sweep.looks("today with a letter")
    round_path = page.get_by_role("link", name="Laat dit woord zien").get_attribute("href") or ""
    sweep.goes(round_path)
    sweep.goes(round_path.replace("/word", "/letter"))
    page.get_by_role("button", name="Groter").click()
    sweep.looks("the letter, larger")
    nobody = "00000000-0000-4000-8000-000000000000"
    sweep.goes(f"/round/{nobody}/word")
    sweep.goes(f"/round/{nobody}/letter")
    sweep.ends()

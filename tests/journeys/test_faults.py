"""The phone's database fails under our hands: nothing is called saved that is not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.journeys.acting import Volunteer
from tests.journeys.breaking import breaks, can_break, takes_stores_away
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import count, counts, gained
from tests.journeys.locking import MOVE, SHUT, heading
from tests.journeys.server import Server
from tests.journeys.talking import SAVED

# What the screen says where somebody types, and where a door is tapped.
WORDS = {
    "full": ("Deze telefoon is vol", "Het geheugen van deze telefoon is vol"),
    "aborted": ("Dit is niet opgeslagen", "Het lukte de telefoon niet"),
    "closed": ("Dit is niet opgeslagen", "Probeer het nog eens"),
    "blocked": ("Sluit andere vensters van Voordeur", "Sluit alle vensters van Voordeur"),
}
# In these nothing can be read either.
READS = {"closed", "blocked"}


@pytest.fixture
def before(server: Server) -> dict[str, int]:
    """What the server held before Anna's talk, of which a part may arrive at any moment."""
    return counts(server)


@pytest.fixture
def anna(
    server: Server, before: dict[str, int], playwright_driver: Playwright, tmp_path: Path
) -> Iterator[Volunteer]:
    """Anna in a talk, on a phone whose database can be made to fail, and which may grumble."""
    phone = PhoneBrowser(playwright_driver, tmp_path / "phone")
    page = phone.open()
    can_break(phone.context)
    made = Volunteer(page, server.url)
    made.signs_in("anna")
    made.opens_next_door()
    talk = made.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    yield made
    phone.close()


def _says(page: Page, words: str) -> Locator:
    return page.get_by_text(re.compile(re.escape(words), re.IGNORECASE)).first


def test_a_database_that_fails_says_so_keeps_the_words_on_screen_and_goes_on_after_it(
    server: Server, before: dict[str, int], anna: Volunteer
) -> None:
    page, talk = anna.page, anna.talk()
    card = page.url.removeprefix(server.url)
    said = ""
    for fault, (typing, tapping) in WORDS.items():
        said += f"Bij {fault}. "
        breaks(page, fault)
        talk.words.fill(said)
        expect(_says(page, typing), fault).to_be_visible()
        expect(page.get_by_text(SAVED)).to_have_count(0)
        expect(talk.words).to_have_value(said)
        breaks(page, None)
        said += "Daarna. "
        talk.types(said)

        if fault in READS:
            # The list cannot be read, says so, and comes by itself when it can.
            breaks(page, fault)
            page.evaluate(MOVE, "/")
            expect(_says(page, tapping), fault).to_be_visible()
        else:
            page.evaluate(MOVE, "/")
            anna.next_door.wait_for()
            breaks(page, fault)
            anna.next_door.get_by_role("button", name="Niemand thuis").click()
            expect(_says(page, tapping), fault).to_be_visible()
            expect(page.get_by_text(re.compile("^Opgeslagen"))).to_have_count(0)
        breaks(page, None)
        anna.finds_nobody_home()
        page.evaluate(MOVE, card)
        expect(talk.words).to_have_value(said)

    anna.goes_to(card)
    expect(talk.words).to_have_value(said)
    anna.sends_all()
    arrived = gained(server, before)
    # The talk and a door for every fault.
    assert (arrived["contact_attempt"], arrived["note"]) == (1 + len(WORDS), 1)
    assert count(server, "note WHERE text = ?", said) == 1


@pytest.mark.parametrize("fault", ["closed", "blocked"])
def test_a_phone_whose_store_does_not_open_says_so_and_opens_it_later(
    server: Server, anna: Volunteer, fault: str
) -> None:
    page, card = anna.page, anna.page.url
    anna.talk().types("Dit staat er al.")
    page.add_init_script(f"window.fault = {fault!r}")
    page.goto(card)
    again = page.get_by_role("button", name="Opnieuw proberen")
    again.wait_for()
    expect(page.get_by_text("alles binnen")).to_have_count(0)
    breaks(page, None)
    again.click()
    expect(heading(page, SHUT)).to_be_visible()
    page.get_by_label("Je vier woorden").fill(" ".join(anna.words))
    page.get_by_role("button", name="Openen", exact=True).click()
    expect(anna.talk().words).to_have_value("Dit staat er al.")


def test_a_store_that_is_taken_away_while_it_is_open_is_put_back_whole(
    server: Server, before: dict[str, int], anna: Volunteer
) -> None:
    page, talk = anna.page, anna.talk()
    card = page.url.removeprefix(server.url)
    server.stop()
    talk.types("Van voor het wissen.")
    takes_stores_away(page, server.origin)
    talk.types("Van voor het wissen. En van erna.")
    # The same words open it, and the round is there too.
    anna.goes_to(card)
    expect(talk.words).to_have_value("Van voor het wissen. En van erna.")
    takes_stores_away(page, server.origin)
    page.evaluate(MOVE, "/")
    done = anna.finds_nobody_home()
    anna.reloads()
    anna.next_door.wait_for()
    assert anna.name_of_next_door() != done
    server.start()
    anna.sends_all()
    arrived = gained(server, before)
    assert (arrived["contact_attempt"], arrived["note"]) == (2, 1)
    assert count(server, "note WHERE text = ?", "Van voor het wissen. En van erna.") == 1

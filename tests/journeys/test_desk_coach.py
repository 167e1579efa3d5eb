"""The coach's desk by keyboard alone: take it on, ask, refuse, close."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.desk_acting import Keyboard
from tests.journeys.server import Server


@pytest.fixture
def keys(desk: Page, server: Server) -> Keyboard:
    keyboard = Keyboard(desk, server.url)
    keyboard.signs_in("nadia")
    return keyboard


def test_the_crisis_stands_first_and_is_taken_on_and_closed(keys: Keyboard) -> None:
    keys.lands("Overdrachten")
    first = _lines(keys).first
    expect(first).to_contain_text("Crisis")
    keys.presses(first)
    expect(keys.page.get_by_text("Crisis: neem vandaag contact op")).to_be_visible()
    keys.button("Ik pak dit op")
    _says(keys, "Je hebt dit opgepakt")
    keys.button("Afronden")
    keys.button("Afronden")
    _is_refused(keys, "Hoe is het afgelopen?")
    keys.picks("Hoe is het afgelopen?", "Geholpen")
    keys.types("Notitie voor het team (niet verplicht)", "Loopt goed.")
    keys.button("Afronden")
    _says(keys, "Dit is afgerond")


def test_a_question_goes_back_and_what_is_not_ours_is_refused(keys: Keyboard) -> None:
    _opens_new(keys)
    keys.button("Vraag stellen")
    keys.types("Je vraag aan de vrijwilliger", "Wanneer is iemand thuis?")
    keys.button("Vraag sturen")
    _says(keys, "Je vraag is gestuurd")
    _opens_new(keys)
    keys.button("Niet aannemen")
    keys.button("Niet aannemen")
    _is_refused(keys, "Reden")
    keys.picks("Reden", "Ligt buiten onze wijk")
    keys.button("Niet aannemen")
    _says(keys, "Je hebt dit niet aangenomen")


def test_a_form_that_was_opened_by_mistake_is_left(keys: Keyboard) -> None:
    _opens_new(keys)
    keys.button("Niet aannemen")
    expect(keys.page.get_by_label("Reden", exact=True)).to_be_focused()
    keys.button("Nu niet")
    keys.reaches(keys.page.get_by_role("button", name="Ik pak dit op"))


def test_what_was_half_typed_is_there_after_a_look_elsewhere(keys: Keyboard) -> None:
    _opens_new(keys)
    keys.button("Vraag stellen")
    keys.types("Je vraag aan de vrijwilliger", "Wanneer is iemand")
    here = _lines(keys).and_(keys.page.locator("[aria-current=page]"))
    door = here.locator("strong").inner_text()
    keys.presses(_lines(keys).filter(has_not_text=door).filter(has_text="Nieuw").first)
    keys.reaches(keys.page.get_by_role("button", name="Vraag stellen"))
    keys.presses(_lines(keys).filter(has_text=door).first)
    expect(keys.page.get_by_label("Je vraag aan de vrijwilliger")).to_have_value(
        "Wanneer is iemand"
    )
    keys.types("Je vraag aan de vrijwilliger", "Wanneer is iemand thuis?")
    keys.button("Vraag sturen")
    _says(keys, "Je vraag is gestuurd")


def _lines(keys: Keyboard) -> Locator:
    return keys.page.get_by_role("region", name="Wat wacht").get_by_role("link")


def _opens_new(keys: Keyboard) -> None:
    keys.presses(_lines(keys).filter(has_text="Nieuw").first)
    expect(keys.page.get_by_role("article", name="Het dossier")).to_be_visible()


def _says(keys: Keyboard, words: str) -> None:
    """What was done stands where the focus is, so that it is read out."""
    said = keys.page.get_by_role("status").filter(has_text=words)
    expect(said).to_be_focused()


def _is_refused(keys: Keyboard, label: str) -> None:
    """The summary has the focus, and leads to the field."""
    summary = keys.page.get_by_role("alert")
    expect(summary).to_be_focused()
    keys.presses(summary.get_by_role("link"))
    expect(keys.page.get_by_label(label, exact=True)).to_be_focused()

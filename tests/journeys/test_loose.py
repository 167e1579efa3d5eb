"""A phone that nothing opens: writing goes on, and only the coordinator reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.acting import Volunteer, sign_in
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import ask, phone_holds
from tests.journeys.locking import CHOOSING, SHUT, begin_loose, choose_words, heading, keep_loose
from tests.journeys.scanning import Marks, marks_in
from tests.journeys.server import Server

LAPSED = "Te lang geen contact"
WAITS = "Eén losse notitie ligt op slot op deze telefoon en wacht op internet."


@pytest.fixture
def anna(server: Server, phone: PhoneBrowser) -> Volunteer:
    """Anna at the base, her phone just locked with words of her own."""
    made = Volunteer(phone.open(), server.url)
    made.signs_in("anna")
    return made


def _writes(page: Page, door: str, words: str, *, call: bool = False) -> None:
    begin_loose(page, door, words)
    if call:
        page.get_by_label("Mijn coördinator moet me vandaag bellen").check()
    keep_loose(page)


def _takes_a_loose_note(answer: Response) -> bool:
    said = answer.request.post_data or ""
    return answer.url.endswith("/v1/sealed-boxes") and '"why":"loose"' in said


def test_forgotten_words_and_no_line_still_let_a_volunteer_write(
    server: Server, phone: PhoneBrowser, anna: Volunteer, desk: Page
) -> None:
    page, marks = anna.page, Marks(seed=11)
    door, words = marks.take(), marks.take(12)
    page.context.set_offline(True)
    anna.finds_nobody_home()
    page.reload()
    page.get_by_role("button", name="Ik kan de app niet meer openen").click()
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_text("Er is nu geen verbinding.")).to_be_visible()
    _writes(page, door, words, call=True)
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.get_by_role("button", name="Klaar").click()
    expect(heading(page, SHUT)).to_be_visible()
    held = phone_holds(page)
    assert "loose:" in held
    assert not [mark for mark in marks.given if mark in held]
    # Who finds the words after all sees that something waits, and not what.
    anna.reloads()
    anna.sees_waiting(2)
    phone.close()
    assert marks_in(phone.profile) == {}

    page = phone.open()
    with page.expect_response(_takes_a_loose_note):
        page.goto(server.url)
    expect(heading(page, SHUT)).to_be_visible()
    assert ask(server, "SELECT kind, reason FROM quarantined") == [
        ("draft.loose", "sent-sealed-loose")
    ]
    # The words came back to her: the store opens as ever, and nothing waits any more.
    anna.page = page
    anna.goes_to("/outbox")
    expect(page.get_by_text("Er wacht niets op deze telefoon.")).to_be_visible()
    assert "loose:" not in phone_holds(page)

    sign_in(desk, server.url, "ruben")
    desk.wait_for_url("**/desk**")
    desk.goto(f"{server.url}/desk/quarantine")
    expect(desk.get_by_text("Losse notitie")).to_be_visible()
    expect(desk.get_by_text("Dringend", exact=True)).to_be_visible()
    desk.get_by_role("link", name="openen").click()
    desk.get_by_label("Waarom lees je dit?").fill("Anna belde")
    desk.get_by_role("button", name="Openen", exact=True).click()
    expect(desk.get_by_text("terwijl de app op slot was")).to_be_visible()
    expect(desk.get_by_text(words)).to_be_visible()
    expect(desk.get_by_text(door)).to_be_visible()


def test_a_phone_whose_reading_is_closed_is_written_on_and_brings_it_along(
    server: Server, anna: Volunteer
) -> None:
    page = anna.page
    anna.loses_the_line()
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=73))
    page.reload()
    expect(heading(page, LAPSED)).to_be_visible()
    _writes(page, "Wilgenhof 12", "Het dak lekt.")
    page.get_by_role("button", name="Nog iets opschrijven").click()
    page.get_by_role("radio", name="Het is een bericht van mijzelf").check()
    expect(page.get_by_label("Welke deur?")).to_have_count(0)
    page.get_by_label("Wat wil je opschrijven?").fill("Ik ben mijn pas kwijt.")
    page.get_by_role("button", name="Weggooien").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("2 losse notities liggen op slot")).to_be_visible()
    page.get_by_role("button", name="Klaar").click()
    expect(page.get_by_text("2 dingen zijn nog niet verstuurd.")).to_be_visible()
    page.reload()
    expect(heading(page, LAPSED)).to_be_visible()
    assert "Het dak lekt." not in phone_holds(page)

    page.context.set_offline(False)
    anna.words = choose_words(page)
    anna.sees_everything_in()
    kept = ask(server, "SELECT kind, reason FROM quarantined")
    assert kept == [("draft.loose", "sent-sealed-lapsed")] * 2


def test_what_is_typed_stays_under_ones_hands_when_the_line_comes_back(
    server: Server, anna: Volunteer
) -> None:
    page = anna.page
    anna.loses_the_line()
    page.clock.install()
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=73))
    page.reload()
    expect(heading(page, LAPSED)).to_be_visible()
    page.get_by_role("button", name="Toch iets opschrijven").click()
    page.get_by_role("radio", name="Ja, de bewoner zei ja").check()
    page.get_by_label("Wat wil je opschrijven?").fill("Half een zin")
    page.context.set_offline(False)
    page.clock.run_for(40_000)
    expect(page.get_by_label("Wat wil je opschrijven?")).to_have_value("Half een zin")
    # Nobody touches the phone any more: what was typed is sealed, and then the phone begins anew.
    page.clock.run_for(6 * 60_000)
    expect(heading(page, CHOOSING)).to_be_visible()
    assert ask(server, "SELECT kind FROM quarantined") == [("draft.loose",)]

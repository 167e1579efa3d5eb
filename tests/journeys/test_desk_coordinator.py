"""The coordinator's desk by keyboard alone: colleagues, calls, concerns, quarantine."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desk_acting import Keyboard
from tests.journeys.desk_waiting import FACTS, WORDS, Field, everything_waits
from tests.journeys.server import Server

NEW_PASSWORD = "groene fiets onder regen"


@pytest.fixture
def keys(desk: Page, server: Server) -> Keyboard:
    everything_waits(server)
    keyboard = Keyboard(desk, server.url)
    keyboard.signs_in("ruben")
    return keyboard


def test_a_colleague_is_invited_by_a_link_and_signs_in(
    desk: Page, server: Server, browser: Browser
) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keys = Keyboard(desk, server.url)
    keys.signs_in("ruben")
    _makes_coach(keys)
    keys.button("Uitnodiging maken")
    keys.button("Kopiëren")
    expect(desk.get_by_text("De link is gekopieerd.")).to_be_visible()
    link = str(desk.evaluate("navigator.clipboard.readText()"))
    with browser.new_context(locale="nl-NL") as elsewhere:
        colleague = Keyboard(elsewhere.new_page(), server.url)
        colleague.page.goto(link)
        colleague.types("Nieuw wachtwoord", NEW_PASSWORD)
        assert colleague.page.evaluate("location.hash") == ""
        colleague.button("Wachtwoord opslaan")
        expect(colleague.page.get_by_text("Je wachtwoord is opgeslagen")).to_be_visible()
        colleague.signs_in("mila@wilgendam.example", NEW_PASSWORD)
        colleague.lands("Overdrachten")


def test_who_asked_to_be_called_is_called(keys: Keyboard) -> None:
    keys.menu("Terugbellen")
    keys.button("Anna is gebeld")
    expect(keys.page.get_by_text("Niemand wacht op een telefoontje")).to_be_visible()
    expect(
        keys.page.get_by_role("status").filter(has_text="Anna staat op gebeld.")
    ).to_be_attached()


def test_a_concern_is_read_with_a_reason_and_decided(keys: Keyboard) -> None:
    keys.menu("Zorgen")
    keys.presses(keys.page.get_by_role("table").get_by_role("link", name="Zorg van Anna"))
    keys.lands("Een zorg")
    expect(keys.page.get_by_text(FACTS)).to_have_count(0)
    keys.types("Waarom lees je dit?", "Ik bel haar vandaag")
    keys.button("Openen")
    expect(keys.page.locator(":focus").get_by_text(FACTS)).to_be_visible()
    keys.chooses("Besluit", "Advies vragen")
    keys.types("Afweging", "Eerst overleg.")
    keys.button("Besluit vastleggen")
    expect(keys.page.get_by_text("Je besluit is vastgelegd")).to_be_visible()
    keys.chooses("Besluit", "Geen actie")
    keys.types("Afweging", "Er is een storing in de straat.")
    keys.button("Besluit vastleggen")
    expect(keys.page.get_by_text("Besloten", exact=True)).to_be_visible()
    expect(keys.page.locator(":focus").get_by_text("Je besluit is vastgelegd")).to_be_visible()


def test_what_could_not_be_applied_is_read_with_a_reason_and_settled(keys: Keyboard) -> None:
    keys.menu("Niet verwerkt")
    keys.presses(keys.page.get_by_role("table").get_by_role("link", name="Bericht van Anna"))
    keys.lands("Niet verwerkt bericht")
    expect(keys.page.get_by_text(WORDS)).to_have_count(0)
    keys.types("Waarom lees je dit?", "Nakijken wat het is")
    keys.button("Openen")
    expect(keys.page.locator(":focus").get_by_text(WORDS)).to_be_visible()
    keys.chooses("Wat gebeurt ermee?", "Weggooien")
    keys.types("Waarom kies je dit?", "Een oude app")
    keys.button("Afhandelen")
    expect(keys.page.get_by_text("Alles is verwerkt")).to_be_visible()
    keys.lands("Niet verwerkt")
    told = keys.page.get_by_role("status").filter(has_text="Het bericht van Anna is weggegooid.")
    expect(told).to_be_visible()


def test_a_volunteer_gets_a_certificate_and_a_week(keys: Keyboard) -> None:
    keys.menu("Vrijwilligers")
    ilse = keys.page.get_by_role("row").filter(has_text="Ilse Mulder")
    expect(ilse).to_contain_text("Verlopen")
    keys.picks("VOG", "Verlopen")
    expect(keys.page.get_by_role("table").get_by_role("link")).to_have_count(1)
    keys.link("Ilse Mulder openen")
    keys.lands("Ilse Mulder")
    expect(keys.page.get_by_text("Geen geldige VOG")).to_be_visible()
    keys.dates("Geldig tot en met", "01-01-2020")
    keys.ticks("zondag ochtend")
    keys.types("Zoek een straat", "Lisdodde")
    keys.ticks("Lisdodde")
    keys.button("Opslaan")
    wrong = keys.page.get_by_role("alert").get_by_role("link")
    expect(wrong).to_have_text("Geldig tot en met: Kies een dag na de datum van de VOG.")
    expect(keys.page.get_by_role("checkbox", name="zondag ochtend")).to_be_checked()
    keys.dates("Geldig tot en met", "12-12-2099")
    keys.button("Opslaan")
    expect(keys.page.get_by_text("Opgeslagen", exact=True)).to_be_visible()
    expect(keys.page.get_by_text("Geen geldige VOG")).to_have_count(0)
    keys.link("Vrijwilligers")
    expect(ilse).to_contain_text("zo ochtend")
    expect(ilse).to_contain_text("In orde")


def test_a_lost_phone_is_revoked_and_its_owner_has_another(keys: Keyboard, server: Server) -> None:
    Field(server)
    keys.menu("Telefoons")
    expect(keys.page.get_by_text("2 telefoons").first).to_be_visible()
    keys.presses(keys.page.get_by_role("button", name="Telefoon van Anna").first)
    sheet = keys.page.get_by_role("dialog", name="Telefoon van Anna de Wit intrekken")
    expect(sheet.get_by_text("Dit kan niet terug.")).to_be_visible()
    keys.button("Intrekken", sheet)
    told = keys.page.get_by_role("status").filter(has_text="van Anna de Wit is ingetrokken")
    expect(told).to_be_visible()
    expect(keys.page.locator(":focus").get_by_text("is ingetrokken")).to_be_visible()
    expect(keys.page.get_by_role("table").get_by_text("Ingetrokken")).to_have_count(1)
    expect(keys.page.get_by_text("2 telefoons")).to_have_count(0)


def test_a_rescue_file_comes_in_and_what_is_urgent_stands_first(
    keys: Keyboard, server: Server, tmp_path: Path
) -> None:
    anna = Field(server)
    anna.is_worried()
    anna.exports(tmp_path / "redding.json")
    (tmp_path / "anders.json").write_text("{}")
    keys.menu("Niet verwerkt")
    for name, told in (
        ("anders.json", "Dit is geen reddingsbestand"),
        ("redding.json", "1 bericht van Anna de Wit is ingelezen"),
    ):
        keys.hands_file("Bestand van de telefoon", tmp_path / name)
        keys.button("Bestand inlezen")
        expect(keys.page.get_by_text(told).first).to_be_visible()
    first = keys.page.get_by_role("table").get_by_role("row").nth(1)
    expect(first).to_contain_text("Dringend")
    expect(first).to_contain_text("Kwam uit een reddingsbestand")
    keys.menu("Wat vraagt aandacht")
    expect(
        keys.page.get_by_role("list", name="Wacht op jou").get_by_role("link").first
    ).to_have_text("1 dringend bericht is niet verwerkt")


def _makes_coach(keys: Keyboard) -> None:
    keys.menu("Collega’s")
    keys.link("Nieuwe collega")
    keys.lands("Nieuwe collega")
    keys.types("Naam", "Mila Zonneveld")
    keys.types("Voornaam", "Mila")
    keys.types("E-mailadres", "mila@wilgendam.example")
    keys.picks("Rol", "Wijkcoach")
    keys.picks("Team (niet verplicht)", "Wijkteam De Wilgen")
    keys.ticks("De Wilgen")
    keys.button("Account maken")
    keys.lands("Mila Zonneveld")

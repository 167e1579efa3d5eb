"""The desks of who sets up, who leads a team and who guards privacy, by keyboard alone."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk_acting import Keyboard
from tests.journeys.desk_waiting import everything_waits
from tests.journeys.server import Server


@pytest.fixture
def keys(desk: Page, server: Server) -> Keyboard:
    return Keyboard(desk, server.url)


def test_an_admin_changes_the_municipality_a_team_and_a_district(keys: Keyboard) -> None:
    keys.signs_in("beheer")
    keys.menu("Gemeente")
    keys.types("Naam van de gemeente", "Wilgendam aan Zee")
    settings = keys.page.get_by_role("region", name="Instellingen")
    keys.button("Opslaan", settings)
    expect(keys.page.get_by_text("Wilgendam aan Zee")).to_be_visible()
    reading = settings.get_by_label("Zo lang mag een telefoon lezen zonder contact")
    keys.types("Zo lang mag een telefoon lezen zonder contact", "337")
    keys.button("Opslaan", settings)
    expect(settings.get_by_role("alert")).to_be_focused()
    expect(reading).to_have_value("337")
    keys.types("Zo lang mag een telefoon lezen zonder contact", "48")
    keys.types("Op slot in een gesprek", "25")
    keys.button("Opslaan", settings)
    expect(settings.get_by_role("alert")).to_have_count(0)
    keys.page.reload()
    expect(reading).to_have_value("48")
    expect(settings.get_by_label("Op slot in een gesprek")).to_have_value("25")
    keys.button("De Wilgen wijzigen")
    keys.types("Naam van de wijk", "Wilgenkwartier")
    keys.page.keyboard.press("Enter")
    districts = keys.page.get_by_role("list", name="Wijken", exact=True)
    expect(districts).to_contain_text("Wilgenkwartier")
    keys.button("Wijkteam Oeverwijk wijzigen")
    keys.types("Piketnummer", "099-5550199")
    keys.button("Opslaan", keys.page.get_by_role("list", name="Wijkteams"))
    expect(keys.page.get_by_role("list", name="Wijkteams")).to_contain_text("099-5550199")
    keys.button("Team toevoegen")
    keys.button("Opslaan", keys.page.get_by_role("region", name="Wijkteams"))
    expect(keys.page.get_by_role("alert")).to_be_focused()
    expect(keys.page.get_by_role("alert").get_by_role("link")).to_have_count(3)


def test_a_team_lead_begins_with_who_asked_for_debt_help_and_the_hand_overs(keys: Keyboard) -> None:
    keys.signs_in("lieke")
    keys.lands("Overdrachten")
    waits = keys.page.get_by_role("region", name="Wat wacht")
    expect(waits.get_by_role("link").first).to_contain_text("Nog niemand heeft dit opgepakt")
    handed_over = waits.locator("a[href^='/desk/handovers/']:not([href*='debt-help'])")
    expect(handed_over.first).to_contain_text("Crisis")


def test_a_safeguarding_officer_begins_with_the_concerns(keys: Keyboard, server: Server) -> None:
    everything_waits(server)
    keys.signs_in("vera")
    keys.lands("Zorgen")
    expect(keys.page.get_by_role("table", name="Zorgen").get_by_text("Anna")).to_be_visible()


def test_a_privacy_officer_begins_with_the_trail_and_sees_the_roles(
    keys: Keyboard, server: Server
) -> None:
    everything_waits(server)
    keys.signs_in("wim")
    keys.lands("Logboek")
    expect(keys.page.get_by_text("Het logboek is heel")).to_be_visible()
    rows = keys.page.get_by_role("table", name="Logboek").locator("tbody tr")
    expect(rows.first).to_contain_text("Ingelogd")
    expect(rows.filter(has_text="Zorg gemeld")).to_contain_text("Anna de Wit")
    keys.menu("Rollen")
    roles = keys.page.get_by_role("table", name="Rollen")
    expect(roles.get_by_role("columnheader", name="Privacy-functionaris")).to_be_visible()
    expect(roles.get_by_role("rowheader", name="Het logboek lezen")).to_be_visible()


def test_what_stood_on_a_lost_phone_is_read_with_a_reason(keys: Keyboard, server: Server) -> None:
    everything_waits(server)
    keys.signs_in("wim")
    keys.menu("Telefoons")
    keys.presses(keys.page.get_by_role("link", name="Wat stond er op de telefoon van Anna de Wit"))
    keys.lands("Wat stond er op deze telefoon?")
    keys.types("Waarom lees je dit?", "De telefoon is gestolen")
    keys.button("Openen")
    shown = keys.page.locator(":focus")
    expect(shown.get_by_text("De opslag is niet verzegeld.")).to_be_visible()
    households = shown.get_by_role("table", name="Huishoudens").locator("tbody tr")
    expect(households.first).to_contain_text("het gesprek en het plan")
    keys.menu("Logboek")
    newest = keys.page.get_by_role("table", name="Logboek").locator("tbody tr").first
    expect(newest).to_contain_text("Gekeken wat er op een telefoon stond")
    expect(newest).to_contain_text("De telefoon is gestolen")


def test_a_trail_that_was_meddled_with_says_where(keys: Keyboard, server: Server) -> None:
    everything_waits(server)
    _meddles(server)
    keys.signs_in("wim")
    expect(keys.page.get_by_text("Het logboek klopt niet vanaf regel 2")).to_be_visible()


def _meddles(server: Server) -> None:
    """Somebody who can reach the database changes what stands there."""
    with closing(sqlite3.connect(server.data_dir / "voordeur.sqlite3")) as opened, opened:
        opened.execute("UPDATE trail_entry SET action = 'something.else' WHERE number = 2")

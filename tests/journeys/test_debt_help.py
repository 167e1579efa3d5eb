"""A request for debt help is asked without a line, and reaches the lead without a hand-over."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desk_acting import Keyboard
from tests.journeys.server import Server
from tests.journeys.talking import Talk

MONEY = "Geld en regelingen"
NOTE = "De post ligt in de la."


def test_a_request_reaches_the_lead_and_the_phone_hears_who_has_it(
    server: Server, phone: PhoneBrowser, desk: Page
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    server.stop()
    anna.opens_next_door()
    door = anna.name_of_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.agrees_to_contact("mevrouw T.", "06-77700777")
    talk.tells(MONEY, "graag hulp", NOTE)
    talk.opens_domain(MONEY)
    _asks_for_debt_help(talk)
    asked_at = anna.page.url.removeprefix(server.url)
    server.start()
    anna.sends_all()

    lead = Keyboard(desk, server.url)
    lead.signs_in("lieke")
    lead.lands("Overdrachten")
    asked = desk.get_by_role("list", name="Vraagt om schuldhulp").first
    lead.presses(asked.get_by_role("link").filter(has_text=door))
    request = desk.get_by_role("article", name="Het verzoek")
    expect(request).to_contain_text("mevrouw T.")
    expect(request).to_contain_text("06-77700777")
    expect(request).to_contain_text(re.compile("uiterlijk", re.IGNORECASE))
    expect(desk.get_by_text(NOTE)).to_have_count(0)
    lead.button("Ik pak dit op")
    expect(desk.get_by_role("status").filter(has_text="Je hebt dit opgepakt")).to_be_focused()

    anna.sends_all()
    anna.goes_to(asked_at)
    expect(anna.page.get_by_text("Het wijkteam heeft dit opgepakt.")).to_be_visible()
    _ends_after_the_first_talk(lead)


def _asks_for_debt_help(talk: Talk) -> None:
    talk.page.get_by_label("Vraagt om schuldhulp").check()
    talk.page.get_by_role("button", name=re.compile("^Ja, geef vandaag door")).click()
    talk.is_saved()
    expect(talk.page.get_by_text("De teamleider van de wijk krijgt dit")).to_be_visible()


def _ends_after_the_first_talk(lead: Keyboard) -> None:
    """Nothing chosen is refused in words; then it stands with what ended."""
    lead.button("Afronden")
    lead.button("Afronden")
    summary = lead.page.get_by_role("alert")
    expect(summary).to_be_focused()
    lead.presses(summary.get_by_role("link"))
    lead.picks("Hoe is het afgelopen?", "Eerste gesprek geweest")
    lead.button("Afronden")
    expect(lead.page.get_by_role("status").filter(has_text="Dit is afgerond")).to_be_focused()
    expect(lead.page.get_by_text("Er is niets meer te doen.")).to_be_visible()

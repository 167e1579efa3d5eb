"""Vouchers: codes put in at the desk, given without a line; a code given twice is named."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desking import Desk
from tests.journeys.holding import ask
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server
from tests.journeys.test_incident import _pictures as pictures

ANNAS = """
    SELECT round.id, round.campaign_id FROM round
    JOIN round_member ON round_member.round_id = round.id
    JOIN account ON account.id = round_member.account_id
    WHERE account.first_name = 'Anna' AND round.state = 'published' ORDER BY round.date
"""


@pytest.fixture
def where(server: Server) -> tuple[str, str]:
    """Anna's round and its campaign."""
    row = ask(server, ANNAS)[0]
    return str(UUID(str(row[0]))), str(UUID(str(row[1])))


def test_vouchers_are_given_offline_counted_at_the_desk_and_a_code_given_twice_is_named(
    server: Server, phone: PhoneBrowser, desk: Page, where: tuple[str, str]
) -> None:
    round_id, campaign_id = where
    supervisor = Sweep(desk, server.url)
    _puts_codes_in(supervisor, campaign_id)
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    looks = Sweep(anna.page, server.url, phone=True)
    server.stop()
    _gives_twice(anna, looks, round_id)
    server.start()
    anna.sends_all()
    looks.ends()
    supervisor.goes(f"/desk/campaigns/{campaign_id}/vouchers")
    expect(desk.get_by_text("2 keer, voor 3 volwassenen en 1 kinderen")).to_be_visible()
    odd = desk.get_by_role("list", name="Kijk deze codes na")
    expect(odd.get_by_text("VD-002")).to_be_visible()
    expect(odd.get_by_text("meer dan één keer opgeschreven")).to_be_visible()
    pictures(desk, "desk-vouchers")
    supervisor.goes("/desk")
    expect(desk.get_by_text("1 boncode klopt niet bij")).to_be_visible()
    supervisor.ends()


def _puts_codes_in(supervisor: Sweep, campaign_id: str) -> None:
    page = supervisor.page
    Desk(page, supervisor.url).signs_in("sofie")
    supervisor.goes(f"/desk/campaigns/{campaign_id}/vouchers")
    page.get_by_label("Naam van de bon").fill("Zwembadbon")
    page.get_by_role("checkbox", name="Op elke bon staat een code").check()
    page.get_by_role("button", name="Opslaan").click()
    lines = page.get_by_label("Codes, één op een regel")
    lines.fill("VD-001, VD-009\nvd é")
    page.get_by_role("button", name="Toevoegen aan de voorraad").click()
    expect(page.locator("[role=alert]:focus")).to_be_visible()
    supervisor.looks("a line that is no code")
    expect(lines).to_have_value("VD-001, VD-009\nvd é")
    lines.fill("VD-001, VD-009")
    page.get_by_role("button", name="Toevoegen aan de voorraad").click()
    expect(page.get_by_text("9 codes toegevoegd")).to_be_visible()
    expect(page.get_by_text("9 codes over")).to_be_visible()


def _gives_twice(anna: Volunteer, looks: Sweep, round_id: str) -> None:
    page = anna.page
    anna.goes_to(f"/vouchers/{round_id}")
    looks.looks("vouchers, nothing given")
    page.get_by_label("Volwassenen").fill("2")
    page.get_by_label("Kinderen").fill("1")
    page.get_by_label("Code op bon 1").fill("vd-001")
    page.get_by_role("button", name="Volgende: VD-002").click()
    expect(page.get_by_text("Opgeslagen op deze telefoon")).to_be_visible()
    anna.reloads()
    expect(page.get_by_label("Code op bon 2")).to_have_value("VD-002")
    looks.looks("vouchers half filled in")
    pictures(page, "vouchers-form")
    page.get_by_role("button", name="Bonnen opslaan").click()
    given = page.get_by_role("list", name="Gegeven op deze ronde")
    expect(given.get_by_text("2 volwassenen, 1 kind")).to_be_visible()
    page.get_by_label("Volwassenen").fill("1")
    page.get_by_label("Code op bon 1").fill("VD-002")
    page.get_by_role("button", name="Bonnen opslaan").click()
    expect(given.get_by_role("listitem")).to_have_count(2)
    looks.looks("vouchers given")
    pictures(page, "vouchers-given")

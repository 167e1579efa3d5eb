"""An incident told without a line reaches the coordinator, who calls; the phone hears that."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desking import Desk
from tests.journeys.holding import ask, phone_says
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server

FACTS = "MERKFEIT een hond sprong tegen Samira op"


@pytest.fixture
def anna(phone: PhoneBrowser, server: Server) -> Volunteer:
    volunteer = Volunteer(phone.open(), server.url)
    volunteer.signs_in("anna")
    return volunteer


@pytest.fixture
def looks(anna: Volunteer, server: Server) -> Iterator[Sweep]:
    made = Sweep(anna.page, server.url, phone=True)
    yield made
    made.ends()


def _pictures(page: Page, name: str) -> None:
    """Where somebody asks for pictures of what they look at."""
    folder = os.environ.get("OUTREACH_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _tells_of_a_dog(anna: Volunteer) -> None:
    anna.page.get_by_role("radio", name="Een hond").check()
    anna.page.get_by_role("checkbox", name="Bel mij zo snel mogelijk").check()
    anna.page.get_by_label("Wat gebeurde er?").fill(FACTS)
    expect(anna.page.get_by_text("Opgeslagen op deze telefoon")).to_be_visible()


def test_an_incident_told_offline_is_called_about_and_the_phone_shows_it(
    server: Server, anna: Volunteer, looks: Sweep, desk: Page
) -> None:
    page = anna.page
    server.stop()
    anna.goes_to("/incident")
    looks.looks("an incident, nothing said")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.locator("[role=alert]:focus")).to_be_visible()
    looks.looks("an incident of no kind")
    _tells_of_a_dog(anna)
    _pictures(page, "incident-form")
    # What is half written is there again after a reload, and no sync takes it along.
    anna.reloads()
    expect(page.get_by_label("Wat gebeurde er?")).to_have_value(FACTS)
    expect(page.get_by_role("radio", name="Een hond")).to_be_checked()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_text("Nog niet verstuurd")).to_be_visible()
    looks.looks("an incident that waits for a line")
    _pictures(page, "incident-waits")
    server.start()
    anna.sends_all()
    assert ask(server, "SELECT kind, call_now FROM incident") == [("dog", 1)]
    assert FACTS not in phone_says(page, anna.words)
    anna.goes_to("/help")
    expect(page.get_by_text("belt je vandaag").first).to_be_visible()
    looks.looks("help with a call to come")
    _pictures(page, "help-waits")

    _is_called(Desk(desk, server.url), Sweep(desk, server.url))
    anna.goes_to("/help")
    anna.goes_to("/outbox")
    anna.tries_now()
    anna.goes_to("/help")
    expect(page.get_by_text("Gebeld door")).to_be_visible()
    looks.looks("help with a call that was made")
    _pictures(page, "help-called")


def _is_called(desk: Desk, looks: Sweep) -> None:
    desk.signs_in("ruben")
    page = looks.page
    needed = page.get_by_role("list", name="Dit heeft jou nodig")
    expect(needed.get_by_text("Anna meldde een incident en is nog niet gebeld")).to_be_visible()
    looks.looks("home with an incident")
    _pictures(page, "desk-needs-you")
    looks.goes("/desk/incidents")
    _pictures(page, "desk-incidents")
    page.get_by_role("link", name="Incident van Anna").click()
    expect(page.get_by_text(FACTS)).to_be_visible()
    looks.looks("an incident to call about")
    page.get_by_role("button", name="Ik bel").click()
    expect(page.get_by_text("Ruben belt")).to_be_visible()
    _pictures(page, "desk-incident")
    page.get_by_role("button", name="Gebeld").click()
    expect(page.get_by_text("Hoe liep het af?")).to_be_visible()
    looks.looks("an incident to close")
    page.get_by_role("radio", name="Er komt meer steun").check()
    page.get_by_role("button", name="Afsluiten").click()
    expect(page.get_by_text("afgesloten door Ruben")).to_be_visible()
    looks.looks("an incident that is closed")
    _pictures(page, "desk-incident-closed")
    looks.goes("/desk")
    expect(page.get_by_text("Anna meldde een incident")).to_have_count(0)
    looks.ends()


def test_a_heavy_talk_is_asked_about_once_and_waits_with_those_to_call(
    server: Server, anna: Volunteer, looks: Sweep, desk: Page
) -> None:
    page = anna.page
    anna.goes_to("/heavy-talk")
    looks.looks("a heavy talk, not asked yet")
    _pictures(page, "heavy-talk")
    page.get_by_role("button", name="Bel mij vandaag").click()
    expect(page.get_by_role("list", name="Wie belt je")).to_be_visible()
    anna.sends_all()
    anna.goes_to("/heavy-talk")
    expect(page.get_by_text("Je hebt al gevraagd")).to_be_visible()
    expect(page.get_by_role("button", name="Bel mij vandaag")).to_have_count(0)
    looks.looks("a heavy talk that was asked about")
    Desk(desk, server.url).signs_in("ruben")
    coordinator = Sweep(desk, server.url)
    coordinator.goes("/desk/debriefs")
    desk.get_by_role("button", name="Ik bel Anna").first.click()
    expect(desk.get_by_text("Ruben belt").first).to_be_visible()
    desk.get_by_role("button", name="Anna is gebeld").first.click()
    expect(desk.get_by_role("list", name="Gebeld").get_by_text("gebeld door Ruben")).to_be_visible()
    coordinator.looks("somebody was called")
    _pictures(desk, "desk-debriefs")
    coordinator.ends()

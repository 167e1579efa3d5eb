"""What a household does not want kept is not kept: not on the phone, not on the server."""

import pytest
from playwright.sync_api import expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import (
    ask,
    counts,
    gained,
    phone_holds,
    phone_says,
    server_knows,
    tables_with,
)
from tests.journeys.server import Server
from tests.journeys.talking import Talk

DOMAINS = 8
MARKS = {
    "note": "MERKNOTITIE in hun woorden",
    "name": "MERKNAAM",
    "number": "06-77700777",
    "goal": "MERKDOEL",
    "step": "MERKSTAP",
    "why": "MERKWAAROM",
}
LAST_OUTCOME = "SELECT outcome FROM contact_attempt ORDER BY rowid DESC LIMIT 1"


def test_a_talk_without_notes_leaves_only_that_it_was(server: Server, phone: PhoneBrowser) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    before = counts(server)
    server.stop()
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.rather_without_notes()
    _has_nowhere_to_type(anna, talk)
    anna.reloads()
    expect(anna.page.get_by_text("Praten zonder schrijven")).to_be_visible()
    talk.ends()

    server.start()
    anna.sends_all()
    assert gained(server, before) == {"contact_attempt": 1}
    assert ask(server, LAST_OUTCOME) == [("conversation_without_notes",)]


def _has_nowhere_to_type(anna: Volunteer, talk: Talk) -> None:
    """Every card of the talk, and the plan, to read from only."""
    cards = talk.page.get_by_role("list", name="Onderwerpen").get_by_role("link")
    expect(cards).to_have_count(DOMAINS)
    for path in [str(card.get_attribute("href")) for card in cards.all()]:
        anna.goes_to(path)
        expect(talk.page.get_by_text("Je schrijft niets op.")).to_be_visible()
        expect(talk.page.get_by_role("textbox")).to_have_count(0)
        expect(talk.page.get_by_role("radio")).to_have_count(0)
    talk.to_overview()
    expect(talk.page.get_by_role("link", name="Naar het plan")).to_have_count(0)


@pytest.mark.parametrize("sent_before", [False, True], ids=["never sent", "sent before"])
def test_what_is_thrown_away_offline_is_nowhere_any_more(
    server: Server, phone: PhoneBrowser, *, sent_before: bool
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    before = counts(server)
    if not sent_before:
        server.stop()
    anna.opens_next_door()
    talk = anna.begins_talk()
    _says_everything(talk)
    held = phone_says(anna.page, anna.words)
    assert all(mark in held for mark in MARKS.values())
    held = phone_holds(anna.page)
    assert [mark for mark in MARKS.values() if mark in held] == []
    if sent_before:
        _sends_what_is_there(anna, server)

    talk.throws_all_away()
    held = phone_says(anna.page, anna.words)
    assert [mark for mark in MARKS.values() if mark in held] == []

    server.start()
    anna.sends_all()
    for mark in MARKS.values():
        assert tables_with(server, mark) == []
    if sent_before:
        server.outreach("privacy", "tidy")  # what runs every night
    for mark in MARKS.values():
        assert server_knows(server, mark) == []
    assert gained(server, before) == {"contact_attempt": 1}
    assert ask(server, LAST_OUTCOME) == [("conversation_without_notes",)]
    held = phone_says(anna.page, anna.words)
    assert [mark for mark in MARKS.values() if mark in held] == []


def _says_everything(talk: Talk) -> None:
    """A mark in every field of a talk, a plan and a hand-over."""
    talk.may_note()
    talk.tells("Geld en regelingen", "graag hulp", MARKS["note"])
    talk.agrees_to_contact(MARKS["name"], MARKS["number"])
    talk.to_plan()
    talk.sets_goal(MARKS["goal"])
    talk.adds_step(MARKS["step"], "De bewoner", "")
    talk.back_to_overview()
    talk.hands_over("Wijkteam De Wilgen", MARKS["why"])
    talk.page.get_by_role("link", name="Terug").click()
    expect(talk.page.get_by_role("list", name="Onderwerpen")).to_be_visible()


def _sends_what_is_there(anna: Volunteer, server: Server) -> None:
    """The server has it all, and then the line is cut."""
    here = anna.page.url
    anna.sends_all()
    assert all(tables_with(server, mark) for mark in MARKS.values())
    anna.goes_to(here.removeprefix(anna.url))
    expect(anna.page.get_by_role("list", name="Onderwerpen")).to_be_visible()
    server.stop()

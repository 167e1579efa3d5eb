"""Somebody with two phones loses one: it is revoked from the other, and its work comes in."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import count, counts, gained, phone_holds
from tests.journeys.locking import MOVE, heading
from tests.journeys.server import Server

WORDS = "Het dak lekt, al sinds de winter."
TOLD = "Je gebruikt nu twee telefoons"


@pytest.fixture
def anna(server: Server, phone: PhoneBrowser) -> Volunteer:
    """Anna on the phone that she will lose."""
    made = Volunteer(phone.open(), server.url)
    made.signs_in("anna")
    return made


@pytest.fixture
def elsewhere(anna: Volunteer, server: Server, second_phone: PhoneBrowser) -> Volunteer:
    """Anna again, after that, on a second phone."""
    made = Volunteer(second_phone.open(), anna.url)
    made.signs_in("anna")
    return made


def _listed(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name=name).get_by_role("listitem")


def _seen(page: Page) -> None:
    expect(page.get_by_text(TOLD)).to_be_visible()
    page.get_by_role("button", name="Gezien").click()
    expect(page.get_by_text(TOLD)).to_have_count(0)


def test_a_lost_phone_is_revoked_from_another_and_hands_over_its_work(
    server: Server, anna: Volunteer, elsewhere: Volunteer
) -> None:
    before = counts(server)
    anna.page.context.set_offline(True)
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.types(WORDS)

    page = elsewhere.page
    expect(page.get_by_text(TOLD)).to_be_visible()
    page.get_by_role("link", name="Bekijken").click()
    expect(heading(page, "Mijn telefoons")).to_be_visible()
    expect(_listed(page, "In gebruik")).to_have_count(2)
    expect(_listed(page, "In gebruik").first).to_contain_text("Deze telefoon")
    page.get_by_role("button", name="Kwijt? Trek hem in").click()
    expect(page.get_by_role("dialog")).to_contain_text("op slot naar je coördinator")
    page.get_by_role("button", name="Nu intrekken").click()
    expect(page.get_by_text("De telefoon is ingetrokken")).to_be_visible()
    expect(_listed(page, "In gebruik")).to_have_count(1)
    expect(_listed(page, "Ingetrokken")).to_have_count(1)

    anna.page.context.set_offline(False)
    anna.page.evaluate("dispatchEvent(new Event('online'))")
    expect(anna.page.get_by_text("Deze telefoon is ingetrokken")).to_be_visible()
    assert set(gained(server, before)) == {"quarantined"}
    assert count(server, "quarantined WHERE reason = 'sent-sealed-revoked'") > 0
    held = json.loads(phone_holds(anna.page))
    assert [name for name in held["databases"] if name.startswith("voordeur")] == []

    # The phone in hand goes on, and has one of them again.
    elsewhere.sends_all()
    page.evaluate(MOVE, "/")
    elsewhere.finds_nobody_home()
    expect(page.get_by_text(TOLD)).to_have_count(0)


def test_both_phones_say_that_there_are_two_until_it_was_seen_on_each(
    anna: Volunteer, elsewhere: Volunteer
) -> None:
    _seen(elsewhere.page)
    elsewhere.reloads()
    elsewhere.sees_everything_in()
    expect(elsewhere.next_door).to_be_visible()
    expect(elsewhere.page.get_by_text(TOLD)).to_have_count(0)
    # The first one hears it at its next contact.
    anna.sends_all()
    anna.page.evaluate(MOVE, "/")
    _seen(anna.page)


def test_without_a_line_the_list_is_not_there_and_somebody_can_be_called(
    server: Server, anna: Volunteer
) -> None:
    page = anna.page
    server.stop()
    page.evaluate(MOVE, "/help")
    page.get_by_role("link", name="Mijn telefoons").click()
    expect(page.get_by_text("Hiervoor heb je internet nodig")).to_be_visible()
    expect(page.get_by_role("link", name="je coördinator")).to_be_visible()
    server.start()
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(_listed(page, "In gebruik")).to_have_count(1)
    expect(page.get_by_text("Er staat geen andere telefoon op jouw naam.")).to_be_visible()

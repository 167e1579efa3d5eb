"""A line that lies, answers half, or is not there: one effect, and nothing said too early."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer, sign_in
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import count, counts, gained, phone_holds, phone_says
from tests.journeys.locking import open_with
from tests.journeys.server import Server
from tests.journeys.wire import NOT_AN_ANSWER, SYNC, Listener

WORDS = "Het dak lekt, al sinds de winter."


def test_two_tabs_and_a_lost_answer_have_one_effect(server: Server, phone: PhoneBrowser) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    other = Volunteer(phone.context.new_page(), server.url, anna.words)
    other.goes_to("/")
    before = counts(server)
    server.stop()
    anna.finds_nobody_home()
    other.opens_next_door()
    talk = other.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.answers("graag hulp")
    talk.types(WORDS)
    talk.to_overview()
    talk.ends()
    anna.sees_waiting()
    other.sees_waiting()

    listener = Listener(lost_answers=2)
    phone.context.route(SYNC, listener)
    server.start()
    anna.tries_now()
    other.tries_now()
    anna.sends_all()
    other.sends_all()
    assert listener.lost_answers == 0
    assert listener.repeated
    assert gained(server, before) == {
        "assessment": 1,
        "consent": 1,
        "contact_attempt": 2,
        "conversation": 1,
        "household": 1,
        "note": 1,
    }
    for one in listener.repeated:
        assert count(server, "mutation WHERE replace(id, '-', '') = ?", one.replace("-", "")) == 1


@pytest.fixture
def waiting(server: Server, phone: PhoneBrowser) -> Volunteer:
    """Anna, with one door on her phone that the server has not."""
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    server.stop()
    anna.finds_nobody_home()
    anna.sees_waiting(1)
    return anna


def test_what_is_no_answer_never_counts_as_sent(
    server: Server, phone: PhoneBrowser, waiting: Volunteer
) -> None:
    anna = waiting
    before = counts(server)
    server.start()
    for name, answer in NOT_AN_ANSWER.items():
        phone.context.route(SYNC, answer)
        anna.tries_now()
        _says_that_it_waits(anna.page, name)
        phone.context.unroute(SYNC)
    anna.sends_all()
    assert gained(server, before) == {"contact_attempt": 1}


def _says_that_it_waits(page: Page, name: str) -> None:
    waits = page.get_by_text("1 ding staat alleen op deze telefoon.")
    expect(waits, name).to_be_visible()
    expect(page.get_by_text("alles binnen"), name).to_have_count(0)
    expect(page.get_by_text("Alles is binnen"), name).to_have_count(0)


def test_signing_out_keeps_unsent_work_from_others_and_for_its_maker(
    server: Server, phone: PhoneBrowser
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    before = counts(server)
    server.stop()
    done = anna.finds_nobody_home()
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.tells("Wonen", "kan beter", WORDS)
    anna.signs_out()

    server.start()
    samira = Volunteer(anna.page, server.url)
    samira.signs_in("samira")
    expect(samira.page.get_by_text(re.compile(r"^0 van \d+ deuren"))).to_be_visible()
    samira.next_door.wait_for()
    assert samira.name_of_next_door() == done
    samira.goes_to("/outbox")
    expect(samira.page.get_by_text("Er wacht niets op deze telefoon.")).to_be_visible()
    samira.signs_out()
    assert gained(server, before) == {}
    assert WORDS not in phone_holds(anna.page)
    assert WORDS not in phone_says(anna.page, samira.words)
    assert WORDS in phone_says(anna.page, anna.words)

    anna.signs_in("anna")
    anna.sends_all()
    assert gained(server, before)["note"] == 1
    assert count(server, "note WHERE text = ?", WORDS) == 1


def test_a_killed_browser_and_a_lost_session_lose_no_word(
    server: Server, phone: PhoneBrowser
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    # Who works here is written by the browser some seconds later: let it.
    phone.close()
    anna.opens_again(phone.open())
    server.stop()
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.types(WORDS)
    card = anna.page.url.removeprefix(server.url)
    phone.kill()

    anna.page = phone.open()
    phone.context.clear_cookies()
    anna.goes_to(card)
    expect(anna.talk().words).to_have_value(WORDS)
    server.start()
    anna.goes_to("/")
    expect(anna.page.get_by_text("Log weer in om te versturen")).to_be_visible()
    assert count(server, "note WHERE text = ?", WORDS) == 0
    sign_in(anna.page, f"{server.url}/sign-in", "anna")
    open_with(anna.page, anna.words)
    anna.sees_everything_in()
    assert count(server, "note WHERE text = ?", WORDS) == 1


def test_every_address_opens_without_a_line(server: Server, phone: PhoneBrowser) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    server.stop()
    door = anna.opens_next_door()
    anna.reloads()
    expect(anna.page.get_by_role("link", name="Gesprek beginnen")).to_be_visible()
    talk = anna.begins_talk()
    anna.reloads()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.types(WORDS)
    card = anna.page.url.removeprefix(server.url)
    phone.close()

    anna.page = phone.open()
    anna.goes_to(card)
    expect(anna.talk().words).to_have_value(WORDS)
    anna.goes_to(door)
    expect(anna.page.get_by_role("link", name="Verder met het gesprek")).to_be_visible()
    anna.goes_to("/aftercare")
    expect(anna.page.get_by_role("heading", level=1, name="Nazorg")).to_be_visible()


def test_half_a_hand_over_and_half_a_worry_are_as_they_were_left(
    server: Server, phone: PhoneBrowser
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    before = counts(server)
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.begins_handover("Wijkteam De Wilgen")
    anna.page.get_by_label("Waarom?").fill(WORDS)
    anna.page.get_by_role("radio", name=re.compile("^Snel")).check()
    anna.page.get_by_role("checkbox", name=re.compile("erbij")).check()
    expect(anna.page.get_by_text("Opgeslagen op deze telefoon")).to_be_visible()
    anna.reloads()
    expect(anna.page.get_by_label("Waarom?")).to_have_value(WORDS)
    expect(anna.page.get_by_role("radio", name=re.compile("^Snel"))).to_be_checked()
    expect(anna.page.get_by_role("checkbox", name=re.compile("erbij"))).to_be_checked()

    facts = anna.page.get_by_label("Wat zag of hoorde je zelf?")
    anna.goes_to("/worry")
    facts.fill(WORDS)
    expect(anna.page.get_by_text("alleen hier")).to_be_visible()
    expect(anna.page.get_by_text("Opgeslagen op deze telefoon")).to_be_visible()
    anna.goes_to("/worry")
    expect(facts).to_have_value(WORDS)
    anna.page.get_by_role("button", name="Weggooien").click()
    expect(facts).to_have_value("")
    anna.sends_all()
    assert {"handover", "concern"} & set(gained(server, before)) == set()
    anna.goes_to("/worry")
    expect(facts).to_have_value("")
    assert WORDS in phone_says(anna.page, anna.words)

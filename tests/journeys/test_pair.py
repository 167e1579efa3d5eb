"""Two households at one door, and two volunteers who both write down the same door."""

import json

from playwright.sync_api import expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import ask, counts, gained
from tests.journeys.server import Server

UP, DOWN = "Wij wonen boven.", "Wij wonen beneden."


def test_two_households_at_one_door_each_have_their_own_dossier(
    server: Server, phone: PhoneBrowser
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    before = counts(server)
    server.stop()
    anna.opens_next_door()
    anna.splits_the_door()
    second = anna.page.get_by_role("listitem").filter(has_text="2e huishouden")
    expect(second).to_have_count(1)
    for words in (UP, DOWN):
        anna.opens_next_door()
        talk = anna.begins_talk()
        talk.may_note()
        talk.opens_domain("Wonen")
        expect(talk.words).to_have_value("")
        talk.types(words)
        talk.to_overview()
        talk.ends()

    server.start()
    anna.sends_all()
    assert gained(server, before) == {
        "consent": 2,
        "contact_attempt": 2,
        "conversation": 2,
        "household": 2,
        "note": 2,
        "stop": 1,
    }
    rows = ask(
        server,
        "SELECT conversation.household_id, household.address_id, consent.id FROM note"
        " JOIN conversation ON conversation.id = note.conversation_id"
        " JOIN household ON household.id = conversation.household_id"
        " JOIN consent ON consent.household_id = household.id AND consent.purpose = 'note'"
        " WHERE note.text IN (?, ?)",
        UP,
        DOWN,
    )
    households, addresses, consents = (set(column) for column in zip(*rows, strict=True))
    assert (len(rows), len(households), len(addresses), len(consents)) == (2, 2, 1, 2)


def test_both_of_a_pair_record_one_door_and_a_tap_settles_it(
    server: Server, phone: PhoneBrowser, second_phone: PhoneBrowser
) -> None:
    anna = Volunteer(phone.open(), server.url)
    samira = Volunteer(second_phone.open(), server.url)
    anna.signs_in("anna")
    samira.signs_in("samira")
    before = counts(server)
    server.stop()
    anna.finds_nobody_home()
    path = samira.opens_next_door()
    samira.refuses_for_them()

    server.start()
    # Which of them comes first is the line's doing.
    for one in (anna, samira):
        one.sends_what_waits()
    samira.sees_that_it_wants_a_look()
    assert gained(server, before) == {"contact_attempt": 1, "difference": 1}
    assert _recorded(server) == {"not_home", "refused"}

    anna.sends_what_waits()
    anna.goes_to(path)
    beside = anna.page.get_by_role("region", name="Anders opgeschreven")
    expect(beside.get_by_text("niemand thuis", exact=True)).to_be_visible()
    expect(beside.get_by_text("liever niet", exact=True)).to_be_visible()
    beside.get_by_role("button", name="Dit klopt: liever niet").click()
    expect(beside).to_have_count(0)
    anna.sends_all()

    samira.sends_all()
    samira.goes_to(path)
    outcome = samira.page.get_by_role("region", name="Hoe het ging")
    expect(outcome.get_by_text("liever niet", exact=True)).to_be_visible()
    expect(samira.page.get_by_role("region", name="Anders opgeschreven")).to_have_count(0)
    latest = "SELECT outcome FROM contact_attempt ORDER BY rowid DESC LIMIT 1"
    assert ask(server, latest) == [("refused",)]


def test_two_phones_that_say_another_thing_of_coming_back_ask_for_a_look(
    server: Server, phone: PhoneBrowser, second_phone: PhoneBrowser
) -> None:
    first = Volunteer(phone.open(), server.url)
    second = Volunteer(second_phone.open(), server.url)
    for one in (first, second):
        one.signs_in("anna")
    server.stop()
    for one, how in ((first, "Gesproken"), (second, "Geen antwoord")):
        one.goes_to("/aftercare")
        one.page.locator("main a[href^='/aftercare/']").first.click()
        one.page.get_by_role("radio", name=how).check()

    server.start()
    for one in (first, second):
        one.sends_what_waits()
    second.goes_to("/")
    second.sees_that_it_wants_a_look()
    second.page.get_by_role("link", name="kijk even").click()
    card = second.page.get_by_role("region", name="hoe ging de nazorg?")
    expect(card.get_by_text("Geen antwoord, nog niet afgerond", exact=True)).to_be_visible()
    card.get_by_role("button", name="Dit klopt: Gesproken, nog niet afgerond").click()
    expect(card).to_have_count(0)
    second.sends_all()
    latest = "SELECT aftercare.outcome FROM aftercare JOIN difference"
    settled = " ON object_id = aftercare.id WHERE field = 'result' AND settled_at IS NOT NULL"
    assert ask(server, latest + settled) == [("spoken",)]


def _recorded(server: Server) -> set[str]:
    """Both words for the door, as the server keeps them."""
    waiting = "SELECT shown, other FROM difference WHERE field = 'outcome' AND settled_at IS NULL"
    ((shown, other),) = ask(server, f"{waiting} ORDER BY rowid DESC LIMIT 1")
    return {str(json.loads(str(value))["value"]) for value in (shown, other)}

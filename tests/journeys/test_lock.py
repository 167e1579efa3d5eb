"""A phone that is shut, forgotten, lost or shared: nothing is lost, and nothing is to be read."""

import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from outreach.demo.people import PASSWORD
from tests.journeys.acting import WORKER_READY, Volunteer, sign_in
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desking import Desk
from tests.journeys.holding import ask, count, counts, gained, phone_holds
from tests.journeys.locking import (
    CHOOSING,
    MOVE,
    SHUT,
    add_reader,
    choose_words,
    heading,
    open_with,
)
from tests.journeys.server import Server

WORDS = "Het dak lekt, al sinds de winter."
PIN = "271828"


@pytest.fixture
def anna(server: Server, phone: PhoneBrowser) -> Volunteer:
    """Anna at the base, her phone just locked with words of her own."""
    made = Volunteer(phone.open(), server.url)
    made.signs_in("anna")
    return made


# Every word that stood on a screen while it was hidden; asked for by a name of the window.
HIDDEN_WORDS = """() => {
  window.hiddenWords = new Set();
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('#app [hidden]'))
      hiddenWords.add(one.querySelector('h1')?.textContent + ': '
        + one.querySelector('main')?.textContent.trim());
  }).observe(document.body, { childList: true, subtree: true });
}"""


def _types_at_the_next_door(anna: Volunteer) -> None:
    """A talk is begun and half a sentence typed."""
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.types(WORDS)


def test_a_pin_reopens_and_five_wrong_ones_ask_the_words(anna: Volunteer) -> None:
    page = anna.page
    page.evaluate(MOVE, "/help")
    page.get_by_role("button", name="Pincode kiezen").click()
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill("12")
    page.get_by_role("button", name="Pincode bewaren").click()
    expect(page.get_by_text("Kies 4 tot 6 cijfers.")).to_be_visible()
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill(PIN)
    page.get_by_role("button", name="Pincode bewaren").click()
    expect(page.get_by_text("Je pincode opent hem weer.")).to_be_visible()

    page.get_by_role("button", name="Nu op slot").click()
    _tries_pin(page, PIN)
    expect(heading(page, "Hulp")).to_be_visible()
    page.get_by_role("button", name="Nu op slot").click()
    for left in ("4 keer", "3 keer", "2 keer", "één keer"):
        _tries_pin(page, "000000")
        expect(page.get_by_text(f"nog {left} proberen")).to_be_visible()
    _tries_pin(page, "000000")
    expect(heading(page, SHUT)).to_be_visible()


def test_the_empty_round_list_is_drawn_while_a_lock_opens(anna: Volunteer) -> None:
    page = anna.page
    page.reload()
    expect(heading(page, SHUT)).to_be_visible()
    page.evaluate(HIDDEN_WORDS)
    page.get_by_label("Je vier woorden").fill(" ".join(reversed(anna.words)))
    page.get_by_role("button", name="Openen", exact=True).click()
    expect(page.get_by_text("Dit zijn niet jouw vier woorden")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("[...hiddenWords]") == ["Vandaag: Even laden…"]

    open_with(page, anna.words)
    expect(heading(page, "Vandaag")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)


def _tries_pin(page: Page, pin: str) -> None:
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill(pin)
    page.get_by_role("button", name="Openen", exact=True).click()


def test_forgotten_words_lose_no_work_and_a_coordinator_reads_why(
    server: Server, anna: Volunteer, desk: Page
) -> None:
    before = counts(server)
    server.stop()
    _types_at_the_next_door(anna)
    anna.page.reload()
    _begins_anew(anna.page)
    expect(anna.page.get_by_text("Er is niets veranderd.")).to_be_visible()

    server.start()
    anna.page.reload()
    _begins_anew(anna.page)
    anna.words = choose_words(anna.page)
    anna.sees_everything_in()
    assert set(gained(server, before)) == {"quarantined"}
    kept = [str(kind) for (kind,) in ask(server, "SELECT kind FROM quarantined ORDER BY kind")]
    assert kept == ["consent.record", "conversation.open", "note.add", "visit.record"]
    assert count(server, "quarantined WHERE reason = 'sent-sealed-forgotten'") == len(kept)

    coach = Desk(desk, server.url)
    coach.signs_in("ruben")
    desk.goto(f"{server.url}/desk/quarantine")
    expect(desk.get_by_text("Anna").first).to_be_visible()
    expect(desk.get_by_text(WORDS)).to_have_count(0)


def _begins_anew(page: Page) -> None:
    expect(heading(page, SHUT)).to_be_visible()
    page.get_by_role("button", name="Ik kan de app niet meer openen").click()
    page.get_by_role("button", name="Opnieuw beginnen").click()


def test_a_lost_phone_hands_over_its_work_and_empties_itself(
    server: Server, anna: Volunteer
) -> None:
    before = counts(server)
    anna.page.context.set_offline(True)
    _types_at_the_next_door(anna)
    _revokes_the_phone(server)
    anna.page.context.set_offline(False)
    anna.page.evaluate("dispatchEvent(new Event('online'))")
    expect(anna.page.get_by_text("Deze telefoon is ingetrokken")).to_be_visible()
    assert set(gained(server, before)) == {"quarantined"}
    assert count(server, "quarantined WHERE reason = 'sent-sealed-revoked'") > 0
    held = json.loads(phone_holds(anna.page))
    assert [name for name in held["databases"] if name.startswith("voordeur")] == []
    assert not {"voordeur.account", "voordeur.locks"} & set(held["local"])

    # The same person on the same phone begins with nothing, and under another id.
    sign_in(anna.page, f"{server.url}/sign-in", "anna")
    expect(heading(anna.page, CHOOSING)).to_be_visible()


def test_a_shut_phone_without_a_session_hears_that_it_was_reported_lost(
    server: Server, anna: Volunteer
) -> None:
    anna.page.context.set_offline(True)
    _types_at_the_next_door(anna)
    _revokes_the_phone(server)
    anna.page.context.clear_cookies()
    anna.page.context.set_offline(False)
    anna.page.reload()
    expect(anna.page.get_by_text("Deze telefoon is ingetrokken")).to_be_visible()
    assert count(server, "quarantined WHERE reason = 'sent-sealed-revoked'") > 0
    held = json.loads(phone_holds(anna.page))
    assert [name for name in held["databases"] if name.startswith("voordeur")] == []


def _revokes_the_phone(server: Server) -> None:
    """The coordinator reports the one phone of Anna lost."""
    who = {"email": "ruben@wilgendam.example", "password": PASSWORD}
    token = _asks(server, "POST", "/sessions", who)["access_token"]
    [device] = [
        one
        for one in _asks(server, "GET", "/devices", token=token)["items"]
        if one["account"]["name"].startswith("Anna")
    ]
    _asks(server, "POST", f"/devices/{device['id']}/revocation", {}, token=token)


def _asks(
    server: Server, method: str, path: str, body: object = None, *, token: str = ""
) -> dict[str, Any]:
    said = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    asked = Request(f"{server.url}/v1{path}", said, headers, method=method)
    with urlopen(asked) as answer:
        answered: dict[str, Any] = json.loads(answer.read())
        return answered


def test_a_passkey_opens_the_phone_without_a_line(server: Server, phone: PhoneBrowser) -> None:
    page = phone.open()
    add_reader(phone, has_prf=True)
    sign_in(page, server.url, "anna")
    page.get_by_role("button", name="Openen met vinger, gezicht of code").click()
    anna = Volunteer(page, server.url)
    anna.sees_everything_in()
    page.evaluate(WORKER_READY)
    server.stop()
    done = anna.finds_nobody_home()
    page.reload()
    expect(heading(page, SHUT)).to_be_visible()
    page.get_by_role("button", name="Openen met vinger, gezicht of code").click()
    anna.next_door.wait_for()
    assert anna.name_of_next_door() != done
    anna.sees_waiting(1)


def test_a_phone_whose_passkeys_give_no_secret_asks_for_words(
    server: Server, phone: PhoneBrowser
) -> None:
    page = phone.open()
    add_reader(phone, has_prf=False)
    sign_in(page, server.url, "anna")
    page.get_by_role("button", name="Openen met vinger, gezicht of code").click()
    expect(page.get_by_text("Kies vier woorden.")).to_be_visible()
    choose_words(page)
    Volunteer(page, server.url).sees_everything_in()

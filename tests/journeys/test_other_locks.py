"""Other locks on an open phone, without a line: new words, a passkey too, one taken away."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import counts, gained, phone_holds, phone_says
from tests.journeys.locking import MOVE, SHUT, add_reader, heading, open_with
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server

LOCKS = "Ander slot kiezen"
FINGER = "Openen met vinger, gezicht of code"
NOTHING = "[]"


@pytest.fixture
def anna(server: Server, phone: PhoneBrowser) -> Volunteer:
    """Anna at the base, her phone locked with words of her own; it has a fingerprint reader."""
    made = Volunteer(phone.open(), server.url)
    made.signs_in("anna")
    add_reader(phone, has_prf=True)
    return made


@pytest.fixture
def sweep(anna: Volunteer, server: Server) -> Iterator[Sweep]:
    # So tall that the bar at the thumb lies over no button while axe looks.
    anna.page.set_viewport_size({"width": 412, "height": 3200})
    made = Sweep(anna.page, server.url, phone=True)
    yield made
    made.ends()


def _presses(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _goes_to_the_locks(page: Page) -> None:
    page.evaluate(MOVE, "/help")
    page.get_by_role("link", name=re.compile(f"^{LOCKS}")).click()
    expect(heading(page, LOCKS)).to_be_visible()


def _types(page: Page, label: str, words: list[str], go: str) -> None:
    page.get_by_label(label).fill(" ".join(words))
    _presses(page, go)


def _writes_down(page: Page) -> list[str]:
    """The words that are proposed now, read and typed once; gives them."""
    proposed = page.get_by_role("list", name="Jouw vier woorden").get_by_role("listitem")
    expect(proposed).to_have_count(4)
    words = proposed.all_inner_texts()
    _presses(page, "Ik heb ze opgeschreven")
    _types(page, "Typ je vier woorden een keer over", words, "Deze woorden gebruiken")
    return words


def _opens_with_a_finger(page: Page) -> None:
    expect(heading(page, SHUT)).to_be_visible()
    _presses(page, FINGER)
    expect(heading(page, SHUT)).to_have_count(0)


def _is_refused(page: Page, words: list[str]) -> None:
    expect(heading(page, SHUT)).to_be_visible()
    _types(page, "Je vier woorden", words, "Openen")
    expect(page.get_by_text("Dit zijn niet jouw vier woorden")).to_be_visible()


def _chooses_new_words(anna: Volunteer) -> list[str]:
    """New words for old ones; gives those of before."""
    page, old = anna.page, anna.words
    _goes_to_the_locks(page)
    _presses(page, "Nieuwe woorden kiezen")
    _types(page, "Je vier woorden", old, "Verder")
    anna.words = _writes_down(page)
    expect(page.get_by_text("Je nieuwe woorden werken. De oude openen niets meer.")).to_be_visible()
    return old


def _adds_a_passkey(anna: Volunteer) -> None:
    page = anna.page
    _goes_to_the_locks(page)
    _presses(page, "Vinger, gezicht of code erbij")
    _types(page, "Je vier woorden", anna.words, "Verder")
    _presses(page, "Nu instellen")
    expect(page.get_by_text("Je kunt de app nu ook openen met je vinger")).to_be_visible()


def test_new_words_open_the_phone_in_every_tab_and_the_old_ones_nothing(
    server: Server, anna: Volunteer
) -> None:
    page, before = anna.page, counts(server)
    other = page.context.new_page()
    other.goto(server.url)
    open_with(other, anna.words)
    server.stop()
    done = anna.finds_nobody_home()
    old = _chooses_new_words(anna)
    assert phone_says(page, old) == NOTHING
    assert "visit.record" in phone_says(page, anna.words)

    # A tab that was open all the while knows the old locks: it opens by what lies there now.
    other.evaluate(MOVE, "/help")
    _presses(other, "Nu op slot")
    _is_refused(other, old)
    open_with(other, anna.words)
    other.close()

    page.reload()
    _is_refused(page, old)
    open_with(page, anna.words)
    page.evaluate(MOVE, "/")
    anna.next_door.wait_for()
    assert anna.name_of_next_door() != done
    anna.sees_waiting(1)
    server.start()
    anna.sends_all()
    assert gained(server, before) == {"contact_attempt": 1}


def test_a_passkey_comes_beside_the_words_and_takes_their_place_and_words_come_back(
    server: Server, anna: Volunteer
) -> None:
    page = anna.page
    server.stop()
    anna.finds_nobody_home()
    _adds_a_passkey(anna)
    page.reload()
    _opens_with_a_finger(page)
    anna.reloads()

    _goes_to_the_locks(page)
    _presses(page, "Vier woorden weghalen")
    _presses(page, FINGER)
    expect(page.get_by_text("Je vier woorden zijn weg.")).to_be_visible()
    assert phone_says(page, anna.words) == NOTHING
    assert _hinted(page) == ["passkey"]
    page.reload()
    _opens_with_a_finger(page)
    expect(page.get_by_label("Je vier woorden")).to_have_count(0)

    _goes_to_the_locks(page)
    _presses(page, "Vier woorden erbij")
    _presses(page, FINGER)
    anna.words = _writes_down(page)
    expect(page.get_by_text("Je kunt de app nu ook met je vier woorden openen.")).to_be_visible()
    assert "visit.record" in phone_says(page, anna.words)
    anna.reloads()
    anna.sees_waiting(1)


def _hinted(page: Page) -> list[str]:
    """Which kinds of lock this browser expects before it opened its store."""
    hinted: dict[str, list[str]] = json.loads(
        json.loads(phone_holds(page))["local"]["voordeur.locks"]
    )
    # One account worked on this phone.
    (kinds,) = hinted.values()
    return kinds


def test_the_locks_in_all_their_states(anna: Volunteer, sweep: Sweep) -> None:
    page = sweep.page
    sweep.goes("/help/lock")
    _presses(page, "Nieuwe woorden kiezen")
    sweep.looks("the old words are asked")
    _types(page, "Je vier woorden", ["dit", "zijn", "ze", "niet"], "Verder")
    expect(page.get_by_text("Dit zijn niet jouw vier woorden")).to_be_visible()
    sweep.looks("other words than the old ones")
    _types(page, "Je vier woorden", anna.words, "Verder")
    expect(page.get_by_role("list", name="Jouw vier woorden")).to_be_visible()
    sweep.looks("new words")
    anna.words = _writes_down(page)
    expect(page.get_by_text("Je nieuwe woorden werken.")).to_be_visible()
    sweep.looks("new words that work")
    _presses(page, "Vinger, gezicht of code erbij")
    _types(page, "Je vier woorden", anna.words, "Verder")
    expect(page.get_by_role("button", name="Nu instellen")).to_be_visible()
    sweep.looks("a passkey to make")
    _presses(page, "Nu instellen")
    expect(page.get_by_text("Je kunt de app nu ook openen met je vinger")).to_be_visible()
    sweep.looks("words and a passkey")
    _presses(page, "Vinger, gezicht of code weghalen")
    sweep.looks("a passkey to take away")
    _presses(page, "Niets veranderen")
    _presses(page, "Nieuwe woorden kiezen")
    sweep.looks("both are asked")
    sweep.moves("/help")
    page.get_by_role("radio", name="English").check()
    sweep.goes("/help/lock")
    _presses(page, "Take four words away")
    sweep.looks("words to take away, in English")
    _presses(page, "Open with finger, face or code")
    expect(page.get_by_text("Your four words are gone.")).to_be_visible()
    sweep.looks("a passkey alone, in English")

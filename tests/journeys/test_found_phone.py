"""A phone that is found, locked: nothing that was typed on it can be read from its disk."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.locking import MOVE, begin_loose, keep_loose, shut_now
from tests.journeys.scanning import Marks, marks_in, texts_in
from tests.journeys.server import Server

TEAM = "Wijkteam De Wilgen"
PIN = "271828"
DOMAINS = (
    "Geld en regelingen", "Wonen", "Werk en leren", "Mensen om u heen", "Gezin en kinderen",
    "Dagelijks leven en post", "Meedoen en vrije tijd",
)  # fmt: skip
PLANT = """
async ([inLocal, inDatabase, repeated]) => {
  localStorage.setItem('control', inLocal);
  const opened = await new Promise((done) => {
    const request = indexedDB.open('control');
    request.onupgradeneeded = () => request.result.createObjectStore('words');
    request.onsuccess = () => done(request.result);
  });
  const put = opened.transaction('words', 'readwrite', { durability: 'strict' });
  for (let at = 0; at < 200; at += 1) {
    put.objectStore('words').put(`${'steeds hetzelfde verhaal '.repeat(1600)} ${repeated}`, at);
  }
  put.objectStore('words').put(inDatabase, 'one');
  await new Promise((done) => { put.oncomplete = done; });
  opened.close();
}
"""


def test_a_thousand_marked_words_leave_no_trace_on_a_locked_phone(
    server: Server, phone: PhoneBrowser, tmp_path: Path
) -> None:
    marks = Marks(seed=5)
    anna = Volunteer(phone.open(), server.url)
    _mistypes_at_sign_in(anna.page, server.url, marks)
    anna.signs_in("anna")
    _chooses_pin(anna.page)
    _says_it_all(anna, marks)
    anna.sends_all()
    # And once more without a line: what waits, and what is half filled in, stays on the disk.
    server.stop()
    _says_more(anna, marks)
    saved = _saves_a_file(anna.page, tmp_path)
    assert len(marks.given) >= 1000
    shut_now(anna.page)
    expect(anna.page.get_by_label("Pincode")).to_be_visible()
    _writes_while_it_is_shut(anna.page, marks)
    anna.page.evaluate(MOVE, "/")
    phone.close()

    assert marks_in(phone.profile) == {}
    assert marks_in(saved.parent) == {}
    assert texts_in(phone.profile, [" ".join(anna.words), " ".join(anna.words).lower()]) == {}


def test_the_scan_finds_what_lies_open(server: Server, phone: PhoneBrowser) -> None:
    marks = Marks(seed=6)
    page = phone.open()
    page.goto(f"{server.url}/sign-in")
    planted = [marks.take(), marks.take(), marks.take()]
    page.evaluate(PLANT, planted)
    phone.close()
    found = marks_in(phone.profile)
    assert set().union(*found.values()) == set(planted)
    # So much was written that the browser moved part of it into its compressed tables.
    assert [name for name in found if name.endswith(".ldb")] != [], sorted(found)


def _mistypes_at_sign_in(page: Page, url: str, marks: Marks) -> None:
    """What belongs in another field, as happens to everybody."""
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mailadres").fill(f"{marks.take()}@wilgendam.example")
    page.get_by_label("Wachtwoord", exact=True).fill(marks.take())
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def _chooses_pin(page: Page) -> None:
    page.evaluate(MOVE, "/help")
    page.get_by_role("button", name="Pincode kiezen").click()
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill(PIN)
    page.get_by_role("button", name="Pincode bewaren").click()
    expect(page.get_by_text("Je pincode opent hem weer.")).to_be_visible()
    page.evaluate(MOVE, "/")


def _says_it_all(anna: Volunteer, marks: Marks) -> None:
    """One talk with everything in it, which the server gets and gives back."""
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    for domain in DOMAINS:
        talk.tells(domain, "graag hulp", marks.take(100))
    talk.agrees_to_contact(marks.take(5), marks.take(2))
    talk.to_plan()
    talk.sets_goal(marks.take(60))
    talk.adds_step(marks.take(60), "De bewoner", marks.take(2))
    talk.agrees_to_come_back()
    talk.shows_plan()
    talk.takes_plan_along()
    talk.wants_paper("Anna")
    talk.back_to_overview()
    talk.hands_over(TEAM, marks.take(60))
    talk.page.evaluate(MOVE, "/")
    anna.worries(marks.take(60))


def _says_more(anna: Volunteer, marks: Marks) -> None:
    """A second talk that is broken off, with two forms half filled in, and a note thrown away."""
    anna.goes_to("/")
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.tells("Wonen", "kan beter", marks.take(40))
    talk.opens_domain("Werk en leren")
    talk.types(marks.take(20))
    talk.page.get_by_role("button", name="Haal dit weg").click()
    expect(talk.words).to_have_value("")
    talk.to_overview()
    talk.begins_handover(TEAM)
    talk.page.get_by_label("Waarom?").fill(marks.take(20))
    talk.is_saved()
    anna.page.evaluate(MOVE, "/worry")
    anna.page.get_by_label("Wat zag of hoorde je zelf?").fill(marks.take(20))
    talk.is_saved()


def _writes_while_it_is_shut(page: Page, marks: Marks) -> None:
    """A loose note that is kept, and one that is thrown away after all."""
    begin_loose(page, marks.take(2), marks.take(40))
    keep_loose(page)
    page.get_by_role("button", name="Klaar").click()
    begin_loose(page, marks.take(2), marks.take(20))
    page.get_by_role("button", name="Weggooien").click()
    page.get_by_role("button", name="Terug").click()
    expect(page.get_by_label("Pincode")).to_be_visible()


def _saves_a_file(page: Page, folder: Path) -> Path:
    """The sealed file of what waits, among the downloads."""
    page.evaluate(MOVE, "/outbox")
    page.get_by_text("Lukt versturen al dagen niet?").click()
    with page.expect_download() as asked:
        page.get_by_role("button", name="Bestand bewaren").click()
    path = folder / "downloads" / asked.value.suggested_filename
    path.parent.mkdir()
    asked.value.save_as(path)
    return path

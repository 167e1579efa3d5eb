"""The database is lost and an older copy is put back: phones bring again what had arrived."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.acting import Volunteer, sign_in
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import ask, counts
from tests.journeys.locking import choose_or_open
from tests.journeys.server import Server

FIRST, SECOND = "De post ligt in de la.", "De buurvrouw komt op zondag."
NOTES = "SELECT text FROM note WHERE text IN (?, ?) ORDER BY text"


def test_what_arrived_after_the_copy_is_there_again(
    server: Server, phone: PhoneBrowser, tmp_path: Path
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    copy = tmp_path / "copy"
    server.outreach("backup", str(copy))
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.tells("Geld en regelingen", "graag hulp", FIRST)
    talk.tells("Mensen om u heen", "gaat goed", SECOND)
    anna.sends_all()
    arrived = counts(server)

    server.stop()
    server.outreach("restore", str(copy), "--yes")
    assert ask(server, NOTES, FIRST, SECOND) == []
    server.start()
    sign_in(anna.page, f"{server.url}/sign-in", "anna")
    anna.words = choose_or_open(anna.page, anna.words)
    anna.sends_all()
    assert ask(server, NOTES, FIRST, SECOND) == [(SECOND,), (FIRST,)]
    assert counts(server) == arrived
    anna.goes_to("/")
    anna.resumes_talk()
    expect(anna.page.get_by_role("list", name="Onderwerpen")).to_contain_text("hulp ▣")

"""A phone that is too long without contact: reading closes, writing goes on, nothing is lost."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import ask, counts, gained, phone_holds
from tests.journeys.locking import CHOOSING, MOVE, choose_words, heading
from tests.journeys.server import Server

WORDS = "Het dak lekt, al sinds de winter."
MORE = "De huurbaas weet het."
PIN = "271828"
LAPSED = "Te lang geen contact"


@pytest.fixture
def anna(server: Server, phone: PhoneBrowser) -> Volunteer:
    """Anna at the base, her phone just locked with words of her own."""
    made = Volunteer(phone.open(), server.url)
    made.signs_in("anna")
    return made


def _is_later(page: Page, hours: int) -> None:
    """So many hours from now, as the phone's clock says."""
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))


def test_reading_closes_after_the_open_talk_and_all_that_waited_arrives(
    server: Server, anna: Volunteer
) -> None:
    page, before = anna.page, counts(server)
    _chooses_pin(page)
    page.context.set_offline(True)
    anna.opens_next_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Wonen")
    talk.types(WORDS)
    _is_later(page, 73)

    # Untouched for days it is shut, as ever; the talk that is open is still there to go on with.
    expect(heading(page, "Even op slot")).to_be_visible()
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill(PIN)
    page.get_by_role("button", name="Openen", exact=True).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    talk.types(MORE)
    page.evaluate(MOVE, "/")
    expect(heading(page, LAPSED)).to_be_visible()
    _says_what_waits(page)
    held = json.loads(phone_holds(page))
    [store] = [
        tables for name, tables in held["databases"].items() if name.startswith("voordeur-sealed")
    ]
    assert [row["value"] for row in store["clear"] if row["key"] == "locks"] == [[]]
    page.reload()
    expect(heading(page, LAPSED)).to_be_visible()

    page.context.set_offline(False)
    anna.words = choose_words(page)
    anna.sees_everything_in()
    assert set(gained(server, before)) == {"quarantined"}
    kept = ask(server, "SELECT kind, reason FROM quarantined ORDER BY kind")
    assert kept == [
        (kind, "sent-sealed-lapsed")
        for kind in (
            "consent.record",
            "conversation.open",
            "note.add",
            "note.add",
            "visit.record",
        )
    ]


def _chooses_pin(page: Page) -> None:
    page.evaluate(MOVE, "/help")
    page.get_by_role("button", name="Pincode kiezen").click()
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill(PIN)
    page.get_by_role("button", name="Pincode bewaren").click()
    expect(page.get_by_text("Je pincode opent hem weer.")).to_be_visible()
    page.evaluate(MOVE, "/")


def _says_what_waits(page: Page) -> None:
    expect(page.get_by_text("5 dingen zijn nog niet verstuurd.")).to_be_visible()
    expect(page.get_by_text("Er gaat niets verloren.")).to_be_visible()
    page.get_by_role("button", name="Nu contact maken").click()
    expect(page.get_by_text("Er is nu geen verbinding.")).to_be_visible()
    expect(heading(page, CHOOSING)).to_have_count(0)


def test_a_phone_that_comes_back_to_a_line_after_a_week_only_asks_its_words(
    server: Server, anna: Volunteer
) -> None:
    server.stop()
    anna.page.goto("about:blank")
    _is_later(anna.page, 7 * 24)
    server.start()
    anna.goes_to("/")
    anna.sees_everything_in()


def test_a_phone_whose_time_is_nearly_over_says_so(anna: Volunteer) -> None:
    page = anna.page
    anna.loses_the_line()
    _is_later(page, 61)
    anna.goes_to("/")
    expect(page.get_by_text("Maak contact voor")).to_be_visible()

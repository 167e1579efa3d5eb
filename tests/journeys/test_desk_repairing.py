"""A coordinator puts right, by keys alone, what could not be processed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk_acting import Keyboard
from tests.journeys.desk_waiting import Field, Line
from tests.journeys.server import Server

# Every change of a live line is read out.
COUNT_WHAT_IS_READ_OUT = """
(line) => {
  line.readOut = 0;
  const count = (changes) => { line.readOut += changes.length; };
  new MutationObserver(count).observe(line, {
    subtree: true, childList: true, characterData: true,
  });
}
"""


@pytest.fixture
def anna(server: Server) -> Field:
    return Field(server)


@pytest.fixture
def keys(desk: Page, server: Server) -> Keyboard:
    return Keyboard(desk, server.url)


def _opens(keys: Keyboard, kind: str) -> None:
    keys.signs_in("ruben")
    keys.menu("Niet verwerkt")
    row = keys.page.get_by_role("row").filter(has_text=kind)
    keys.presses(row.get_by_role("link", name="Bericht van Anna"))
    keys.lands("Niet verwerkt bericht")
    keys.types("Waarom lees je dit?", "Anna belde erover")
    # Nobody lets in what was not read: only after it there is more to choose.
    expect(keys.page.get_by_role("radio")).to_have_count(1)
    keys.button("Openen")
    expect(keys.page.locator("dl:focus")).to_be_visible()


def _door(anna: Field, at: int) -> dict[str, Any]:
    address: dict[str, Any] = anna.stops[at]["body"]["address"]
    return address


def test_a_talk_at_a_door_that_is_gone_is_let_in_where_it_was(
    keys: Keyboard, anna: Field, server: Server
) -> None:
    anna.tells_of_a_door_that_is_gone()
    assert [one["outcome"] for one in anna.sends()["outcomes"]] == ["quarantined"] * 3
    _opens(keys, "Gesprek begonnen")
    door = _door(anna, 2)
    keys.types("Straat", door["street"])
    keys.types("Huisnummer (niet verplicht)", door["number"])
    keys.button("Zoeken")
    doors = keys.page.get_by_role("group", name="Bij welke deur hoort dit?").get_by_role("radio")
    keys.reaches(doors.first)
    keys.page.keyboard.press("ArrowDown")
    expect(doors.nth(1)).to_be_checked()
    keys.chooses("Wat gebeurt ermee?", "Toch verwerken")
    keys.ticks("Verwerk ook de 2 berichten die hierna kwamen")
    keys.types("Waarom kies je dit?", "Anna noemde het adres")
    keys.button("Afhandelen")
    expect(keys.page.get_by_text("2 volgende berichten zijn ook verwerkt.")).to_be_visible()
    expect(keys.page.locator(":focus").get_by_text("2 volgende berichten")).to_be_visible()
    keys.link("Terug naar de lijst")
    expect(keys.page.get_by_text("Alles is verwerkt")).to_be_visible()
    trail = Line(server, "wim").gets("/trail")["items"]
    assert "quarantine.repair" in {entry["action"] for entry in trail}


def test_what_an_old_app_said_is_put_in_words_of_today(keys: Keyboard, anna: Field) -> None:
    anna.says_it_in_old_words()
    assert anna.sends()["outcomes"][0]["code"] == "does-not-fit"
    _opens(keys, "Uitkomst van een deur")
    keys.chooses("Wat gebeurt ermee?", "Toch verwerken")
    keys.picks("uitkomst", "later terug")
    keys.ticks("Weglaten: weather")
    keys.types("Waarom kies je dit?", "Anna legde het uit")
    keys.button("Afhandelen")
    # Another outcome asks for a day, and nothing that was typed is gone.
    keys.dates("bijzonderheden: datum", "11-11-2027")
    keys.picks("bijzonderheden: dagdeel", "avond")
    expect(keys.page.get_by_label("uitkomst", exact=True)).to_have_value("later")
    expect(keys.page.get_by_label("Waarom kies je dit?")).to_have_value("Anna legde het uit")
    keys.button("Afhandelen")
    keys.lands("Niet verwerkt")
    told = keys.page.get_by_role("status").filter(has_text="Het bericht van Anna is verwerkt.")
    expect(told).to_be_visible()
    expect(keys.page.get_by_text("Alles is verwerkt")).to_be_visible()


def test_a_concern_that_was_not_processed_is_said_on_every_page_at_once(
    keys: Keyboard, anna: Field
) -> None:
    keys.page.clock.install()
    keys.signs_in("ruben")
    keys.menu("Telefoons")
    banner = keys.page.get_by_role("region", name="Dringend")
    expect(banner.get_by_role("link")).to_have_count(0)
    anna.is_worried()
    anna.hands_over()
    keys.page.clock.fast_forward(60_000)
    expect(banner).to_contain_text("1 dringend bericht wacht op jou.")
    voice = keys.page.locator("[aria-live=assertive]")
    expect(voice).to_have_text("1 dringend bericht wacht op jou.")
    voice.evaluate(COUNT_WHAT_IS_READ_OUT)
    keys.presses(banner.get_by_role("link", name="Nu bekijken"))
    keys.lands("Niet verwerkt")
    expect(banner).to_contain_text("1 dringend bericht wacht op jou.")
    # On the next page it stands, and is not read out once more.
    expect(voice).to_have_text("1 dringend bericht wacht op jou.")
    assert voice.evaluate("(line) => line.readOut") == 0

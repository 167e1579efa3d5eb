"""The supervisor's letter: written with the paper beside it, printed, and on its way."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.desking import Desk
from tests.journeys.server import Server
from tests.letters.desk import pages_of

WORD = "zonnebloem"


def test_a_supervisor_writes_a_letter_prints_it_and_sends_it(
    desk: Page, server: Server, tmp_path: Path
) -> None:
    Desk(desk, server.url).signs_in("sofie")
    _fills_in_the_letterhead(desk, server)
    _writes_the_letter(desk, server)
    printed = _prints(desk, tmp_path)
    assert all(WORD in page for page in printed)
    assert printed[0].count("Aan de bewoners van") == 1
    _prints_one_again(desk, printed, tmp_path)
    _sends(desk)


def _fills_in_the_letterhead(desk: Page, server: Server) -> None:
    desk.goto(f"{server.url}/desk/letterhead")
    desk.get_by_label("Antwoordadres").fill("Gemeente Wilgendam\nPostbus 1\n9990 AA Wilgendam")
    desk.get_by_label("Telefoon voor bewoners").fill("036-5550100")
    desk.get_by_label("Wie ondertekent").fill("Sofie Bos, gemeente Wilgendam")
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    expect(desk.get_by_text("Opgeslagen", exact=True)).to_be_visible()


def _writes_the_letter(desk: Page, server: Server) -> None:
    desk.goto(f"{server.url}/desk/campaigns")
    desk.get_by_role("link", name="De Wilgen openen").click()
    desk.get_by_role("link", name="Brief", exact=True).click()
    desk.get_by_role("button", name="Brief bewaren").click()
    expect(desk.locator("[role=alert]:focus")).to_contain_text("Herkenningswoord")
    desk.get_by_label("Herkenningswoord").fill(WORD)
    expect(desk.get_by_role("img", name="Bladzijde 1 van 2")).to_be_visible()
    dutch = desk.get_by_role("textbox", name="Nederlands")
    ready = dutch.input_value()
    dutch.fill(ready + "\n\n{naam}")
    expect(desk.get_by_text("het veld {naam} kennen we niet").first).to_be_visible()
    # Who looks elsewhere and comes back finds what was typed.
    desk.get_by_role("link", name="Campagne", exact=True).click()
    desk.get_by_role("link", name="Brief", exact=True).click()
    expect(dutch).to_have_value(ready + "\n\n{naam}")
    dutch.fill(ready)
    desk.get_by_role("button", name="Brief bewaren").click()
    expect(desk.get_by_text("Alles is bewaard")).to_be_visible()
    expect(desk.get_by_text("Versie 1")).to_be_visible()


def _prints(desk: Page, folder: Path) -> list[str]:
    desk.get_by_role("link", name="Brieven printen").click()
    desk.get_by_role("button", name="Brieven maken").click()
    fetch = desk.get_by_role("button", name="Bestand ophalen")
    expect(fetch).to_be_visible(timeout=30_000)
    with desk.expect_download() as got:
        fetch.click()
    return _pages(got.value.path(), folder)


def _prints_one_again(desk: Page, printed: list[str], folder: Path) -> None:
    desk.get_by_text("Eén bladzijde opnieuw").click()
    desk.get_by_label("Bladzijde in het bestand").fill("7")
    with desk.expect_download() as got:
        desk.locator("details").get_by_role("button", name="Brief ophalen").click()
    assert _pages(got.value.path(), folder) == printed[6:8]


def _sends(desk: Page) -> None:
    desk.get_by_text("Opschrijven wanneer ze op de post gingen").click()
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    expect(desk.get_by_text("Op de post op", exact=False).first).to_be_visible()


def _pages(path: Path, folder: Path) -> list[str]:
    copy = folder / "letters.pdf"
    copy.write_bytes(path.read_bytes())
    return pages_of(copy.read_bytes())

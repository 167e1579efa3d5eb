"""The supervisor's desk by keyboard alone: from a list of addresses to what came of each door."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.factories.extract import Extract, Span, number, number_id, place
from tests.factories.extract import street as extract_street
from tests.journeys.desk_acting import Keyboard
from tests.journeys.server import Server

# Postcodes that end in SA, SD or SS are never given out.
ADDRESSES = """straat;huisnummer;postcode;woonplaats
Lisdoddepad;1;1299SA;Wilgendam
Lisdoddepad;2;1299SA;Wilgendam
Lisdoddepad;3;1299SA;Wilgendam
Lisdoddepad;4;1299SA;Wilgendam
Krabbenscheer;1;1299SD;Wilgendam
Krabbenscheer;3;1299SD;Wilgendam
Krabbenscheer;5;12 99;Wilgendam
"""
# So wide a period holds today, whichever day that is.
FIRST_DAY, LAST_DAY = "01-01-2020", "12-12-2099"


def test_a_supervisor_goes_from_a_list_of_addresses_to_a_published_round(
    desk: Page, server: Server, tmp_path: Path
) -> None:
    keys = Keyboard(desk, server.url)
    keys.signs_in("sofie")
    _imports_addresses(keys, tmp_path / "adressen.csv")
    _makes_campaign(keys, "De Oevers", "Preventief")
    keys.button("Campagne starten")
    expect(desk.get_by_text("Loopt")).to_be_visible()
    _makes_round(keys)
    _reorders_and_publishes(keys)


def test_a_supervisor_brings_in_the_official_extract_and_sees_of_which_day_it_is(
    desk: Page, server: Server, tmp_path: Path
) -> None:
    keys = Keyboard(desk, server.url)
    keys.signs_in("sofie")
    keys.menu("Adressen")
    path = tmp_path / "bag.zip"
    gone = number(4, span=Span(end="2019-01-01"))
    numbers = [*(number(at, postcode="1299SX") for at in (1, 2, 3)), gone]
    homes = [place(1), place(2), place(3, status="Verblijfsobject gevormd")]
    whole = Extract(numbers, homes, streets=[extract_street("Waterviolier")])
    path.write_bytes(whole.packed()[:-20])
    keys.hands_file("Adreslijst", path)
    keys.button("Lijst bekijken")
    expect(desk.get_by_text("Dit bestand is beschadigd of niet compleet.")).to_be_visible()
    path.write_bytes(whole.packed())
    keys.hands_file("Adreslijst", path)
    keys.button("Lijst bekijken")
    expect(desk.get_by_text("De gegevens zijn van maandag 15 september 2025.")).to_be_visible()
    expect(desk.get_by_text("1 adres geldt nu niet en is overgeslagen.")).to_be_visible()
    left_out = desk.get_by_role("row", name=number_id(3))
    expect(left_out).to_contain_text("Hier is volgens de BAG nog niets gebouwd.")
    keys.button("2 adressen inlezen")
    expect(desk.get_by_text("2 adressen zijn ingelezen")).to_be_visible()


def test_early_signal_cannot_be_published_and_says_so(desk: Page, server: Server) -> None:
    keys = Keyboard(desk, server.url)
    keys.signs_in("sofie")
    _makes_campaign(keys, "Signalen", "Vroegsignalering", streets=("Wilgenhof",))
    expect(desk.get_by_text("Deze campagne kan nog niet starten")).to_be_visible()
    expect(desk.get_by_role("link", name="Wijzigen")).to_be_visible()
    expect(desk.get_by_role("button", name="Campagne starten")).to_have_count(0)


def test_a_supervisor_sees_outcome_words_and_sorts_filters_and_closes(
    desk: Page, server: Server
) -> None:
    keys = Keyboard(desk, server.url)
    keys.signs_in("sofie")
    keys.menu("Campagnes")
    keys.link("De Wilgen openen")
    keys.lands("De Wilgen")
    rounds = desk.get_by_role("table", name="Rondes")
    keys.button("Gesprekken", rounds)
    keys.page.keyboard.press("Enter")
    most = rounds.get_by_role("columnheader", name="Gesprekken")
    expect(most).to_have_attribute("aria-sort", "descending")
    keys.presses(_rows(rounds).first.get_by_role("link"))
    doors = desk.get_by_role("table", name="Deuren van deze ronde")
    expect(_rows(doors).first).to_be_visible()
    words = doors.locator("tbody td:nth-child(4)").all_inner_texts()
    assert {"gesprek", "niemand thuis"} <= set(words)
    keys.button("Uitkomst", doors)
    sorted_column = doors.get_by_role("columnheader", name="Uitkomst")
    expect(sorted_column).to_have_attribute("aria-sort", "ascending")
    keys.types("Zoeken in deze lijst", "gesprek")
    expect(_rows(doors).filter(has_not_text="gesprek")).to_have_count(0)


def test_who_may_not_go_to_these_doors_is_named(desk: Page, server: Server) -> None:
    keys = Keyboard(desk, server.url)
    keys.signs_in("sofie")
    keys.menu("Campagnes")
    keys.link("De Wilgen openen")
    keys.link("Nieuwe ronde")
    keys.picks("Eerste vrijwilliger", "Ilse")
    keys.picks("Tweede vrijwilliger", "Joao")
    keys.ticks("Wilgenhof")
    keys.button("Ronde maken")
    wrong = desk.get_by_role("alert").get_by_role("listitem")
    expect(wrong.filter(has_text="geen geldige VOG")).to_contain_text("Eerste vrijwilliger")
    expect(wrong.filter(has_text="Kies een mentor erbij")).to_contain_text("Tweede vrijwilliger")
    keys.menu("Vrijwilligers")
    keys.link("Joao Pereira openen")
    keys.button("De eerste rondes zijn klaar")
    expect(desk.get_by_text("Vastgelegd: Loopt zonder mentor")).to_be_visible()


def _rows(table: Locator) -> Locator:
    return table.locator("tbody tr")


def _imports_addresses(keys: Keyboard, path: Path) -> None:
    path.write_text(ADDRESSES)
    keys.menu("Adressen")
    keys.hands_file("Adreslijst", path)
    keys.button("Lijst bekijken")
    counts = "Gelezen: 7. Nieuw: 6. Veranderd: 0. Al bekend: 0. Niet overgenomen: 1"
    expect(keys.page.get_by_text(f"{counts} (dubbel: 0, met een fout: 1).")).to_be_visible()
    expect(keys.page.get_by_text("Er is nog niets opgeslagen.")).to_be_visible()
    keys.button("6 adressen inlezen")
    expect(keys.page.get_by_text("6 adressen zijn ingelezen")).to_be_visible()
    with keys.page.expect_download() as refused:
        keys.button("Lijst opslaan")
    assert "Krabbenscheer;5" in Path(refused.value.path()).read_text().replace(",", ";")


def _makes_campaign(
    keys: Keyboard,
    name: str,
    kind: str,
    streets: tuple[str, ...] = ("Lisdoddepad", "Krabbenscheer"),
) -> None:
    keys.menu("Campagnes")
    keys.link("Nieuwe campagne")
    keys.lands("Nieuwe campagne")
    keys.types("Naam", name)
    keys.chooses("Soort", kind)
    keys.dates("Eerste dag", FIRST_DAY)
    keys.dates("Laatste dag", LAST_DAY)
    keys.types("Nazorg na", "6")
    keys.picks("Wijk", "De Wilgen")
    keys.picks("Uitvalsbasis", "Buurthuis De Schakel")
    for street in streets:
        keys.types("Zoek een straat", street)
        keys.ticks(street)
    chosen = keys.page.get_by_role("region", name="Gekozen straten")
    expect(chosen.get_by_role("listitem")).to_have_count(len(streets))
    keys.picks("Gespreksleidraad", "Achter de voordeur")
    keys.picks("Toestemmingstekst", "toestemming")
    keys.button("Opslaan als concept")
    keys.lands(name)


def _makes_round(keys: Keyboard) -> None:
    keys.link("Nieuwe ronde")
    keys.lands("Nieuwe ronde")
    keys.picks("Dagdeel", "middag")
    keys.picks("Eerste vrijwilliger", "Gerard")
    keys.picks("Tweede vrijwilliger", "Hanna")
    keys.ticks("Lisdoddepad")
    keys.ticks("Krabbenscheer")
    expect(
        keys.page.get_by_text("6 deuren in deze ronde, van 6 die nog te doen zijn.")
    ).to_be_visible()
    keys.button("Ronde maken")
    # No letter went out in this campaign: the desk says why it does not wait.
    keys.types("Waarom wordt er nu al aangebeld?", "Iedereen is gebeld door de wijkagent")
    keys.button("Ronde maken")
    keys.lands()


def _reorders_and_publishes(keys: Keyboard) -> None:
    page = keys.page
    order = page.get_by_role("region", name="6 deuren, in volgorde").get_by_role("listitem")
    second = order.nth(1).locator(".door").inner_text().split("\n")[0].strip()
    door = " ".join(second.split()[:2])
    keys.button(f"{door} omhoog")
    expect(
        page.get_by_role("status").filter(has_text=f"{door} staat nu op plaats 1")
    ).to_be_attached()
    expect(order.nth(0)).to_contain_text(door)
    expect(page.get_by_role("button", name=f"{door} omlaag")).to_be_focused()
    keys.button("Ronde publiceren")
    expect(page.get_by_text("De ronde staat klaar voor de telefoons")).to_be_visible()
    rows = _rows(page.get_by_role("table", name="Deuren van deze ronde"))
    expect(rows.first).to_contain_text(door)
    expect(page.get_by_text(re.compile("Gerard en Hanna"))).to_be_visible()

"""Everybody at a desk types a mark into every field they have."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.desking import Desk
from tests.journeys.wire import Visited

MARK = "MERKTEKEN"
# What a reason says is kept in the trail on purpose, and nowhere else.
REASON = "MERKREDEN"
FIRST_DAY, LAST_DAY = "2020-01-01", "2099-12-12"
ADDRESSES = f"""straat;huisnummer;postcode;woonplaats
{MARK}straat;1;1299SA;Wilgendam
{MARK}straat;2;1299SA;Wilgendam
{MARK}straat;3;12 99;Wilgendam
"""


@dataclass
class MarkedDesk:
    """One screen at which one after the other sits down."""

    page: Page
    url: str
    visited: Visited

    def signs_in(self, who: str) -> None:
        """Whoever sat here before leaves first."""
        Desk(self.page, self.url).signs_in(who)

    def goes(self, path: str) -> None:
        """A screen by its address."""
        self.page.goto(f"{self.url}{path}")

    def fills(self, label: str, words: str) -> None:
        """A field, by its label as it stands there."""
        self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(words)
        self.visited.look(self.page)

    def presses(self, name: str) -> None:
        """A button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.visited.look(self.page)

    def sees(self, words: str) -> None:
        """What was done is told."""
        expect(self.page.get_by_text(words).first).to_be_visible()
        self.visited.look(self.page)


def mistypes_at_sign_in(desk: MarkedDesk) -> None:
    """A password in the field of the address, as happens to everybody."""
    desk.goes("/sign-in")
    desk.fills("E-mailadres", f"{MARK}@wilgendam.example")
    desk.page.get_by_label("Wachtwoord", exact=True).fill(f"{MARK} wachtwoord")
    desk.presses("Inloggen")
    expect(desk.page.get_by_role("alert").first).to_be_visible()


def coach_answers(desk: MarkedDesk) -> None:
    """Refuses one, and closes another with a note for the team and a word for the volunteer."""
    desk.signs_in("nadia")
    _opens_first(desk, "Nieuw")
    desk.presses("Niet aannemen")
    desk.page.get_by_label("Reden", exact=True).select_option(label="Ligt buiten onze wijk")
    desk.fills("Toelichting voor de vrijwilliger", f"{MARK} afwijzing")
    desk.page.get_by_role("button", name="Niet aannemen").last.click()
    desk.sees("Je hebt dit niet aangenomen")
    _opens_first(desk, "Nieuw")
    desk.presses("Ik pak dit op")
    desk.sees("Je hebt dit opgepakt")
    closes(desk)


def closes(desk: MarkedDesk) -> None:
    """The dossier on the screen ends, with words for the team and for the volunteer."""
    desk.presses("Afronden")
    desk.page.get_by_label("Hoe is het afgelopen?", exact=True).select_option(label="Geholpen")
    desk.fills("Notitie voor het team", f"{MARK} teamnotitie")
    desk.fills("Woord voor de vrijwilliger", f"{MARK} terugkoppeling")
    desk.page.get_by_role("button", name="Afronden").last.click()
    desk.sees("Dit is afgerond")


def _opens_first(desk: MarkedDesk, state: str) -> None:
    desk.goes("/desk/handovers")
    waits = desk.page.get_by_role("region", name="Wat wacht").get_by_role("link")
    waits.filter(has_text=state).first.click()
    expect(desk.page.get_by_role("article", name="Het dossier")).to_be_visible()


def coordinator_weighs(desk: MarkedDesk) -> None:
    """A concern is read and weighed; a message that did not fit is read and thrown away."""
    desk.signs_in("ruben")
    desk.goes("/desk/concerns")
    desk.page.get_by_role("table").get_by_role("link", name="Zorg van Anna").first.click()
    desk.fills("Waarom lees je dit?", f"{REASON} zorg")
    desk.presses("Openen")
    desk.page.get_by_role("radio", name="Geen actie").check()
    desk.fills("Afweging", f"{MARK} afweging")
    desk.presses("Besluit vastleggen")
    desk.sees("Je besluit is vastgelegd")
    desk.goes("/desk/quarantine")
    desk.page.get_by_role("table").get_by_role("link", name="Bericht van Anna").first.click()
    desk.fills("Waarom lees je dit?", f"{REASON} bericht")
    desk.presses("Openen")
    desk.page.get_by_role("radio", name="Weggooien").check()
    desk.fills("Waarom kies je dit?", f"{REASON} weggooien")
    desk.presses("Afhandelen")
    desk.sees("Alles is verwerkt")


def supervisor_plans(desk: MarkedDesk, folder: Path) -> None:
    """A list of addresses, a base, a campaign and a round in the street that the list brought."""
    desk.signs_in("sofie")
    _imports(desk, folder / f"{MARK}.csv")
    _makes_campaign(desk)
    desk.presses("Campagne starten")
    desk.sees("Loopt")
    desk.page.get_by_role("link", name="Nieuwe ronde").first.click()
    desk.page.get_by_label("Dagdeel", exact=True).select_option(label="middag")
    for place, who in (("Eerste", "Gerard"), ("Tweede", "Hanna")):
        field = desk.page.get_by_label(f"{place} vrijwilliger", exact=True)
        option = field.locator("option").filter(has_text=who).first
        field.select_option(value=str(option.get_attribute("value")))
    desk.page.get_by_role("checkbox", name=f"{MARK}straat").check()
    desk.presses("Ronde maken")
    expect(desk.page.get_by_role("region", name="2 deuren, in volgorde")).to_be_visible()
    desk.presses("Ronde publiceren")
    desk.sees("De ronde staat klaar voor de telefoons")
    desk.fills("Zoeken in deze lijst", f"{MARK} zoek")


def _imports(desk: MarkedDesk, path: Path) -> None:
    path.write_text(ADDRESSES)
    desk.goes("/desk/addresses")
    desk.page.get_by_label("Adreslijst", exact=True).set_input_files(path)
    desk.presses("Lijst bekijken")
    desk.presses("2 adressen inlezen")
    desk.sees("2 adressen zijn ingelezen")
    with desk.page.expect_download() as refused:
        desk.presses("Lijst opslaan")
    desk.visited.seen.append(refused.value.suggested_filename)


def _makes_campaign(desk: MarkedDesk) -> None:
    desk.goes("/desk/campaigns/new")
    desk.fills("Naam", f"{MARK} campagne")
    desk.page.get_by_role("radio", name="Preventief").check()
    desk.fills("Eerste dag", FIRST_DAY)
    desk.fills("Laatste dag", LAST_DAY)
    desk.fills("Nazorg na", "6")
    desk.page.get_by_label("Wijk", exact=True).first.select_option(label="De Wilgen")
    desk.presses("Nieuwe uitvalsbasis")
    sheet = desk.page.get_by_role("dialog", name="Nieuwe uitvalsbasis")
    sheet.get_by_label("Naam").fill(f"{MARK} basis")
    sheet.get_by_label(re.compile("^Adres")).fill(f"{MARK} adres")
    sheet.get_by_role("button", name="Toevoegen").click()
    expect(sheet).to_be_hidden()
    desk.fills("Zoek een straat of postcode", MARK)
    desk.page.get_by_role("checkbox", name=f"{MARK}straat").check()
    for label in ("Gespreksleidraad", "Toestemmingstekst"):
        desk.page.get_by_label(label, exact=True).select_option(index=1)
    desk.presses("Opslaan als concept")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"{MARK} campagne")


def admin_sets_up(desk: MarkedDesk) -> None:
    """A team, a district, a colleague with an invitation, and whom to ask about privacy."""
    desk.signs_in("beheer")
    desk.goes("/desk/municipality")
    desk.presses("Team toevoegen")
    desk.fills("Naam van het team", f"{MARK} team")
    teams = desk.page.get_by_role("region", name="Wijkteams")
    teams.get_by_label("Wijk", exact=True).select_option(label="De Wilgen")
    teams.get_by_label("Piketnummer").fill("099-5550123")
    teams.get_by_role("button", name="Opslaan").click()
    expect(teams.get_by_text(f"{MARK} team")).to_be_visible()
    desk.goes("/desk/accounts/new")
    desk.fills("Naam", f"{MARK} collega")
    desk.fills("Voornaam", MARK)
    desk.fills("E-mailadres", f"{MARK.lower()}@wilgendam.example")
    desk.page.get_by_label("Rol", exact=True).select_option(label="Vrijwilliger")
    desk.presses("Account maken")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"{MARK} collega")
    desk.presses("Uitnodiging maken")
    desk.sees("Kopiëren")

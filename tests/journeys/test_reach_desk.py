"""Every screen of the desk in its states: axe finds nothing, twice the size loses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.extract import Extract, number, place
from tests.journeys.desk_waiting import Field, Line, drafts_stand_ready, everything_waits
from tests.journeys.desking import Desk
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server
from tests.letters.desk import LETTERHEAD

ADDRESSES = (
    "straat;huisnummer;postcode;woonplaats\nLisdoddepad;1;1299SA;Wilgendam\nLisdoddepad;3;12;W\n"
)
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def sweep(desk: Page, server: Server) -> Iterator[Sweep]:
    made = Sweep(desk, server.url)
    yield made
    made.ends()


def _signs_in(sweep: Sweep, who: str) -> None:
    Desk(sweep.page, sweep.url).signs_in(who)
    sweep.settles()


def _presses(sweep: Sweep, name: str) -> None:
    sweep.page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def _is_refused(sweep: Sweep, submit: str, name: str) -> None:
    """Send an empty form: all that is wrong shows."""
    _presses(sweep, submit)
    expect(sweep.page.locator("[role=alert]:focus")).to_be_visible()
    sweep.looks(name)


def test_before_anybody_signed_in(sweep: Sweep, server: Server) -> None:
    sweep.goes("/sign-in")
    _is_refused(sweep, "Inloggen", "sign-in with nothing")
    sweep.page.get_by_label("E-mailadres").fill("iemand@wilgendam.example")
    sweep.page.get_by_label("Wachtwoord", exact=True).fill("dit klopt niet")
    _is_refused(sweep, "Inloggen", "sign-in refused")
    sweep.goes("/invitation")
    sweep.goes("/invitation#weg")
    ruben = Line(server, "ruben")
    accounts = ruben.gets("/accounts")["items"]
    anna = next(one["id"] for one in accounts if one["first_name"] == "Anna")
    link = ruben.posts(f"/accounts/{anna}/invitation", {})["link"]
    sweep.page.goto("about:blank")
    sweep.goes(link.removeprefix(server.url))
    _is_refused(sweep, "Wachtwoord opslaan", "invitation with nothing")
    sweep.goes("/desk/campaigns")


def test_paper_for_the_field(sweep: Sweep, server: Server) -> None:
    sofie = Line(server, "sofie")
    (campaign,) = [c for c in sofie.gets("/campaigns")["items"] if c["state"] == "published"]
    _signs_in(sweep, "sofie")
    paper = f"/desk/campaigns/{campaign['id']}/paper"
    sweep.goes(paper)
    _is_refused(sweep, "Kaartjes printen", "a card without a phone number")
    sofie.puts("/letterhead", LETTERHEAD)
    sweep.goes(paper)
    sweep.page.get_by_label("Achterkant").select_option("en")
    with sweep.page.expect_download():
        _presses(sweep, "Kaartjes printen")
    sweep.looks("cards printed")
    with sweep.page.expect_download():
        _presses(sweep, "Pasjes printen")
    sweep.looks("badges printed")
    rounds = sofie.gets(f"/campaigns/{campaign['id']}/rounds")["items"]
    walked = next(one for one in rounds if one["state"] == "published")
    sweep.goes(f"/desk/rounds/{walked['id']}")
    with sweep.page.expect_download():
        _presses(sweep, "Looplijst printen")
    sweep.looks("a walk list printed")
    sofie.posts(f"/rounds/{walked['id']}/closing", {})
    _is_refused(sweep, "Looplijst printen", "no walk list of a closed round")


def test_the_supervisors_addresses_and_campaigns(sweep: Sweep, tmp_path: Path) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text(ADDRESSES)
    _signs_in(sweep, "sofie")
    sweep.goes("/desk/addresses")
    _presses(sweep, "Lijst bekijken")
    sweep.looks("no file chosen")
    sweep.page.get_by_label("Adreslijst").set_input_files(path)
    _presses(sweep, "Lijst bekijken")
    expect(sweep.page.get_by_text("Er is nog niets opgeslagen.")).to_be_visible()
    sweep.looks("what is in the list")
    _presses(sweep, "1 adres inlezen")
    expect(sweep.page.get_by_text("1 adres is ingelezen")).to_be_visible()
    sweep.looks("what was imported")
    extract = tmp_path / "bag.zip"
    extract.write_bytes(Extract([number(1), number(2)], [place(1)]).packed())
    _presses(sweep, "Nog een lijst inlezen")
    sweep.page.get_by_label("Adreslijst").set_input_files(extract)
    _presses(sweep, "Lijst bekijken")
    expect(sweep.page.get_by_text("Dit is een BAG-extract.")).to_be_visible()
    sweep.looks("what is in the extract")
    sweep.goes("/desk/campaigns")
    sweep.goes("/desk/campaigns/new")
    _is_refused(sweep, "Opslaan als concept", "a campaign with nothing")
    sweep.page.get_by_role("checkbox", name="Wilgenhof").check()
    _presses(sweep, "Gebied tekenen")
    _presses(sweep, "Hoek in het midden")
    expect(sweep.page.get_by_text("63 deuren om aan te bellen").first).to_be_visible()
    sweep.looks("an area that is being drawn")
    _presses(sweep, "Stoppen met tekenen")
    _presses(sweep, "Nieuwe uitvalsbasis")
    expect(sweep.page.get_by_role("dialog")).to_be_visible()
    sweep.looks("a new base")


def test_the_supervisors_rounds(sweep: Sweep, server: Server) -> None:
    walked = everything_waits(server)
    planned = drafts_stand_ready(server)
    _signs_in(sweep, "sofie")
    sweep.goes("/desk/volunteers")
    sweep.page.get_by_role("table").get_by_role("link").first.click()
    sweep.looks("a volunteer, to plan")
    sweep.goes("/desk")
    expect(sweep.page.get_by_role("link", name="Bel Anna de Wit, 099-555")).to_be_visible()
    expect(sweep.page.get_by_role("link", name="Bel Samira El Amrani, 099-555")).to_be_visible()
    to_round = sweep.page.get_by_role("link", name="Naar de ronde van")
    expect(to_round).to_have_attribute("href", f"/desk/rounds/{walked}")
    sweep.page.get_by_role("button", name="Beslissen over").first.click()
    _is_refused(sweep, "Vastleggen", "an unsafe door undecided")
    sweep.goes("/desk/held-doors")
    sweep.page.get_by_role("button", name="opheffen").first.click()
    _is_refused(sweep, "Opheffen", "a held door lifted without a reason")
    sweep.goes(f"/desk/campaigns/{planned.campaign}")
    _presses(sweep, "Campagne afronden")
    sweep.looks("closing a campaign")
    sweep.goes(f"/desk/campaigns/{planned.draft_campaign}")
    sweep.goes(f"/desk/campaigns/{planned.draft_campaign}/edit")
    sweep.goes(f"/desk/campaigns/{planned.campaign}/rounds/new")
    _is_refused(sweep, "Ronde maken", "a round with nothing")
    sweep.goes(f"/desk/rounds/{planned.draft_round}")
    sweep.page.get_by_text("Dag en tweetal wijzigen").click()
    sweep.page.get_by_role("button", name="uit de ronde halen").first.click()
    sweep.looks("a draft with a door taken out")
    sweep.goes(f"/desk/rounds/{planned.closed_round}")
    sweep.goes(f"/desk/rounds/{planned.published_round}")
    _presses(sweep, "Ronde afronden")
    sweep.looks("closing a round")
    sweep.goes(f"/desk/rounds/{NOBODY}")
    sweep.goes("/desk/nergens")


def test_the_supervisors_letters(sweep: Sweep, server: Server) -> None:
    campaign = drafts_stand_ready(server).campaign
    _signs_in(sweep, "sofie")
    sweep.goes(f"/desk/campaigns/{campaign}/letter/print")
    sweep.goes(f"/desk/campaigns/{campaign}/letter")
    _is_refused(sweep, "Brief bewaren", "a letter without its word")
    sweep.page.get_by_label("Herkenningswoord").fill("zonnebloem")
    expect(sweep.page.get_by_role("img", name="Bladzijde 1 van 2")).to_be_visible()
    sweep.looks("a letter on paper with white fields")
    _presses(sweep, "Brief bewaren")
    expect(sweep.page.get_by_text("Alles is bewaard")).to_be_visible()
    sweep.goes(f"/desk/campaigns/{campaign}/letter/print")
    _is_refused(sweep, "Brieven maken", "letters with white fields")
    sweep.goes("/desk/letterhead")
    _is_refused(sweep, "Logo versturen", "no logo chosen")
    sweep.page.get_by_label("Telefoon voor bewoners").fill("036-5550100")
    sweep.page.get_by_label("Wie ondertekent").fill("Sofie Bos")
    _presses(sweep, "Opslaan")
    expect(sweep.page.get_by_text("Opgeslagen", exact=True)).to_be_visible()
    sweep.goes(f"/desk/campaigns/{campaign}/letter/print")
    sweep.page.get_by_label("Straat en huisnummer").fill("wilgen")
    _presses(sweep, "Zoeken")
    expect(sweep.page.get_by_role("button", name="Brief voor").first).to_be_visible()
    _presses(sweep, "Brieven maken")
    expect(sweep.page.get_by_role("button", name="Bestand ophalen")).to_be_visible(timeout=60_000)
    sweep.page.get_by_text("Opschrijven wanneer ze op de post gingen").click()
    sweep.page.get_by_text("Eén bladzijde opnieuw").click()
    sweep.looks("letters that were printed")


def test_the_team_lead(sweep: Sweep) -> None:
    _signs_in(sweep, "lieke")
    sweep.goes("/desk/handovers")
    asked = sweep.page.get_by_role("list", name="Vraagt om schuldhulp").first
    asked.get_by_role("link").first.click()
    expect(sweep.page.get_by_role("article", name="Het verzoek")).to_be_visible()
    sweep.looks("a request for debt help")
    _presses(sweep, "Ik pak dit op")
    expect(sweep.page.get_by_text("Je hebt dit opgepakt")).to_be_visible()
    sweep.looks("a request taken on")
    _presses(sweep, "Afronden")
    _is_refused(sweep, "Afronden", "closing a request with nothing")
    sweep.goes(f"/desk/handovers/debt-help/{NOBODY}")


def test_the_coach(sweep: Sweep) -> None:
    _signs_in(sweep, "nadia")
    sweep.goes("/desk/handovers")
    sweep.page.get_by_text("Filter", exact=True).click()
    sweep.looks("the filter")
    waits = sweep.page.get_by_role("region", name="Wat wacht").get_by_role("link")
    waits.first.click()
    expect(sweep.page.get_by_role("article", name="Het dossier")).to_be_visible()
    sweep.looks("a dossier")
    for begin, send in (("Vraag stellen", "Vraag sturen"), ("Niet aannemen", "Niet aannemen")):
        _presses(sweep, begin)
        _is_refused(sweep, send, f"{begin} with nothing")
        _presses(sweep, "Nu niet")
    _presses(sweep, "Ik pak dit op")
    expect(sweep.page.get_by_text("Je hebt dit opgepakt")).to_be_visible()
    sweep.looks("taken on")
    _presses(sweep, "Afronden")
    _is_refused(sweep, "Afronden", "closing with nothing")
    sweep.goes(f"/desk/handovers/{NOBODY}")


def _repairs(sweep: Sweep, server: Server) -> None:
    anna = Field(server)
    anna.says_it_in_old_words()
    anna.sends()
    anna.is_worried()
    anna.hands_over()
    sweep.goes("/desk/quarantine")
    banner = sweep.page.get_by_role("region", name="Dringend")
    expect(banner.get_by_text("1 dringend bericht wacht op jou.")).to_be_visible()
    sweep.looks("what cannot wait, on every page")
    row = sweep.page.get_by_role("row").filter(has_text="Uitkomst van een deur")
    row.get_by_role("link").click()
    expect(sweep.page.get_by_text("Lees eerst wat erin staat.")).to_be_visible()
    sweep.looks("what nobody read yet")
    sweep.page.get_by_label("Waarom lees je dit?").fill("Nakijken")
    _presses(sweep, "Openen")
    sweep.page.get_by_label("Straat").fill(anna.stops[0]["body"]["address"]["street"])
    _presses(sweep, "Zoeken")
    expect(sweep.page.get_by_role("group", name="Bij welke deur hoort dit?")).to_be_visible()
    sweep.page.get_by_role("radio", name="Toch verwerken").check()
    sweep.looks("another door, and fields to put right")
    sweep.page.get_by_label("Waarom kies je dit?").fill("Anna legde het uit")
    _is_refused(sweep, "Afhandelen", "not yet put right")


def test_the_coordinators_lists_empty_and_full(sweep: Sweep, server: Server) -> None:
    _signs_in(sweep, "ruben")
    for path in ("/desk/debriefs", "/desk/concerns", "/desk/quarantine", "/desk/devices"):
        sweep.goes(path)
    everything_waits(server)
    for path in ("/desk", "/desk/debriefs", "/desk/plans", "/desk/concerns", "/desk/quarantine"):
        sweep.goes(path)
    sweep.page.get_by_role("table").get_by_role("link").first.click()
    _is_refused(sweep, "Openen", "no reason for quarantine")
    _is_refused(sweep, "Afhandelen", "nothing decided on quarantine")
    sweep.page.get_by_label("Waarom lees je dit?").fill("Nakijken")
    _presses(sweep, "Openen")
    sweep.looks("what could not be applied")
    sweep.goes("/desk/quarantine")
    _is_refused(sweep, "Bestand inlezen", "no rescue file")
    Field(server).hands_over_what_nobody_opens()
    sweep.goes("/desk/quarantine")
    sweep.page.get_by_role("row", name="Verzegeld bericht").get_by_role("link").click()
    expect(sweep.page.get_by_role("radio")).to_have_count(1)
    sweep.looks("what nobody can open")
    _repairs(sweep, server)
    sweep.goes("/desk/concerns")
    sweep.page.get_by_role("table").get_by_role("link").first.click()
    _is_refused(sweep, "Openen", "no reason for a concern")
    sweep.page.get_by_label("Waarom lees je dit?").fill("Ik bel haar")
    _presses(sweep, "Openen")
    _is_refused(sweep, "Besluit vastleggen", "nothing decided on a concern")
    sweep.page.get_by_role("radio", name="Geen actie").check()
    sweep.page.get_by_label("Afweging").fill("Er is een storing in de straat.")
    _presses(sweep, "Besluit vastleggen")
    expect(sweep.page.get_by_text("Je besluit is vastgelegd")).to_be_visible()
    sweep.looks("a concern decided")


def test_colleagues_and_what_cannot_load(sweep: Sweep) -> None:
    _signs_in(sweep, "ruben")
    sweep.goes("/desk/accounts")
    sweep.page.get_by_label("Zoeken in deze lijst").fill("niemand heet zo")
    sweep.looks("nobody found")
    sweep.goes("/desk/accounts/new")
    _is_refused(sweep, "Account maken", "a colleague with nothing")
    sweep.page.goto(f"{sweep.url}/desk/accounts")
    sweep.page.get_by_role("link", name="Anna de Wit openen").click()
    sweep.looks("a colleague")
    _presses(sweep, "Link voor nieuw wachtwoord")
    expect(sweep.page.get_by_role("button", name="Kopiëren")).to_be_visible()
    sweep.looks("a link to hand over")
    sweep.page.route("**/v1/accounts*", lambda route: route.abort())
    sweep.goes("/desk/accounts")
    sweep.page.unroute("**/v1/accounts*")


def test_volunteers_for_who_guards_them(sweep: Sweep) -> None:
    _signs_in(sweep, "ruben")
    sweep.goes("/desk/volunteers")
    sweep.page.get_by_label("Dagdeel").select_option("avond")
    sweep.looks("who can walk in the evening")
    sweep.page.get_by_label("Dag", exact=True).fill("")
    sweep.looks("a day part without a day")
    sweep.goes("/desk/volunteers")
    sweep.page.get_by_role("link", name="Ilse Mulder openen").click()
    sweep.looks("a volunteer without a valid certificate")
    _presses(sweep, "Vandaag ziek gemeld")
    sweep.page.get_by_label("Laatste dag weg").fill("2020-01-01")
    _presses(sweep, "Adres toevoegen")
    sweep.page.get_by_label("Postcode").fill("9999 ZZ")
    sweep.page.get_by_text("Talen kiezen").click()
    _is_refused(sweep, "Opslaan", "a volunteer with all that can be wrong")
    sweep.goes(f"/desk/volunteers/{NOBODY}")


def test_who_sets_up_and_who_guards(sweep: Sweep, server: Server) -> None:
    everything_waits(server)
    _signs_in(sweep, "beheer")
    sweep.goes("/desk/municipality")
    _presses(sweep, "Wijk toevoegen")
    _presses(sweep, "Team toevoegen")
    for form in sweep.page.locator("main form").all()[1:]:
        form.get_by_role("button", name="Opslaan").click()
    sweep.page.get_by_label("Naam van de gemeente").fill("")
    sweep.page.locator("main form").first.get_by_role("button", name="Opslaan").click()
    sweep.looks("settings, a district and a team with nothing")
    sweep.goes("/desk/roles")
    Field(server)
    sweep.goes("/desk/devices")
    sweep.page.get_by_role("button", name="Telefoon van Anna").first.click()
    expect(sweep.page.get_by_role("dialog")).to_be_visible()
    sweep.looks("a lost phone")
    sweep.page.get_by_role("dialog").get_by_role("button", name="Intrekken").click()
    expect(sweep.page.get_by_text("is ingetrokken")).to_be_visible()
    sweep.looks("a revoked phone")
    _signs_in(sweep, "wim")
    sweep.goes("/desk/trail")
    sweep.goes("/desk/devices")
    sweep.page.get_by_role("table").get_by_role("link").first.click()
    _is_refused(sweep, "Openen", "no reason for what was on a phone")
    sweep.page.get_by_label("Waarom lees je dit?").fill("De telefoon is gestolen")
    _presses(sweep, "Openen")
    expect(sweep.page.get_by_role("heading", name="Huishoudens")).to_be_visible()
    sweep.looks("what was on a phone")
    _signs_in(sweep, "vera")
    sweep.goes("/desk/concerns")

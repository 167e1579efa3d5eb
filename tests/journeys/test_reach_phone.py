"""Every screen of the phone in its states: axe finds nothing, doubled text loses nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer, sign_in
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.holding import ask
from tests.journeys.locking import CHOOSING, heading
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server
from tests.journeys.talking import Talk

# So tall that the bar at the thumb lies over no row while axe looks.
TALL = {"width": 412, "height": 3200}
NOBODY = "00000000-0000-4000-8000-000000000000"
ANNAS_ROUND = """
    SELECT round.id FROM round
    JOIN round_member ON round_member.round_id = round.id
    JOIN account ON account.id = round_member.account_id
    WHERE account.first_name = 'Anna' AND round.state = 'published'
"""
ABSENT = (
    "/round/{}", "/door/{}", "/door/{}/other", "/door/{}/languages", "/talk/{}", "/talk/{}/domains",
    "/talk/{}/domain/health_and_care", "/talk/{}/consent", "/plan/{}", "/plan/{}/show",
    "/handover/{}", "/debrief/{}", "/worry/{}", "/aftercare/{}",
)  # fmt: skip


@pytest.fixture
def page(phone: PhoneBrowser) -> Page:
    opened = phone.open()
    opened.set_viewport_size({"width": TALL["width"], "height": TALL["height"]})
    return opened


@pytest.fixture
def anna(page: Page, server: Server) -> Volunteer:
    volunteer = Volunteer(page, server.url)
    volunteer.signs_in("anna")
    return volunteer


@pytest.fixture
def sweep(page: Page, server: Server) -> Iterator[Sweep]:
    made = Sweep(page, server.url, phone=True)
    yield made
    made.ends()


def _presses(sweep: Sweep, name: str) -> None:
    sweep.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()


def _opens_and_closes(sweep: Sweep, name: str) -> None:
    """What a button lays over the screen; Escape puts it away."""
    _presses(sweep, name)
    expect(sweep.page.get_by_role("dialog")).to_be_visible()
    sweep.looks(f"{name} laid over")
    sweep.page.keyboard.press("Escape")
    expect(sweep.page.get_by_role("dialog")).to_be_hidden()


def _in_english(sweep: Sweep, paths: list[str]) -> None:
    sweep.moves("/help")
    sweep.page.get_by_role("radio", name="English").check()
    expect(sweep.page.locator("html")).to_have_attribute("lang", "en")
    for path in paths:
        sweep.goes(path)


def test_the_round_and_its_doors(anna: Volunteer, sweep: Sweep, server: Server) -> None:
    sweep.looks("today")
    anna.finds_nobody_home()
    sweep.looks("today with an undo")
    anna.shows_done_doors()
    sweep.looks("today with what is done")
    sweep.page.get_by_text("Over deze ronde").click()
    sweep.looks("about the round")
    _opens_and_closes(sweep, "Ronde afsluiten")
    door = anna.opens_next_door()
    sweep.looks("a door")
    _opens_and_closes(sweep, "Later terugkomen")
    _opens_and_closes(sweep, "Liever niet")
    sweep.goes(f"{door}/other")
    for line in ("Hier wonen twee huishoudens", "Ik ken deze mensen", "Het voelde niet goed"):
        _opens_and_closes(sweep, line)
    sweep.goes(f"{door}/languages")
    [[round_id]] = ask(server, ANNAS_ROUND)
    round_path = f"/round/{UUID(str(round_id))}"
    sweep.goes(round_path)
    _in_english(sweep, ["/", round_path, door, f"{door}/other", f"{door}/languages"])


FREE = """
(one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}
"""


def test_an_undo_covers_no_button_and_stays_behind(anna: Volunteer) -> None:
    page = anna.page
    page.set_viewport_size({"width": 412, "height": 915})
    for _ in range(3):
        anna.finds_nobody_home()
        # As far down as a thumb brings it: the button just above the bar at the bottom.
        anna.next_door.evaluate("(one) => one.scrollIntoView({ block: 'end' })")
        for button in anna.next_door.locator("button, a").all():
            assert button.evaluate(FREE), button.inner_text()
    anna.next_door.evaluate("(one) => one.scrollIntoView({ block: 'end' })")
    anna.opens_next_door()
    expect(page.get_by_role("link", name="Gesprek beginnen")).to_be_visible()
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_hidden()
    page.get_by_role("button", name="Niemand thuis").click()
    expect(page.get_by_role("heading", level=1, name="Vandaag")).to_be_visible()
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_visible()


def test_a_talk_from_consent_to_hand_over(anna: Volunteer, sweep: Sweep) -> None:
    path = anna.opens_next_door()
    talk = anna.begins_talk()
    sweep.looks("asking to note")
    talk.may_note()
    sweep.looks("the life domains")
    _looks_at_menu_and_card(sweep, talk)
    talk.opens_domain("Geld en regelingen")
    talk.answers("graag hulp")
    for fold in sweep.page.locator("summary").all():
        fold.click()
    talk.types("Post blijft liggen. 111222333")
    sweep.looks("a life domain, all unfolded")
    talk.to_overview()
    talk.agrees_to_contact("mevrouw Jansen", "099-5550142")
    _plans(sweep, talk)
    talk.begins_handover("Wijkteam De Wilgen")
    sweep.looks("a hand-over")
    _presses(sweep, "Overdragen aan")
    sweep.looks("a hand-over with nothing")
    stop_id = path.split("/")[2]
    sweep.page.get_by_label("Waarom?").fill("Drie brieven.")
    sweep.moves(f"/worry/{stop_id}")
    sweep.page.get_by_label("Wat zag of hoorde je zelf?").fill("Er brandde geen licht.")
    sweep.goes("/outbox")
    unfinished = sweep.page.get_by_role("list", name="Nog niet afgemaakt")
    expect(unfinished.get_by_role("listitem")).to_contain_text(["overdracht", "Nog één ding"])
    for one in (f"/debrief/{stop_id}", f"/worry/{stop_id}"):
        sweep.goes(one)
    talk_path = f"/talk/{stop_id}"
    _in_english(
        sweep,
        [f"{talk_path}/domains", f"{talk_path}/domain/money_and_schemes", f"{talk_path}/consent"],
    )
    for one in (f"/plan/{stop_id}", f"/plan/{stop_id}/show", f"/debrief/{stop_id}"):
        sweep.goes(one)


def _looks_at_menu_and_card(sweep: Sweep, talk: Talk) -> None:
    _opens_and_closes(sweep, "Meer")
    for line in ("Stoppen met schrijven", "Alles weggooien", "Gesprek afronden"):
        talk.opens_menu(line)
        sweep.looks(line)
        sweep.page.keyboard.press("Escape")
    sweep.page.get_by_role("button", name="Kaart").click()
    sweep.looks("the neutral card")
    sweep.page.get_by_role("button", name="Terug", exact=True).click()
    talk.opens_menu("Toestemming")
    sweep.looks("every consent")
    talk.page.get_by_role("link", name="Gesprek", exact=True).click()


def _plans(sweep: Sweep, talk: Talk) -> None:
    talk.to_plan()
    sweep.looks("an empty plan")
    talk.sets_goal("Rust in de post")
    sweep.page.get_by_role("button", name="Stap toevoegen").click()
    sweep.looks("a step being written")
    sweep.page.get_by_role("button", name="Klaar").click()
    sweep.looks("a plan")
    talk.shows_plan()
    sweep.page.get_by_text("Op papier", exact=True).click()
    sweep.page.get_by_label("Ik wil mijn plan op papier").check()
    sweep.looks("a plan in large type, wanted on paper")
    _opens_and_closes(sweep, "Meenemen")
    talk.back_to_overview()


def test_aftercare_help_and_what_waits(anna: Volunteer, sweep: Sweep, server: Server) -> None:
    for path in ("/aftercare", "/help", "/outbox", "/worry"):
        sweep.goes(path)
    sweep.page.get_by_role("button", name="Doorgeven").click()
    sweep.looks("a worry with nothing")
    anna.worries("Er brandde geen licht.")
    sweep.looks("a worry sent")
    sweep.moves("/aftercare")
    sweep.page.locator("main a[href^='/aftercare/']").first.click()
    expect(sweep.page).to_have_url(re.compile("/aftercare/"))
    sweep.looks("an aftercare visit")
    server.stop()
    anna.goes_to("/")
    anna.finds_nobody_home()
    sweep.looks("today without a line")
    sweep.goes("/outbox")
    sweep.goes("/help")
    _opens_and_closes(sweep, "Uitloggen")
    _in_english(sweep, ["/aftercare", "/help", "/outbox", "/worry"])


def test_what_is_not_on_this_phone(anna: Volunteer, sweep: Sweep) -> None:
    for path in ABSENT:
        sweep.goes(path.format(NOBODY))
    sweep.goes("/nergens")


def test_a_volunteer_without_a_round(page: Page, sweep: Sweep, server: Server) -> None:
    Volunteer(page, server.url).signs_in("kees")
    sweep.looks("no round today")
    assert ask(server, "SELECT count(*) FROM round WHERE state = 'published'") == [(2,)]


def test_the_lock_in_all_its_states(page: Page, sweep: Sweep, server: Server) -> None:
    sign_in(page, server.url, "anna")
    expect(heading(page, CHOOSING)).to_be_visible()
    expect(page.get_by_role("list", name="Jouw vier woorden")).to_be_visible()
    sweep.looks("four words")
    words = page.get_by_role("list", name="Jouw vier woorden").get_by_role("listitem")
    chosen = words.all_inner_texts()
    _presses(sweep, "Ik heb ze opgeschreven")
    page.get_by_label("Typ je vier woorden een keer over").fill(chosen[0][:2])
    expect(page.get_by_role("group", name="Woorden die zo beginnen")).to_contain_text(chosen[0][:2])
    sweep.looks("words being typed")
    _presses(sweep, "Op slot zetten")
    sweep.looks("words that are too few")
    page.get_by_label("Typ je vier woorden een keer over").fill(" ".join(chosen))
    _presses(sweep, "Op slot zetten")
    expect(page.get_by_role("heading", level=1, name="Vandaag")).to_be_visible()
    sweep.moves("/help")
    _presses(sweep, "Pincode kiezen")
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill("2718")
    sweep.looks("choosing a PIN")
    _presses(sweep, "Pincode bewaren")
    expect(page.get_by_role("dialog")).to_be_hidden()
    _presses(sweep, "Nu op slot")
    sweep.looks("the PIN")
    page.get_by_label("Pincode (4 tot 6 cijfers)").fill("0000")
    _presses(sweep, "Openen")
    expect(page.get_by_text("nog 4 keer")).to_be_visible()
    sweep.looks("a wrong PIN")
    _presses(sweep, "Op een andere manier openen")
    sweep.looks("shut")
    page.get_by_label("Je vier woorden").fill("dit zijn ze niet")
    _presses(sweep, "Openen")
    expect(page.get_by_text("Dit zijn niet jouw vier woorden")).to_be_visible()
    sweep.looks("wrong words")
    _opens_and_closes(sweep, "Ik kan de app niet meer openen")


def test_a_phone_that_is_given_back(anna: Volunteer, sweep: Sweep, server: Server) -> None:
    page = sweep.page
    sweep.goes("/outbox/empty")
    server.stop()
    sweep.moves("/")
    anna.finds_nobody_home()
    sweep.goes("/outbox/empty")
    page.get_by_text("Toch leegmaken").click()
    page.get_by_label("Code van je coördinator (8 cijfers)").fill("00000000")
    _presses(sweep, "Gooi het weg en maak leeg")
    expect(page.get_by_text("Deze code hoort niet bij deze telefoon")).to_be_visible()
    sweep.looks("a wrong code to empty it")
    _in_english(sweep, ["/outbox/empty"])


def test_ones_own_phones(
    anna: Volunteer, sweep: Sweep, server: Server, second_phone: PhoneBrowser
) -> None:
    Volunteer(second_phone.open(), server.url).signs_in("anna")
    anna.sends_all()
    sweep.moves("/")
    expect(sweep.page.get_by_text("Je gebruikt nu twee telefoons")).to_be_visible()
    sweep.looks("today with a second phone")
    sweep.goes("/help/devices")
    _opens_and_closes(sweep, "Kwijt? Trek hem in")
    _in_english(sweep, ["/", "/help/devices"])
    _presses(sweep, "Lost? Revoke it")
    _presses(sweep, "Revoke now")
    expect(sweep.page.get_by_text("The phone is revoked")).to_be_visible()
    sweep.looks("a phone revoked")
    server.stop()
    sweep.moves("/help")
    sweep.goes("/help/devices")


def test_a_phone_that_is_too_long_without_contact(
    anna: Volunteer, sweep: Sweep, server: Server
) -> None:
    server.stop()
    page = sweep.page
    anna.finds_nobody_home()
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=61))
    anna.goes_to("/")
    expect(page.get_by_text("Maak contact voor")).to_be_visible()
    sweep.looks("today, its time nearly over")
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=73))
    page.reload()
    expect(heading(page, "Te lang geen contact")).to_be_visible()
    sweep.looks("too long without contact")
    _presses(sweep, "Nu contact maken")
    expect(page.get_by_text("Er is nu geen verbinding.")).to_be_visible()
    sweep.looks("too long without contact, and no line")
    _presses(sweep, "Toch iets opschrijven")
    expect(heading(page, "Losse notitie")).to_be_visible()
    sweep.looks("a loose note, before a yes to noting")
    page.get_by_role("radio", name="Ja, de bewoner zei ja").check()
    _presses(sweep, "Opslaan")
    expect(page.get_by_text("Schrijf eerst iets op.")).to_be_visible()
    sweep.looks("a loose note without a word")
    page.get_by_label("Wat wil je opschrijven?").fill("Het dak lekt.")
    sweep.looks("a loose note")
    _presses(sweep, "Opslaan")
    expect(page.get_by_text("Opgeslagen", exact=True)).to_be_visible()
    sweep.looks("a loose note that waits")


def test_the_sweep_sees_what_is_wrong(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sign-in")
    sweep = Sweep(page, server.url, phone=True)
    sweep.settles()
    page.evaluate(
        """() => {
          const main = document.querySelector('main');
          const made = (tag, props, style) => {
            const one = Object.assign(document.createElement(tag), props);
            Object.assign(one.style, style);
            main.append(one);
          };
          made('p', { textContent: 'lichte letters' }, { color: '#aaa', background: '#fff' });
          made('button', {}, {});
          made('button', { textContent: 'ver weg' }, { inlineSize: '40rem' });
        }"""
    )
    sweep.looks("sign-in")
    told = "\n".join(sweep.wrong)
    for fault in ("color-contrast", "button-name", "scrolls sideways", "sticks out"):
        assert fault in told

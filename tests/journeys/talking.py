"""The screens of one talk: consent, life domains, words, the plan, the hand-over."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.journeys.camera import reads

SAVED = "Opgeslagen op deze telefoon"


@dataclass
class Talk:
    """One talk, wherever in it the screen is."""

    page: Page

    # Consent

    def may_note(self) -> None:
        """Yes to noting: the cards of the life domains follow."""
        self.page.get_by_role("button", name="Ja, opschrijven mag").click()
        expect(self.page.get_by_text("Toestemming: mag noteren")).to_be_visible()

    def rather_without_notes(self) -> None:
        """No to noting: the same cards, to read from only."""
        self.page.get_by_role("button", name="Nee, liever zonder notities").click()
        expect(self.page.get_by_text("Praten zonder schrijven")).to_be_visible()

    def agrees_to_contact(self, name: str, number: str) -> None:
        """Yes to contact, and how: what to call them, by phone, voicemail allowed."""
        self.opens_menu("Toestemming")
        card = self.page.get_by_role("region", name="Later weer contact")
        card.get_by_role("button", name="Nu vragen").click()
        card.get_by_role("button", name="Ja, contact mag").click()
        card.get_by_label("Hoe mogen wij u noemen?").fill(name)
        card.get_by_role("radio", name="Bellen").check()
        card.get_by_label("Telefoonnummer").fill(number)
        card.get_by_label("Mag de voicemail ingesproken worden?").check()
        self.is_saved()
        self.page.get_by_role("link", name="Gesprek", exact=True).click()

    # Moving about

    def opens_menu(self, line: str) -> None:
        """One line of *Meer*."""
        self.page.get_by_role("button", name="Meer", exact=True).click()
        menu = self.page.get_by_role("dialog", name="Meer")
        menu.get_by_role("link", name=line).or_(menu.get_by_role("button", name=line)).click()

    def opens_domain(self, title: str) -> None:
        """A card of the overview."""
        domains = self.page.get_by_role("list", name="Onderwerpen")
        domains.get_by_role("link", name=re.compile(f"^{title}")).click()
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()

    def to_overview(self) -> None:
        """Back to the cards."""
        self.page.get_by_role("link", name="Gesprek", exact=True).click()
        expect(self.page.get_by_role("list", name="Onderwerpen")).to_be_visible()

    def is_saved(self) -> None:
        """The screen says that it is on this phone's disk."""
        expect(self.page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()

    # Words

    @property
    def words(self) -> Locator:
        """Where one types what the household says."""
        return self.page.get_by_label("In eigen woorden")

    def answers(self, answer: str) -> None:
        """One of the five answers of this domain."""
        self.page.get_by_role("radio", name=answer).check()

    def types(self, words: str) -> None:
        """Type in their words; every keystroke is kept."""
        self.words.fill(words)
        self.is_saved()

    def tells(self, domain: str, answer: str, words: str) -> None:
        """A whole card: open it, answer, type, and back to the overview."""
        self.opens_domain(domain)
        self.answers(answer)
        self.types(words)
        self.to_overview()

    # The plan

    def to_plan(self) -> None:
        """From the cards to the plan."""
        self.page.get_by_role("link", name="Naar het plan").click()

    def sets_goal(self, text: str) -> None:
        """The first goal, in their words."""
        self.page.get_by_role("button", name="Doel toevoegen").click()
        self.page.get_by_label("Wat wilt u bereiken?").fill(text)
        self.is_saved()

    def adds_step(self, text: str, who: str, by: str) -> None:
        """One step of the goal: what, who and when."""
        self.page.get_by_role("button", name="Stap toevoegen").click()
        self.page.get_by_label("Wat gaat er gebeuren?").fill(text)
        self.page.get_by_role("radio", name=who, exact=True).check()
        self.page.get_by_label("Wanneer?").fill(by)
        self.is_saved()
        self.page.get_by_role("button", name="Klaar").click()
        expect(self.page.get_by_role("listitem").filter(has_text=text)).to_be_visible()

    def agrees_to_come_back(self) -> None:
        """The aftercare as it is proposed: a call, as they chose to be called."""
        card = self.page.get_by_role("region", name="Terugkomen")
        card.get_by_role("button", name="Afspreken").click()
        expect(card.get_by_text(re.compile("^We bellen op"))).to_be_visible()

    def shows_plan(self) -> None:
        """Turn the screen towards the household: large type, and as a QR."""
        self.page.get_by_role("link", name="Laat zien").click()
        expect(self.page.get_by_role("heading", level=1, name="Mijn plan")).to_be_visible()

    def takes_plan_along(self) -> str:
        """The plan as a QR, drawn on the phone; gives what a camera reads from it."""
        self.page.get_by_role("button", name="Meenemen").click()
        sheet = self.page.get_by_role("dialog", name="Plan meenemen")
        code = sheet.get_by_role("img", name=re.compile("^QR-code 1 van"))
        expect(code).to_be_visible()
        text = reads(code)
        sheet.get_by_role("button", name="Sluiten").click()
        return text

    def wants_paper(self, brought_by: str) -> None:
        """The plan on paper, and who brings it."""
        self.page.get_by_text("Op papier", exact=True).click()
        self.page.get_by_label("Ik wil mijn plan op papier").check()
        self.page.get_by_role("radio", name=brought_by).check()
        self.is_saved()

    def back_to_overview(self) -> None:
        """From the plan, however deep, on to the cards."""
        self.page.get_by_role("link", name="Naar het gesprek").click()
        expect(self.page.get_by_role("heading", level=1, name="Gesprek")).to_be_visible()

    # The hand-over and the end

    def begins_handover(self, team: str) -> None:
        """To which team; their yes to exactly that team, and to hearing how it goes."""
        self.opens_menu("Overdragen aan een team")
        self.page.get_by_role("radio", name=team).check()
        self.page.get_by_role("button", name=f"Ja, delen met {team} mag").click()
        self.page.get_by_role("button", name="Ja, dat mag u horen").click()

    def hands_over(self, team: str, why: str) -> None:
        """Why and how soon; shared is what help was asked for."""
        self.begins_handover(team)
        self.page.get_by_label("Waarom?").fill(why)
        self.page.get_by_role("radio", name=re.compile("^Snel")).check()
        self.page.get_by_role("button", name=f"Overdragen aan {team}").click()
        offered = re.compile("^(wacht op deze telefoon|aangeboden)$")
        expect(self.page.get_by_text(offered)).to_be_visible()

    def ends(self) -> None:
        """*Gesprek afronden*: back to the list."""
        self.opens_menu("Gesprek afronden")
        sheet = self.page.get_by_role("dialog", name="Gesprek afronden")
        sheet.get_by_role("button", name="Gesprek afronden").click()
        expect(self.page.get_by_role("heading", level=1, name="Vandaag")).to_be_visible()

    def throws_all_away(self) -> None:
        """*Alles weggooien*: back to the list."""
        self.opens_menu("Alles weggooien")
        sheet = self.page.get_by_role("dialog", name="Alles weggooien")
        sheet.get_by_role("button", name="Alles weggooien").click()
        expect(self.page.get_by_role("heading", level=1, name="Vandaag")).to_be_visible()

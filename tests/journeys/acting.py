"""A volunteer with a phone, in the words of the work: what is tapped, what is typed, what shows."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from outreach.demo.people import PASSWORD
from tests.journeys.locking import MOVE, choose_or_open, heading, open_with
from tests.journeys.talking import Talk
from tests.journeys.wire import SYNC

# Until the worker has put the whole app on the phone, a cut line would be a cut app.
WORKER_READY = "navigator.serviceWorker.ready.then(() => true)"


def sign_in(page: Page, url: str, who: str) -> None:
    """Fill in the form of the sign-in screen; the screen that follows differs by role."""
    page.goto(url)
    page.get_by_label("E-mailadres").fill(f"{who}@wilgendam.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


@dataclass
class Volunteer:
    """Somebody who walks a round; `page` is another one after the browser was killed.

    `words` open the store of their phone; there are none before it was first opened.
    """

    page: Page
    url: str
    words: list[str] = field(default_factory=list)

    def signs_in(self, who: str) -> None:
        """At the base, with signal: the round and the app itself come to the phone."""
        sign_in(self.page, self.url, who)
        self.words = choose_or_open(self.page, self.words)
        self.sees_everything_in()
        self.page.evaluate(WORKER_READY)

    def opens_again(self, page: Page) -> None:
        """The browser was killed: a new page in the same profile, without asking anybody."""
        self.page = page
        self.goes_to("/")

    def goes_to(self, path: str) -> None:
        """Open a screen by its address, as a reload or a restart does, and then the store."""
        self.page.goto(f"{self.url}{path}")
        open_with(self.page, self.words)

    def reloads(self) -> None:
        """The tab is made anew: the key is gone from memory, so the words are asked."""
        self.page.reload()
        open_with(self.page, self.words)

    # The light

    def sees_everything_in(self) -> None:
        """The light says that the server has it all."""
        expect(self.page.get_by_role("link", name="alles binnen")).to_be_visible()

    def sees_waiting(self, count: int | None = None) -> None:
        """The light says how much is on this phone only, and never that all is in."""
        words = r"\d+" if count is None else str(count)
        light = self.page.get_by_role("link", name=re.compile(rf"^{words} op deze telefoon$"))
        expect(light).to_be_visible()
        expect(self.page.get_by_text("alles binnen")).to_have_count(0)

    def tries_now(self) -> None:
        """*Nu proberen*, on the screen of what waits; returns when the try is over."""
        self.goes_to("/outbox")
        self.retries()

    def retries(self) -> None:
        """Tap *Nu proberen* once more; something was asked, and answered or not."""
        again = self.page.get_by_role("button", name="Nu proberen")
        with self.page.expect_request(SYNC) as asked:
            again.click()
        asked.value.response()
        # What was asked may have been the app's own, begun as it opened: wait for ours too.
        expect(again).not_to_have_attribute("aria-busy", "true")

    def sends_all(self) -> None:
        """Send what waits and fetch what is new, until the light says so."""
        self.sends_what_waits()
        self.sees_everything_in()

    def sends_what_waits(self) -> None:
        """As sends_all, where the light may ask for a look afterwards."""
        self.tries_now()
        expect(self.page.get_by_text("Er wacht niets op deze telefoon.")).to_be_visible()

    def sees_that_it_wants_a_look(self) -> None:
        """The light says that something needs a person; it leads to what."""
        expect(self.page.get_by_role("link", name="kijk even")).to_be_visible()

    # The line

    def loses_the_line(self) -> None:
        """Out of reach, and no answer is on its way any more.

        The light says *alles binnen* while the app still writes down that there was contact: were
        the phone's clock set on before that, the contact would count as one of later.
        """
        self.page.context.set_offline(True)
        self.page.evaluate(MOVE, "/outbox")
        again = self.page.get_by_role("button", name="Nu proberen")
        expect(again).not_to_have_attribute("aria-busy", "true")
        again.click()
        expect(self.page.get_by_text("Het lukt nu niet: er is geen verbinding.")).to_be_visible()
        self.page.evaluate(MOVE, "/")
        expect(heading(self.page, "Vandaag")).to_be_visible()

    # The list

    @property
    def next_door(self) -> Locator:
        """The door that stands unfolded."""
        return self.page.locator("li[aria-current=step]")

    def name_of_next_door(self) -> str:
        """Such as "12 Wilgenhof"."""
        words = self.next_door.get_by_text(re.compile(r"^\d+\S* ")).first
        return words.inner_text().strip()

    def finds_nobody_home(self) -> str:
        """One tap at the next door; gives the name of that door."""
        self.next_door.wait_for()
        door = self.name_of_next_door()
        self.next_door.get_by_role("button", name="Niemand thuis").click()
        expect(self.page.get_by_role("status").filter(has_text="Opgeslagen:")).to_be_visible()
        expect(self.next_door.get_by_text(door, exact=True)).to_have_count(0)
        return door

    def takes_it_back(self, door: str) -> None:
        """The undo that was offered: the door is the next one again."""
        self.page.get_by_role("button", name="Ongedaan maken").click()
        expect(self.next_door.get_by_text(door, exact=True)).to_be_visible()

    def opens_next_door(self) -> str:
        """The screen of the next door; gives its path."""
        self.next_door.get_by_role("link", name="Openen").click()
        expect(self.page).to_have_url(re.compile(r"/door/[0-9a-f-]+$"))
        return self.page.url.removeprefix(self.url)

    def shows_done_doors(self) -> Locator:
        """Unfold what is done; gives its list."""
        doors = self.page.get_by_role("list", name="Deuren die klaar zijn")
        fold = self.page.get_by_text(re.compile(r"^\d+ deur(en)? klaar$"))
        fold.wait_for()
        if not doors.is_visible():
            fold.click()
        return doors

    # The door

    def name_of_door(self) -> str:
        """Of the door on the screen, such as "Wilgenhof 12"."""
        self.page.get_by_role("link", name="Gesprek beginnen").wait_for()
        return self.page.get_by_role("heading", level=1).inner_text()

    def begins_talk(self) -> Talk:
        """From the door to the talk, in one tap."""
        self.page.get_by_role("link", name="Gesprek beginnen").click()
        return self.talk()

    def talk(self) -> Talk:
        """The talk on the screen."""
        return Talk(self.page)

    def resumes_talk(self) -> Talk:
        """From the list back into the talk that was interrupted."""
        self.shows_done_doors().get_by_role("link").filter(has_text="gesprek").click()
        self.page.get_by_role("link", name="Verder met het gesprek").click()
        return self.talk()

    def refuses_for_them(self) -> None:
        """*Liever niet*, this time."""
        self.page.get_by_role("button", name="Liever niet").click()
        self.page.get_by_role("button", name=re.compile("^Deze keer niet")).click()

    def splits_the_door(self) -> None:
        """*Hier wonen twee huishoudens*."""
        self.page.get_by_role("link", name="Iets anders…").click()
        self.page.get_by_role("button", name=re.compile("^Hier wonen twee huishoudens")).click()
        self.page.get_by_role("button", name="Tweede deur maken").click()

    # Afterwards

    def debriefs(self, feeling: str) -> None:
        """*Nabespreken*, from the tab *Hulp*."""
        self.page.get_by_role("link", name="Hulp", exact=True).click()
        self.page.get_by_role("link", name=re.compile("^Nabespreken")).click()
        self.page.get_by_role("radio", name=feeling).check()
        self.page.get_by_role("button", name="Nabespreking opslaan").click()
        expect(self.page.get_by_text("Dank je wel voor je bezoek.")).to_be_visible()
        self.page.get_by_role("link", name="Naar Vandaag").click()

    def worries(self, facts: str) -> None:
        """*Een zorg*, from the tab *Hulp*: the facts go to the contact person."""
        self.goes_to("/worry")
        self.page.get_by_label("Wat zag of hoorde je zelf?").fill(facts)
        self.page.get_by_role("button", name="Doorgeven").click()
        expect(self.page.get_by_text("taat klaar om te versturen")).to_be_visible()

    def signs_out(self) -> None:
        """From the tab *Hulp*."""
        self.goes_to("/help")
        self.page.get_by_role("button", name="Uitloggen").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Uitloggen").click()
        expect(self.page.get_by_label("E-mailadres")).to_be_visible()

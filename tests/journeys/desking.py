"""Those at the desk: a coach who answers a hand-over, a coordinator who prints a plan."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.acting import sign_in


@dataclass
class Desk:
    """One screen of 1280 by 800."""

    page: Page
    url: str

    def signs_in(self, who: str) -> None:
        """Whoever sat here before leaves first."""
        self.page.context.clear_cookies()
        if self.page.url.startswith(self.url):
            self.page.evaluate("localStorage.clear()")
        sign_in(self.page, f"{self.url}/sign-in", who)
        expect(self.page.get_by_role("button", name="Uitloggen")).to_be_visible()

    def opens_handover(self, door: str) -> Locator:
        """From the inbox to a dossier, by "street number"; gives the dossier."""
        self.page.goto(f"{self.url}/desk/handovers")
        waits = self.page.get_by_role("region", name="Wat wacht")
        waits.get_by_role("link", name=re.compile(f"^{re.escape(door)}\\b")).first.click()
        dossier = self.page.get_by_role("article", name="Het dossier")
        expect(dossier.get_by_role("heading", name=door, exact=True)).to_be_visible()
        return dossier

    def asks(self, question: str) -> None:
        """Back to the volunteer with a question."""
        self.page.get_by_role("button", name="Vraag stellen").click()
        self.page.get_by_label("Je vraag aan de vrijwilliger").fill(question)
        self.page.get_by_role("button", name="Vraag sturen").click()
        expect(self.page.get_by_text("Je vraag is gestuurd")).to_be_visible()

    def accepts(self) -> None:
        """*Ik pak dit op*."""
        self.page.get_by_role("button", name="Ik pak dit op").click()
        expect(self.page.get_by_text("Je hebt dit opgepakt")).to_be_visible()

    def downloads_plan(self, door: str, into: Path) -> str:
        """The plan's PDF from *Plannen op papier*; gives its words in order."""
        self.page.goto(f"{self.url}/desk/plans")
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=f"Plan van {door} als PDF opslaan").click()
        assert download.value.suggested_filename == "plan.pdf"
        download.value.save_as(into)
        reader = shutil.which("pdftotext") or "/usr/bin/pdftotext"
        done = subprocess.run(  # noqa: S603 - a fixed program on our own file
            [reader, "-raw", str(into), "-"], check=True, capture_output=True, text=True
        )
        return " ".join(done.stdout.split())

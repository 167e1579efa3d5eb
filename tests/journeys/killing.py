"""A browser that is killed just after it said that something is saved, again and again."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.locking import MOVE, SHUT, begin_loose, heading, shut_now

# Seconds between what the screen says and the kill, at most.
LATEST = 0.05
# Seconds between two keys, and how long one types before the kill, at most.
KEY = 0.012
LONGEST_TYPING = 0.9
# Tells what stood in the field when the screen said that it is kept. In a task of its own: what
# comes and goes within one task is never painted.
TELLS = """
(() => {
  const said = () => [...document.querySelectorAll('[role=status]')]
    .some((line) => line.textContent.includes('Opgeslagen'));
  new MutationObserver(() => {
    if (!said()) return;
    setTimeout(() => {
      const field = document.activeElement;
      if (said()) window.saysSaved(field instanceof HTMLTextAreaElement ? field.value : '');
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
})();
"""
FIRST_LETTER = 0x3400
NOBODY, RATHER_NOT = "niemand thuis", "liever niet"


def _alive(group: int) -> bool:
    """Whether anything is left of this group of processes."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, its_group, *_ = stat.read_text().rpartition(")")[2].split()
            if int(its_group) == group and state not in "ZX":
                return True
    return False


def browser_process(profile: Path) -> int:
    """The process of the browser that has this profile open; it leads a group of its own."""
    named = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if named in words and not any(word.startswith(b"--type=") for word in words):
                return int(folder.name)
    raise RuntimeError(f"no browser has {profile} open")


@dataclass
class Shown:
    """What was done before a kill; `kept` is how much of it the screen had called saved."""

    kind: str
    path: str
    words: str
    kept: str


@dataclass
class Killer:
    """One volunteer, whose browser dies and is opened again from the same profile."""

    anna: Volunteer
    phone: PhoneBrowser
    # The screens: a card of the talk, and doors.
    card: str
    doors: list[str]
    seed: int
    lost: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    # What the phone held at the end: texts of notes, outcomes by the path of a door, a worry, and
    # what was written while it was shut.
    notes: list[str] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    worry: str = ""
    loose: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - the same kills every time
        self._process = 0
        self._said = ""
        # Seconds from what the screen says to the kill; None kills nothing.
        self._after: float | None = None

    def opens(self, path: str) -> None:
        """Open the profile as it was left, and then the store."""
        page = self.phone.open()
        self._process = browser_process(self.phone.profile)
        self.phone.context.expose_binding("saysSaved", self._hears)
        self.phone.context.add_init_script(TELLS)
        self.anna.page = page
        self.anna.goes_to(path)

    def _hears(self, _source: object, words: str) -> None:
        self._said = words
        if self._after is not None:
            time.sleep(self._after)
            self._after = None
            self._kills()

    def _kills(self) -> None:
        os.killpg(self._process, signal.SIGKILL)

    def kills(self) -> None:
        """Do one thing, kill the browser as the screen calls it saved, open it and look."""
        acts = (self.writes_a_note, self._types, self._rings, self._worries, self._writes_loose)
        self.dies_of(self._dice.choice(acts))

    def dies_of(
        self, act: Callable[[Page, str], Shown], meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """Do this, with something that happens to the disk before the browser is opened again."""
        with self.phone.context.expect_event("close"):
            # Its first letter is of no other, so that half a note cannot be mistaken.
            shown = act(self.anna.page, f"{chr(FIRST_LETTER + len(self.done))} {self.seed}")
        while _alive(self._process):
            time.sleep(0.01)
        self.done.append(shown.kind)
        if shown.kind == "typing":
            shown.kept = self._said
        meanwhile()
        self.opens(shown.path)
        try:
            self._looks(self.anna.page, shown)
        except AssertionError as fault:
            self.lost.append(f"{shown} {fault}")

    def _dies_once_said(self, act: Callable[[], object]) -> None:
        self._after = self._dice.uniform(0, LATEST)
        with suppress(Error):
            act()

    # What is done

    def writes_a_note(self, page: Page, name: str) -> Shown:
        """A note, all of it at once."""
        words = f"{name}: een notitie in één keer."
        self._fresh_sheet(page)
        self._dies_once_said(lambda: page.get_by_label("In eigen woorden").fill(words))
        return Shown("note", self.card, words, words)

    def _types(self, page: Page, name: str) -> Shown:
        """A note, key by key; it dies somewhere on the way, whatever the screen says then."""
        words = f"{name}: de buurvrouw zorgt voor de kat, de post en de planten op het balkon."
        self._fresh_sheet(page)
        page.get_by_label("In eigen woorden").focus()
        self._said = ""
        dies = threading.Timer(self._dice.uniform(0, LONGEST_TYPING), self._kills)
        dies.start()
        with suppress(Error):
            page.keyboard.type(words, delay=KEY * 1000)
        dies.join()
        return Shown("typing", self.card, words, "")

    def _fresh_sheet(self, page: Page) -> None:
        page.evaluate(MOVE, self.card)
        sheet = page.get_by_label("In eigen woorden")
        sheet.wait_for()
        if sheet.input_value():
            page.get_by_role("button", name="Nog een notitie").click()
            expect(sheet).to_have_value("")

    def _rings(self, page: Page, name: str) -> Shown:
        """What came of a door, or something else than what came of it before."""
        path = self._dice.choice(self.doors)
        words = RATHER_NOT if self.outcomes.get(path) == NOBODY else NOBODY
        page.evaluate(MOVE, path)
        change = page.get_by_role("button", name="Wijzigen")
        nobody = page.get_by_role("button", name="Niemand thuis")
        change.or_(nobody).wait_for()
        if change.is_visible():
            change.click()
        if words == NOBODY:
            self._dies_once_said(nobody.click)
        else:
            page.get_by_role("button", name="Liever niet").click()
            self._dies_once_said(page.get_by_role("button", name="Deze keer niet").click)
        self.outcomes[path] = words
        return Shown("door", path, words, words)

    def _worries(self, page: Page, name: str) -> Shown:
        """A half-filled form, which stays on this phone."""
        page.evaluate(MOVE, "/worry")
        facts = page.get_by_label("Wat zag of hoorde je zelf?")
        expect(facts).to_have_value(self.worry)
        self.worry = f"{name}: een zorg, nog niet af."
        self._dies_once_said(lambda: facts.fill(self.worry))
        return Shown("worry", "/worry", self.worry, self.worry)

    def _writes_loose(self, page: Page, name: str) -> Shown:
        """A loose note, on a phone that is shut."""
        words = f"{name}: geschreven terwijl de telefoon op slot was."
        shut_now(page)
        expect(heading(page, SHUT)).to_be_visible()
        begin_loose(page, "Wilgenhof 12", words)
        self._dies_once_said(page.get_by_role("button", name="Opslaan").click)
        self.loose.append(words)
        return Shown("loose", self.card, words, words)

    # What is there when it is opened again

    def _looks(self, page: Page, shown: Shown) -> None:
        if shown.kind == "loose":
            # Nobody reads it back here: whether it is there, the server says at the end.
            page.get_by_label("In eigen woorden").wait_for()
            return
        if shown.kind == "door":
            expect(page.get_by_text(shown.words, exact=True)).to_be_visible()
        elif shown.kind == "worry":
            facts = page.get_by_label("Wat zag of hoorde je zelf?")
            expect(facts).to_have_value(shown.words)
        else:
            self._looks_at_note(page, shown)

    def _looks_at_note(self, page: Page, shown: Shown) -> None:
        sheet = page.get_by_label("In eigen woorden")
        sheet.wait_for()
        text = sheet.input_value()
        if text not in self.notes:
            # More than was called saved may be there; nothing else may.
            assert shown.words.startswith(text), f"there is {text!r}"
        else:
            text = ""
        assert text.startswith(shown.kept), f"there is {text!r}"
        if text:
            self.notes.append(text)

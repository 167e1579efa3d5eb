"""Somebody at a desk who has no mouse: every step is a key, and the focus is always in sight."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FileChooser, Locator, Page, expect

from outreach.demo.people import PASSWORD

MOST_STEPS = 400
# Is the focus there, and if not, does it lie ahead or behind in the page?
WHERE_IS_FOCUS = """
(wanted) => {
  const now = document.activeElement;
  if (now === wanted) return 'here';
  if (now === document.body || now === null) return 'ahead';
  return now.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING
    ? 'behind' : 'ahead';
}
"""
# WCAG 2.2: what has the focus shows it (2.4.7), and nothing lies over it (2.4.11). What is drawn
# anew just now may take some frames for it.
FOCUS_SHOWS = """
async (element) => {
  const drawn = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px')
      || style.boxShadow !== 'none';
  };
  const look = () => {
    const box = element.getBoundingClientRect();
    const across = [0.1, 0.5, 0.9].map((part) => box.left + box.width * part);
    const down = [0.1, 0.5, 0.9].map((part) => box.top + box.height * part);
    const seen = across.some((x) => down.some((y) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || top.contains(element));
    }));
    const around = element.parentElement;
    return { seen, outlined: drawn(element) || (around !== null && drawn(around)) };
  };
  for (let frame = 0; frame < 60; frame += 1) {
    const { seen, outlined } = look();
    if (seen && outlined) break;
    await new Promise((next) => requestAnimationFrame(next));
  }
  return look();
}
"""


@dataclass
class Keyboard:
    """One screen and its keys."""

    page: Page
    url: str

    # Moving

    def reaches(self, wanted: Locator) -> Locator:
        """Walk there with Tab, or back with Shift+Tab; it must be seen to have the focus."""
        expect(wanted).to_be_visible()
        handle = wanted.element_handle()
        for _ in range(MOST_STEPS):
            where = self.page.evaluate(WHERE_IS_FOCUS, handle)
            if where == "here":
                shows = self.page.evaluate(FOCUS_SHOWS, handle)
                assert shows == {"seen": True, "outlined": True}, (str(wanted), shows)
                return wanted
            self.page.keyboard.press("Tab" if where == "ahead" else "Shift+Tab")
        raise AssertionError(f"no key leads to {wanted}")

    def presses(self, wanted: Locator) -> None:
        """Go to a button or link, and Enter."""
        self.reaches(wanted)
        self.page.keyboard.press("Enter")

    def button(self, name: str, within: Locator | None = None) -> None:
        """Press the button of this name."""
        root = within or self.page.locator("body")
        self.presses(root.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        """Follow the link of this name."""
        self.presses(self.page.get_by_role("link", name=name, exact=True).first)

    def menu(self, name: str) -> None:
        """A line of the menu; the screen behind it says its title and takes the focus."""
        menu = self.page.get_by_role("navigation", name="Menu")
        self.presses(menu.get_by_role("link", name=name, exact=True))
        self.lands()

    def lands(self, title: str | None = None) -> None:
        """A new screen: the focus stands at its title, so that it is read out."""
        heading = self.page.get_by_role("heading", level=1)
        if title is not None:
            expect(heading).to_have_text(title)
        expect(heading).to_be_focused()

    # Filling in

    def types(self, label: str, words: str) -> None:
        """Replace what stands in a field."""
        self.reaches(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def dates(self, label: str, day: str) -> None:
        """A date, digit by digit: dd-mm-yyyy, with day and month alike.

        Which of the two comes first is the browser's own language.
        """
        field = self.reaches(self.page.get_by_label(label, exact=False).first)
        self.page.keyboard.type(day.replace("-", ""))
        expect(field).to_have_value("-".join(reversed(day.split("-"))))

    def picks(self, label: str, choice: str) -> None:
        """An option of a list, with the arrows."""
        field = self.reaches(self.page.get_by_label(label, exact=True))
        options = field.locator("option:not([disabled])").all_inner_texts()
        self.page.keyboard.press("Home")
        for _ in options:
            chosen = field.evaluate("(one) => one.selectedOptions[0]?.label ?? ''")
            if chosen.strip().startswith(choice):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} has {options}, not {choice}")

    def ticks(self, label: str) -> None:
        """A box."""
        box = self.reaches(self.page.get_by_role("checkbox", name=label))
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def chooses(self, question: str, answer: str) -> None:
        """One of several answers: Tab leads to the question, arrows walk among the answers."""
        group = self.page.get_by_role("group", name=question)
        radios = group.get_by_role("radio")
        wanted = group.get_by_role("radio", name=answer)
        checked = group.locator("input:checked")
        self.reaches(checked if checked.count() else radios.first)
        if not checked.count():
            self.page.keyboard.press("Space")
        for _ in range(radios.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{question}: {answer} cannot be reached")

    def hands_file(self, label: str, path: Path) -> None:
        """The file dialog opens from the keyboard; what is in it is the browser's own."""
        # Listening begins well before the key, else a slow browser opens a dialog nobody sees.
        self.page.on("filechooser", lambda _: None)
        self.reaches(self.page.get_by_label(label, exact=True))
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        chooser: FileChooser = opened.value
        chooser.set_files(path)

    # Coming and going

    def signs_in(self, who: str, password: str = PASSWORD, path: str = "/sign-in") -> None:
        """By the form, with Enter in its last field."""
        self.page.goto(f"{self.url}{path}")
        self.types("E-mailadres", who if "@" in who else f"{who}@wilgendam.example")
        self.types("Wachtwoord", password)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("button", name="Uitloggen")).to_be_visible()

    def signs_out(self) -> None:
        """Back to the sign-in form."""
        self.button("Uitloggen")
        expect(self.page.get_by_label("E-mailadres")).to_be_visible()

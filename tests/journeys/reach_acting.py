"""Can everybody use what is on the screen now? By axe, in light and dark, doubled, in English."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.locking import MOVE

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_TAGS = {"runOnly": {"type": "tag", "values": TAGS}}
BY_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN = """
async (options) => {
  const { violations } = await axe.run(document, { ...options, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
"""
SETTLED = "() => !document.getAnimations().some((one) => one.playState === 'running')"
# Twice the size: nothing beside the page, nothing sticking out, and the main act can be pressed.
LOST = """
() => {
  const root = document.documentElement;
  const lost = [];
  if (root.scrollWidth > root.clientWidth) {
    lost.push(`scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);
  }
  const inBox = (one) => {
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const scope = document.querySelector('dialog[open]') ?? document;
  const acts =
    'main button, main a, .actions button, .actions a, input, select, textarea, dialog button';
  for (const one of scope.querySelectorAll(acts)) {
    const { left, right, width } = one.getBoundingClientRect();
    if (!one.checkVisibility() || width === 0 || inBox(one)) continue;
    if (left < -1 || right > root.clientWidth + 1) {
      lost.push(`sticks out: ${one.outerHTML.slice(0, 120)}`);
    }
  }
  for (const one of scope.querySelectorAll('.utrecht-button--primary-action')) {
    if (!one.checkVisibility()) continue;
    const free = ['center', 'start', 'end'].some((block) => {
      one.scrollIntoView({ block, behavior: 'instant' });
      const { left, top, width, height } = one.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit !== null && (one.contains(hit) || hit.contains(one));
    });
    if (!free) lost.push(`cannot be pressed: ${one.textContent.trim()}`);
  }
  return lost;
}
"""
IN_LANGUAGE = """
(lang) => {
  const button = document.querySelector(`.languages button[lang=${lang}]`);
  button?.click();
  return button !== null;
}
"""
TEXT_SIZE = "(size) => { document.documentElement.style.fontSize = size; }"
# The page's own size is 112.5 %.
DOUBLE_TEXT = "225%"


@dataclass
class Sweep:
    """One page that is looked at in every state it gets into; what is wrong is told at the end."""

    page: Page
    url: str
    phone: bool = False
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def goes(self, path: str) -> None:
        """Go to a screen and look at it."""
        self.moves(path)
        self.looks(path)

    def moves(self, path: str) -> None:
        """Go to a screen: on a phone inside the open app, as a reload shuts it."""
        if self.phone:
            self.page.evaluate(MOVE, path)
        else:
            self.page.goto(f"{self.url}{path}")

    def looks(self, name: str) -> None:
        """Look at what shows now, every way."""
        self.settles()
        self.seen.append(name)
        self._runs(name, BY_TAGS)
        self.page.emulate_media(color_scheme="dark")
        self._runs(f"{name}, dark", BY_COLOUR)
        self.page.emulate_media(color_scheme="light")
        self._doubles(name)
        if not self.phone and self.page.evaluate(IN_LANGUAGE, "en"):
            expect(self.page.locator("html")).to_have_attribute("lang", "en")
            self._runs(f"{name}, English", BY_TAGS)
            self._doubles(f"{name}, English")
            self.page.evaluate(IN_LANGUAGE, "nl")
            expect(self.page.locator("html")).to_have_attribute("lang", "nl")

    def settles(self) -> None:
        """Nothing is on its way any more."""
        expect(self.page.get_by_role("heading", level=1).first).to_be_attached()
        expect(self.page.get_by_text("Even laden…")).to_have_count(0)
        self.page.wait_for_function(SETTLED)

    def ends(self) -> None:
        """Everything that was wrong, at once."""
        assert self.seen
        assert not self.wrong, "\n".join(self.wrong)

    def _runs(self, name: str, options: dict[str, Any]) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text())
        self.wrong += [f"{name}: {fault}" for fault in self.page.evaluate(RUN, options)]

    def _doubles(self, name: str) -> None:
        """A phone with its text doubled; a desk's 1280 pixels at 200 %."""
        before = self.page.viewport_size or {"width": 1280, "height": 800}
        if self.phone:
            self.page.set_viewport_size({"width": 412, "height": 915})
            self.page.evaluate(TEXT_SIZE, DOUBLE_TEXT)
        else:
            self.page.set_viewport_size({"width": 640, "height": 400})
        self.wrong += [f"{name}, doubled: {fault}" for fault in self.page.evaluate(LOST)]
        self.page.evaluate(TEXT_SIZE, "")
        self.page.set_viewport_size({"width": before["width"], "height": before["height"]})

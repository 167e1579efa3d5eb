"""A supervisor at the base has only a phone: tables become cards, and every act stays in reach."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk_waiting import drafts_stand_ready, everything_waits
from tests.journeys.desking import Desk
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server

# What does not fit: headers higher than two lines, a word cut in two, a row's act beside the page.
CRAMPED = """
() => {
  const wrong = [];
  const width = document.documentElement.clientWidth;
  for (const header of document.querySelectorAll('main th')) {
    const { height } = header.getBoundingClientRect();
    if (header.checkVisibility() && height > 80) wrong.push(`${header.textContent}: ${height} px`);
  }
  for (const act of document.querySelectorAll('main td a, main td button')) {
    const { left, right, width: own } = act.getBoundingClientRect();
    if (left < 0 || right > width) wrong.push(`out of sight: ${act.textContent}`);
    if (own < width * 0.7) wrong.push(`small to hit: ${act.textContent} ${own} px`);
  }
  return wrong;
}
"""
BROKEN = """
() => [...document.querySelectorAll('main th')].flatMap((header) => {
  const words = document.createTreeWalker(header, NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    for (const { 0: word, index } of text.data.matchAll(/[^\\s\\u00ad-]+/g)) {
      const lines = new Set([...word].map((_, place) => {
        const letter = document.createRange();
        letter.setStart(text, index + place);
        letter.setEnd(text, index + place + 1);
        return Math.round([...letter.getClientRects()].at(-1)?.top ?? 0);
      }));
      if (lines.size > 1) broken.push(word);
    }
  }
  return broken;
})
"""


@pytest.fixture
def sweep(desk: Page, server: Server) -> Iterator[Sweep]:
    made = Sweep(desk, server.url)
    yield made
    made.ends()


def _signs_in(sweep: Sweep, who: str) -> None:
    Desk(sweep.page, sweep.url).signs_in(who)
    sweep.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})


def _looks(sweep: Sweep, path: str) -> None:
    sweep.goes(path)
    expect(sweep.page.get_by_role("table").first).to_be_visible()
    sweep.wrong += [f"{path}: {fault}" for fault in sweep.page.evaluate(CRAMPED)]


def test_the_supervisors_tables_are_cards_on_a_phone(sweep: Sweep, server: Server) -> None:
    everything_waits(server)
    planned = drafts_stand_ready(server)
    _signs_in(sweep, "sofie")
    _looks(sweep, "/desk/campaigns")
    _looks(sweep, f"/desk/campaigns/{planned.campaign}")
    _looks(sweep, f"/desk/rounds/{planned.published_round}")
    doors = sweep.page.get_by_role("table", name="Deuren")
    expect(doors.get_by_role("cell", name="Adres").first).to_be_visible()


def test_the_coordinators_tables_are_cards_on_a_phone(sweep: Sweep, server: Server) -> None:
    everything_waits(server)
    _signs_in(sweep, "ruben")
    for path in (
        "/desk/accounts",
        "/desk/volunteers",
        "/desk/concerns",
        "/desk/plans",
        "/desk/roles",
    ):
        _looks(sweep, path)
    rows = sweep.page.get_by_role("table", name="Rollen").get_by_role("row")
    decides = rows.filter(has_text="Over zorgen beslissen")
    expect(decides.get_by_role("cell", name="Coördinator")).to_be_visible()
    expect(decides.get_by_role("cell", name="Vrijwilliger")).to_be_hidden()


def test_cards_are_put_in_another_order(sweep: Sweep) -> None:
    _signs_in(sweep, "ruben")
    sweep.goes("/desk/accounts")
    sweep.page.get_by_label("Volgorde").select_option("Naam, aflopend")
    acts = sweep.page.get_by_role("table").get_by_role("link").all()
    names = [act.get_attribute("aria-label") or "" for act in acts]
    assert all(before >= after for before, after in pairwise(names))


@pytest.mark.parametrize("width", [700, 1280])
def test_no_header_is_cut_in_the_middle_of_a_word(desk: Page, server: Server, width: int) -> None:
    Desk(desk, server.url).signs_in("ruben")
    desk.set_viewport_size({"width": width, "height": 800})
    for path in ("/desk/accounts", "/desk/volunteers", "/desk/roles"):
        desk.goto(f"{server.url}{path}")
        expect(desk.get_by_role("table")).to_be_visible()
        assert desk.evaluate(BROKEN) == []

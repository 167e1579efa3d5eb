"""Rounds are planned at the desk: searched, changed by mouse and by keys, given to the phones."""

import re
from collections.abc import Iterator
from time import sleep

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.desk_waiting import Line
from tests.journeys.desking import Desk
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server

SEARCH = 60_000
WITH_DOORS = re.compile(r"\b([3-9]|[1-9]\d+) deuren")
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def sweep(desk: Page, server: Server) -> Iterator[Sweep]:
    made = Sweep(desk, server.url)
    yield made
    made.ends()


def test_a_supervisor_plans_changes_undoes_and_publishes_rounds(desk: Page, server: Server) -> None:
    Desk(desk, server.url).signs_in("sofie")
    _asks_for_a_plan(desk, server)
    expect(_publishes(desk)).to_be_visible(timeout=SEARCH)
    _drags(desk)
    _moves_by_keys(desk)
    _locks_and_undoes(desk)
    _a_colleague_was_first(desk, server)
    _publishes(desk).click()
    now = desk.get_by_role("dialog").get_by_role("button", name=re.compile("publiceren$"))
    now.click()
    expect(desk.get_by_text(re.compile("op de telefoons$")).first).to_be_visible()
    desk.get_by_role("link", name=re.compile("^Ronde [A-Z] ·")).first.click()
    expect(desk.get_by_role("table", name="Deuren van deze ronde")).to_be_visible()


def test_every_state_of_a_plan_can_be_used_by_everybody(sweep: Sweep, server: Server) -> None:
    campaign, plan = _plan_stands_ready(server)
    Desk(sweep.page, sweep.url).signs_in("sofie")
    sweep.goes(f"/desk/campaigns/{campaign}/round-plans/new")
    sweep.goes(f"/desk/round-plans/{plan}")
    _opened(sweep.page)
    sweep.looks("a round with its doors")
    sweep.page.locator("[data-act=move]").first.click()
    sweep.looks("moving a door")
    sweep.page.keyboard.press("Escape")
    _publishes(sweep.page).click()
    sweep.looks("publishing rounds")
    sweep.page.keyboard.press("Escape")
    sweep.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    sweep.looks("a plan on a phone")
    sweep.goes(f"/desk/round-plans/{NOBODY}")


def _plan_stands_ready(server: Server) -> tuple[str, str]:
    """The demo's campaign, and a plan in which the search has ended."""
    sofie = Line(server, "sofie")
    campaign: str = sofie.gets("/campaigns")["items"][0]["id"]
    here = f"/campaigns/{campaign}"
    proposal = sofie.posts(f"{here}/round-plan-proposal", {})
    days = {name: proposal[name] for name in ("first_day", "last_day")}
    shifts = [
        {"date": slot["date"], "day_part": slot["day_part"], "pair": pair}
        for slot in proposal["slots"]
        for pair in slot["pairs"]
    ]
    plan: str = sofie.posts(f"{here}/round-plans", days | {"shifts": shifts, "seconds": 3})["id"]
    while sofie.gets(f"/round-plans/{plan}")["state"] == "searching":
        sleep(0.5)
    return campaign, plan


def _asks_for_a_plan(desk: Page, server: Server) -> None:
    desk.goto(f"{server.url}/desk/campaigns")
    desk.get_by_role("link", name="De Wilgen openen").click()
    desk.get_by_role("link", name="Rondes plannen").click()
    search = desk.get_by_label("Zoeken", exact=True)
    search.fill("0")
    desk.get_by_role("button", name="Plannen", exact=True).click()
    expect(desk.get_by_role("alert")).to_be_focused()
    # Who looks elsewhere and comes back finds what was filled in.
    search.fill("5")
    desk.get_by_role("link", name="Campagne", exact=True).click()
    desk.get_by_role("link", name="Rondes plannen").click()
    expect(search).to_have_value("5")
    desk.get_by_role("button", name="Plannen", exact=True).click()
    expect(desk.get_by_text("We zoeken de kortste rondes")).to_be_visible()
    desk.reload()


def _publishes(desk: Page) -> Locator:
    return desk.get_by_role("button", name="Publiceren…")


def _opened(desk: Page) -> Locator:
    """The first round that has doors, unfolded; gives its doors."""
    head = desk.locator("button.head").filter(has_text=WITH_DOORS).first
    if head.get_attribute("aria-expanded") == "false":
        head.click()
    return desk.locator(".door-line[data-door]")


def _name(door: Locator) -> str:
    return door.locator(".name").inner_text()


def _drags(desk: Page) -> None:
    doors = _opened(desk)
    name = _name(doors.nth(0))
    onto = doors.nth(2)
    # Near an edge of the window the page would scroll along.
    doors.nth(1).evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box, to = doors.nth(0).locator(".grip").bounding_box(), onto.bounding_box()
    assert box
    assert to
    desk.mouse.move(box["x"] + 5, box["y"] + 15)
    desk.mouse.down()
    desk.mouse.move(to["x"] + 5, to["y"] + to["height"] - 6, steps=8)
    desk.mouse.up()
    expect(doors.nth(2).locator(".name")).to_have_text(name)
    expect(desk.get_by_role("status").filter(has_text=f"{name} staat in ronde")).to_be_visible()


def _moves_by_keys(desk: Page) -> None:
    doors = _opened(desk)
    name = _name(doors.nth(1))
    desk.get_by_role("button", name=f"{name} eerder").focus()
    desk.keyboard.press("Enter")
    expect(doors.nth(0).locator(".name")).to_have_text(name)
    # Where there is no earlier the focus goes to the other button: it stays on this door.
    expect(doors.nth(0).locator("[data-act]:focus")).to_have_count(1)


def _locks_and_undoes(desk: Page) -> None:
    name = _name(_opened(desk).nth(0))
    lock = desk.get_by_role("button", name=f"{name} vastzetten in deze ronde")
    lock.click()
    expect(lock).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Ongedaan maken").click()
    expect(lock).to_have_attribute("aria-pressed", "false")


def _a_colleague_was_first(desk: Page, server: Server) -> None:
    name = _name(_opened(desk).nth(0))
    plan = desk.url.rsplit("/", 1)[1]
    colleague = Line(server, "sofie")
    board = colleague.gets(f"/round-plans/{plan}")
    full = next(one for one in board["rounds"] if one["doors"] > 1)
    told = {"act": "reverse", "round_id": full["id"]}
    colleague.posts(f"/round-plans/{plan}/moves", {"version": board["version"], "moves": [told]})
    lock = desk.get_by_role("button", name=f"{name} vastzetten in deze ronde")
    lock.click()
    expect(desk.get_by_text("heeft deze planning intussen veranderd").first).to_be_visible()
    desk.get_by_role("button", name="Alsnog doen").click()
    expect(lock).to_have_attribute("aria-pressed", "true")

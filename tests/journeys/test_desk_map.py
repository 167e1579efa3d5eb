"""Doors chosen on the map and in the list at once, with PDOK's pictures and without any."""

import base64
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.desk_acting import Keyboard
from tests.journeys.desking import Desk
from tests.journeys.server import Server

TILES = "https://service.pdok.nl/**"
# The smallest picture there is: one clear dot.
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
CORNERS = ((0.05, 0.1), (0.8, 0.1), (0.8, 0.9), (0.05, 0.9))


def _opens(page: Page, server: Server, width: int = 1280) -> Locator:
    """A new campaign, with the map in sight; gives the map."""
    Desk(page, server.url).signs_in("sofie")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.url}/desk/campaigns/new")
    town = page.get_by_role("group", name=re.compile("^Kaart met deuren"))
    expect(town).to_be_visible()
    town.scroll_into_view_if_needed()
    return town


def _draws(page: Page, town: Locator) -> None:
    page.get_by_role("button", name="Gebied tekenen").click()
    town.evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = town.bounding_box()
    assert box
    for at, (x, y) in enumerate(CORNERS, 1):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        expect(page.get_by_text(re.compile(f"^{at} hoek"))).to_be_visible()
    page.get_by_role("button", name="Klaar met dit gebied").click()


def _chosen(page: Page) -> Locator:
    return page.get_by_role("region", name="Gekozen deuren")


def _refuses_pictures(page: Page) -> None:
    page.context.route(TILES, lambda route: route.abort())


@pytest.mark.parametrize("width", [1280, 412])
def test_an_area_is_drawn_a_street_is_ticked_and_the_campaign_keeps_both(
    desk: Page, server: Server, width: int
) -> None:
    _refuses_pictures(desk)
    town = _opens(desk, server, width)
    expect(desk.get_by_text("Getekende kaart: de straten komen uit de adressen")).to_be_visible()
    street = desk.get_by_role("checkbox", name=re.compile("^Wilgenhof"))
    street.check()
    expect(_chosen(desk)).to_contain_text("63 deuren om aan te bellen")
    _draws(desk, town)
    expect(_chosen(desk)).to_contain_text("Gebied 1")
    expect(_chosen(desk)).to_contain_text(re.compile(r"\d{3} deuren om aan te bellen"))
    desk.get_by_role("button", name="Wilgenhof weghalen").click()
    expect(street).not_to_be_checked()
    desk.get_by_label("Naam", exact=True).fill("Het getekende gebied")
    desk.get_by_role("button", name="Opslaan als concept").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Het getekende gebied")
    desk.get_by_role("link", name="Wijzigen").click()
    expect(_chosen(desk)).to_contain_text("Gebied 1")
    expect(desk.get_by_role("button", name="Gebied 1 wijzigen")).to_be_visible()


def test_pictures_come_from_pdok_and_from_no_other_host(desk: Page, server: Server) -> None:
    asked: list[str] = []
    desk.context.on("request", lambda request: asked.append(request.url))

    def pictures(route: Route) -> None:
        route.fulfill(body=DOT, content_type="image/png")

    desk.context.route(TILES, pictures)
    _opens(desk, server)
    expect(desk.get_by_text("© Kadaster, PDOK")).to_be_visible()
    expect(desk.locator(".leaflet-tile-loaded").first).to_be_attached()
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(server.url).netloc, "service.pdok.nl"}


def test_an_area_is_drawn_and_changed_by_keys_alone(desk: Page, server: Server) -> None:
    _refuses_pictures(desk)
    desk.emulate_media(reduced_motion="reduce")  # the map is there at once
    town = _opens(desk, server)
    keys = Keyboard(desk, server.url)
    keys.button("Gebied tekenen")
    for arrows in (("ArrowUp", "ArrowLeft"), ("ArrowRight",) * 3, ("ArrowDown",) * 3):
        keys.reaches(town)
        for arrow in arrows:
            desk.keyboard.press(arrow)
        keys.button("Hoek in het midden")
    expect(desk.get_by_text("3 hoeken gezet")).to_be_visible()
    keys.button("Klaar met dit gebied")
    expect(_chosen(desk)).to_contain_text("Gebied 1")
    keys.button("Gebied 1 wijzigen")
    corner = desk.get_by_role("button", name=re.compile("^Hoek 1\\."))
    before = corner.bounding_box()
    keys.reaches(corner)
    desk.keyboard.press("ArrowLeft")
    moved = desk.get_by_role("button", name=re.compile("^Hoek 1\\."))
    expect(moved).to_be_focused()
    after = moved.bounding_box()
    assert before
    assert after
    assert after["x"] < before["x"]


def test_who_wants_no_other_host_asked_has_the_drawn_map(desk: Page, server: Server) -> None:
    server.stop()
    server.settings["OUTREACH_MAP_TILES"] = "off"
    server.start()
    asked: list[str] = []
    desk.context.on("request", lambda request: asked.append(request.url))
    _opens(desk, server)
    expect(desk.get_by_text("Getekende kaart: de straten komen uit de adressen")).to_be_visible()
    assert not [url for url in asked if "pdok" in url]

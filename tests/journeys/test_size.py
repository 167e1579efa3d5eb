"""What a phone must fetch before the first round list stands: weighed on the line, not on disk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from outreach.demo.people import PASSWORD
from tests.journeys.conftest import PHONE
from tests.journeys.locking import choose_words
from tests.journeys.server import Server

LARGEST = 120 * 1024
# Packing what is smaller gains nothing; in bytes.
SMALL = 1024
VOLUNTEER = "anna@wilgendam.example"


@pytest.fixture
def phone_without_worker(browser: Browser) -> Iterator[Page]:
    """A new phone whose worker fetches nothing: what comes is what the screens asked for."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="nl-NL",
        service_workers="block",
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_the_round_list_costs_at_most_120_kb_of_script_and_style(
    server: Server, phone_without_worker: Page
) -> None:
    page = phone_without_worker
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))  # noqa: PLW0108 - no builtins
    page.goto(server.url)
    page.get_by_label("E-mailadres").fill(VOLUNTEER)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    choose_words(page)
    page.locator("li[aria-current=step]").get_by_role("button").wait_for()
    page.wait_for_load_state("networkidle")

    code = [r for r in fetched if r.request.resource_type in {"script", "stylesheet"}]
    weights = {r.url: r.request.sizes()["responseBodySize"] for r in code}
    assert {r.headers["content-encoding"] for r in code if weights[r.url] > SMALL} == {"br"}
    assert len(weights) == len(code)
    assert sum(weights.values()) <= LARGEST, weights

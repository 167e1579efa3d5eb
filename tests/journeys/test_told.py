"""Who has no desk open hears that there is something, and says how and when on *Mijn berichten*."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk_waiting import FACTS, Field
from tests.journeys.desking import Desk
from tests.journeys.reach_acting import Sweep
from tests.journeys.server import Server
from tests.messages.post_office import HERE, PostOffice, post_office

SHOWN = """
async () => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries += 1) {
    const shown = await registration.getNotifications();
    if (shown.length > 0) return shown.map(({ title, body, tag }) => ({ title, body, tag }));
    await new Promise((done) => setTimeout(done, 100));
  }
  return [];
}
"""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


@pytest.fixture
def telling(server: Server, office: PostOffice) -> Server:
    """The server, with mail and push set up."""
    server.stop()
    server.settings |= {
        "OUTREACH_MAIL_HOST": HERE,
        "OUTREACH_MAIL_PORT": str(office.port),
        "OUTREACH_MAIL_SECURITY": "none",
        "OUTREACH_MAIL_FROM": "voordeur@wilgendam.example",
        "OUTREACH_PUSH_CONTACT": "beheer@wilgendam.example",
    }
    server.start()
    return server


def _opens(page: Page, url: str, who: str = "ruben") -> None:
    Desk(page, url).signs_in(who)
    page.get_by_role("link", name="Mijn berichten").click()
    expect(page.get_by_role("heading", name="Mijn berichten", level=1)).to_be_visible()


def _lets_notifications_in(page: Page, server: Server, *, lets: bool) -> None:
    """What is not granted to this origin is refused."""
    permissions = ["notifications"] if lets else ["geolocation"]
    page.context.grant_permissions(permissions, origin=server.origin)


def test_a_concern_that_waits_is_mailed_at_once_with_no_desk_open(
    telling: Server, office: PostOffice
) -> None:
    field = Field(telling)
    field.is_worried_at_a_door_nobody_knows()
    field.sends()
    for _ in range(200):
        if office.mails:
            break
        time.sleep(0.05)
    (mail,) = office.mails
    assert mail["To"] == "ruben@wilgendam.example"
    assert mail["Subject"] == "Er is iets nieuws in Voordeur"
    assert f"{telling.url}/desk" in mail.get_content()
    told = [office.raw[0].decode(), telling.log.read_text()]
    for word in (*FACTS.split(), "Anna"):
        if len(word) > len("brandde"):
            assert [text for text in told if word in text] == []


def test_somebody_says_how_and_when_they_hear_of_it(desk: Page, telling: Server) -> None:
    _opens(desk, telling.url)
    expect(desk.get_by_label("Stuur mij een mail")).to_be_checked()
    desk.get_by_label("Stille uren").check()
    desk.get_by_label("Stil vanaf").fill("21:30")
    desk.get_by_label("Tot", exact=True).fill("")
    desk.get_by_role("button", name="Opslaan").click()
    expect(desk.locator("[role=alert]:focus")).to_contain_text("Tot: Vul dit in.")
    expect(desk.get_by_label("Stil vanaf")).to_have_value("21:30")
    desk.get_by_label("Tot", exact=True).fill("06:45")
    desk.get_by_label("Als het er is").check()
    desk.get_by_role("button", name="Opslaan").click()
    expect(desk.get_by_text("Opgeslagen", exact=True)).to_be_visible()
    desk.reload()
    expect(desk.get_by_label("Tot", exact=True)).to_have_value("06:45")
    expect(desk.get_by_label("Als het er is")).to_be_checked()
    desk.get_by_label("Stuur mij een mail").uncheck()
    desk.get_by_role("button", name="Opslaan").click()
    expect(desk.get_by_text("Mail en meldingen staan uit", exact=True)).to_be_visible()


def test_a_push_shows_that_there_is_something_and_no_more(desk: Page, telling: Server) -> None:
    _lets_notifications_in(desk, telling, lets=True)
    _opens(desk, telling.url)
    session = desk.context.new_cdp_session(desk)
    found: list[dict[str, Any]] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
    )
    session.send("ServiceWorker.enable")
    desk.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    which = found[-1]["registrationId"]
    for data in ("", "Wilgenhof 12"):
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": telling.origin, "registrationId": which, "data": data},
        )
        shown = {"title": "Er is iets nieuws in Voordeur", "body": "", "tag": "voordeur"}
        assert desk.evaluate(SHOWN) == [shown]


def test_every_state_of_my_messages_can_be_used(
    desk: Page, server: Server, office: PostOffice, telling: Server
) -> None:
    sweep = Sweep(desk, telling.url)
    _lets_notifications_in(desk, telling, lets=False)
    _opens(desk, telling.url)
    expect(desk.get_by_text("Deze browser laat onze meldingen niet toe")).to_be_visible()
    sweep.looks("notifications are refused")
    desk.get_by_label("Stille uren").check()
    desk.get_by_label("Hoe laat").fill("")
    desk.get_by_role("button", name="Opslaan").click()
    sweep.looks("a time is missing")
    _lets_notifications_in(desk, telling, lets=True)
    desk.reload()
    expect(desk.get_by_role("button", name="Zet meldingen aan")).to_be_visible()
    sweep.looks("notifications are off")
    # This browser has no push service of its own.
    desk.get_by_role("button", name="Zet meldingen aan").click()
    expect(desk.get_by_text("Aanzetten lukte niet")).to_be_visible()
    sweep.looks("no push service answers")
    desk.route("**/v1/me/messages", lambda route: route.abort())
    sweep.goes("/desk/messages")
    sweep.ends()

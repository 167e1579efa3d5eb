"""A phone that is given back: what it alone holds goes only under the coordinator's code."""

from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desking import Desk
from tests.journeys.holding import counts, gained
from tests.journeys.locking import CHOOSING, heading
from tests.journeys.server import Server

DATABASES = "indexedDB.databases().then((found) => found.map(({ name }) => name))"

# Somebody is in the midst of reading when the store is taken away, and lets go when that is done.
READING_ON = """
async () => {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((resolve) => {
    indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
  });
  database.onversionchange = () => database.close();
  const rows = database.transaction([...database.objectStoreNames]).objectStore('clear');
  let left = Infinity;
  document.addEventListener('click', () => { left = 300; }, { once: true, capture: true });
  const read = () => {
    left -= 1;
    if (left > 0) rows.count().onsuccess = read;
  };
  read();
}
"""


def test_unsent_work_goes_only_under_the_code_of_this_phone(
    server: Server, phone: PhoneBrowser, desk: Page
) -> None:
    page = phone.open()
    anna = Volunteer(page, server.url)
    anna.signs_in("anna")
    before = counts(server)

    at_desk = Desk(desk, server.url)
    at_desk.signs_in("ruben")
    desk.goto(f"{server.url}/desk/devices")
    desk.get_by_role("button", name="Code om de telefoon van Anna").click()
    desk.get_by_role("button", name="Toon de code").click()
    told = desk.get_by_role("status").filter(has_text="De code voor deze telefoon")
    code = told.get_by_role("paragraph").last.inner_text()

    server.stop()
    anna.finds_nobody_home()
    page.get_by_role("link", name="Hulp").click()
    page.get_by_role("link", name="Deze telefoon leegmaken").click()
    expect(page.get_by_text("1 ding staat alleen op deze telefoon")).to_be_visible()
    page.get_by_role("button", name="Probeer eerst te versturen").click()
    page.get_by_text("Toch leegmaken").click()
    code_field = page.get_by_label("Code van je coördinator (8 cijfers)")
    code_field.fill("00000000")
    page.get_by_role("button", name="Gooi het weg en maak leeg").click()
    expect(page.get_by_text("Deze code hoort niet bij deze telefoon")).to_be_visible()
    expect(code_field).to_have_value("00000000")
    anna.sees_waiting(1)

    code_field.fill(code)
    page.get_by_role("button", name="Gooi het weg en maak leeg").click()
    expect(page.get_by_label("E-mailadres")).to_be_visible()
    assert page.evaluate(DATABASES) == []

    server.start()
    page.reload()
    assert gained(server, before) == {}
    anna.words = []
    anna.signs_in("anna")
    page.get_by_role("link", name="Hulp").click()
    page.get_by_role("link", name="Deze telefoon leegmaken").click()
    expect(page.get_by_text("Alles is binnen. Er gaat niets verloren.")).to_be_visible()
    page.evaluate(READING_ON)
    page.get_by_role("button", name="Maak deze telefoon leeg").click()
    expect(page.get_by_label("E-mailadres")).to_be_visible()
    assert page.evaluate(DATABASES) == []
    expect(heading(page, CHOOSING)).to_have_count(0)

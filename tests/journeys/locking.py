"""The lock of a phone, as its volunteer meets it: four words to write down, and to type."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PhoneBrowser

CHOOSING = "Zet deze telefoon op slot"
SHUT = "Welkom terug"
# A move inside the open app: an address typed anew would be a reload, which shuts the store.
MOVE = """(path) => {
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}"""


def heading(page: Page, words: str) -> Locator:
    """The title of the screen."""
    return page.get_by_role("heading", level=1, name=words)


def choose_words(page: Page) -> list[str]:
    """The first time on this phone: write down what is proposed, and type it once."""
    expect(heading(page, CHOOSING)).to_be_visible()
    proposed = page.get_by_role("list", name="Jouw vier woorden").get_by_role("listitem")
    expect(proposed).to_have_count(4)
    words = proposed.all_inner_texts()
    page.get_by_role("button", name="Ik heb ze opgeschreven").click()
    page.get_by_label("Typ je vier woorden een keer over").fill(" ".join(words))
    page.get_by_role("button", name="Op slot zetten").click()
    expect(heading(page, CHOOSING)).to_have_count(0)
    return words


def open_with(page: Page, words: list[str]) -> None:
    """Open the store with the four words."""
    expect(heading(page, SHUT)).to_be_visible()
    page.get_by_label("Je vier woorden").fill(" ".join(words))
    page.get_by_role("button", name="Openen", exact=True).click()
    expect(heading(page, SHUT)).to_have_count(0)


def shut_now(page: Page) -> None:
    """*Nu op slot*, from the open app."""
    page.evaluate(MOVE, "/help")
    page.get_by_role("button", name="Nu op slot").click()


def begin_loose(page: Page, door: str, words: str) -> None:
    """*Toch iets opschrijven*, from a phone that is shut; it is not kept yet."""
    page.get_by_role("button", name="Toch iets opschrijven").first.click()
    expect(heading(page, "Losse notitie")).to_be_visible()
    expect(page.get_by_label("Wat wil je opschrijven?")).to_have_count(0)
    page.get_by_role("radio", name="Ja, de bewoner zei ja").check()
    page.get_by_label("Welke deur?").fill(door)
    page.get_by_label("Wat wil je opschrijven?").fill(words)


def keep_loose(page: Page) -> None:
    """What was begun is sealed, and the screen says so."""
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Opgeslagen", exact=True)).to_be_visible()


def choose_or_open(page: Page, words: list[str]) -> list[str]:
    """After signing in: choose words where there are none yet, else open with them."""
    if not words:
        return choose_words(page)
    open_with(page, words)
    return words


def add_reader(phone: PhoneBrowser, *, has_prf: bool) -> None:
    """The phone's own fingerprint reader; with or without a secret in its passkeys (PRF)."""
    session = phone.context.new_cdp_session(phone.context.pages[0])
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        "hasPrf": has_prf,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

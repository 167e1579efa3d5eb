"""A form that is refused keeps what was typed, and says all that is wrong beside its fields."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.desking import Desk
from tests.journeys.server import Server

LONG = "X" * 201


def test_the_campaign_form_keeps_what_was_typed(desk: Page, server: Server) -> None:
    Desk(desk, server.url).signs_in("sofie")
    desk.goto(f"{server.url}/desk/campaigns/new")
    name = desk.get_by_label("Naam", exact=True)
    name.fill(LONG)
    desk.get_by_label("Eerste dag").fill("2026-05-01")
    desk.get_by_label("Laatste dag").fill("2026-04-01")
    desk.get_by_label("Nazorg na").fill("900")
    desk.get_by_label("Zoek een straat").fill("Wilgenhof")
    desk.get_by_role("button", name="Opslaan als concept").click()
    summary = _summary(desk)
    expect(summary.get_by_role("link")).to_have_count(4)
    for label in ("Naam", "Laatste dag", "Nazorg na"):
        _is_wrong(desk.get_by_label(label, exact=False).first)
    streets = desk.get_by_role("group", name="Deuren", exact=True)
    nothing = "Kies minstens één straat, postcode of deur, of teken een gebied."
    expect(streets).to_have_accessible_description(nothing)
    expect(name).to_have_value(LONG)
    expect(desk.get_by_label("Laatste dag")).to_have_value("2026-04-01")
    expect(desk.get_by_label("Nazorg na")).to_have_value("900")
    expect(desk.get_by_label("Zoek een straat")).to_have_value("Wilgenhof")


def test_the_form_of_a_colleague_keeps_what_was_typed(desk: Page, server: Server) -> None:
    Desk(desk, server.url).signs_in("ruben")
    desk.goto(f"{server.url}/desk/accounts/new")
    desk.get_by_label("Voornaam").fill("Mila")
    desk.get_by_label("E-mailadres").fill("geen adres")
    desk.get_by_label("De Wilgen").check()
    send = desk.get_by_role("button", name="Account maken")
    send.click()
    expect(_summary(desk).get_by_role("link")).to_have_count(2)
    _is_wrong(desk.get_by_label("Naam", exact=True))
    _is_wrong(desk.get_by_label("Rol", exact=True))
    desk.get_by_label("Naam", exact=True).fill("Mila Zonneveld")
    desk.get_by_label("Rol", exact=True).select_option("Wijkcoach")
    send.click()
    expect(_summary(desk).get_by_role("link")).to_have_count(1)
    _is_wrong(desk.get_by_label("E-mailadres"))
    expect(desk.get_by_label("E-mailadres")).to_have_value("geen adres")
    expect(desk.get_by_label("Voornaam")).to_have_value("Mila")
    expect(desk.get_by_label("De Wilgen")).to_be_checked()


def test_signing_in_keeps_the_address_and_does_not_tell_what_is_known(
    desk: Page, server: Server
) -> None:
    desk.goto(f"{server.url}/sign-in")
    send = desk.get_by_role("button", name="Inloggen")
    send.click()
    expect(_summary(desk).get_by_role("link")).to_have_count(2)
    email, password = desk.get_by_label("E-mailadres"), desk.get_by_label("Wachtwoord", exact=True)
    _is_wrong(email)
    _is_wrong(password)
    said = []
    for who in ("nadia@wilgendam.example", "niemand@wilgendam.example"):
        email.fill(who)
        password.fill("dit klopt niet")
        send.click()
        said.append(_summary(desk).inner_text())
        expect(email).to_have_value(who)
        expect(password).to_have_value("dit klopt niet")
    assert said[0] == said[1]


def _summary(page: Page) -> Locator:
    """All that is wrong, with the focus, so that it is read out at once."""
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    return summary


def _is_wrong(field: Locator) -> None:
    """A screen reader hears that it is wrong, and why."""
    expect(field).to_have_attribute("aria-invalid", "true")
    described = (field.get_attribute("aria-describedby") or "").split()
    errors = [field.page.locator(f"[id='{one}']") for one in described if one.endswith("-error")]
    assert len(errors) == 1
    expect(errors[0]).not_to_be_empty()

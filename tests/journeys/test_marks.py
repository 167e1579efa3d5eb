"""What a household says stands in no log, no address, no title and no notification."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desk_waiting import everything_waits
from tests.journeys.desking import Desk
from tests.journeys.holding import tables_with
from tests.journeys.marking import (
    MARK,
    REASON,
    MarkedDesk,
    admin_sets_up,
    closes,
    coach_answers,
    coordinator_weighs,
    mistypes_at_sign_in,
    supervisor_plans,
)
from tests.journeys.server import Server
from tests.journeys.wire import Visited

TEAM = "Wijkteam De Wilgen"
NUMBER = "06-77700777"
NOTIFICATIONS = """
navigator.serviceWorker.ready.then(async (worker) => (await worker.getNotifications()).length)
"""


def test_marked_words_reach_the_server_and_no_log_address_or_title(
    server: Server, phone: PhoneBrowser, desk: Page, tmp_path: Path
) -> None:
    visited = Visited()
    anna = Volunteer(phone.open(), server.url)
    coach = Desk(desk, server.url)
    phone.context.grant_permissions(["notifications"], origin=server.url)
    visited.watch(anna.page)
    visited.watch(desk)
    anna.signs_in("anna")
    door = _says_marks_everywhere(anna, visited)
    anna.worries(f"{MARK} zorg")
    anna.sends_all()

    coach.signs_in("nadia")
    dossier = coach.opens_handover(door)
    expect(dossier.get_by_text(f"{MARK} notitie")).to_be_visible()
    visited.look(desk)
    coach.asks(f"{MARK} vraag")
    _answers(anna, visited)
    coach.opens_handover(door)
    coach.accepts()
    closes(MarkedDesk(desk, server.url, visited))
    _hears_back_and_comes_back(anna, visited)
    coach.signs_in("ruben")
    assert f"{MARK} stap" in coach.downloads_plan(door, tmp_path / "plan.pdf")
    visited.look(desk)

    assert {"note", "step", "goal", "handover", "concern", "household", "handover_event"} <= set(
        tables_with(server, MARK)
    )
    assert anna.page.evaluate(NOTIFICATIONS) == 0
    kept_elsewhere = [server.log.read_text(), *visited.seen]
    assert [text for text in kept_elsewhere if MARK in text or NUMBER in text] == []
    assert not {"job", "mutation", "receipt", "trail_entry"} & set(tables_with(server, MARK))


def _says_marks_everywhere(anna: Volunteer, visited: Visited) -> str:
    """A mark in every field where something can be typed; gives the "street number"."""
    anna.opens_next_door()
    door = anna.name_of_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Geld en regelingen")
    talk.answers("graag hulp")
    talk.types(f"{MARK} notitie")
    visited.look(anna.page)
    talk.to_overview()
    talk.agrees_to_contact(f"{MARK} naam", NUMBER)
    visited.look(anna.page)
    talk.to_plan()
    talk.sets_goal(f"{MARK} doel")
    talk.adds_step(f"{MARK} stap", "De bewoner", "vrijdag")
    talk.agrees_to_come_back()
    talk.shows_plan()
    talk.takes_plan_along()
    visited.look(anna.page)
    talk.wants_paper("Anna")
    talk.back_to_overview()
    talk.hands_over(TEAM, f"{MARK} waarom")
    visited.look(anna.page)
    return door


def _answers(anna: Volunteer, visited: Visited) -> None:
    """The volunteer answers the team's question."""
    anna.sends_all()
    anna.goes_to("/")
    answers = anna.page.get_by_role("list", name="Antwoord van het wijkteam").get_by_role("link")
    answers.filter(has_text="vraag voor jou").click()
    anna.page.get_by_label("Jouw antwoord").fill(f"{MARK} antwoord")
    visited.look(anna.page)
    anna.page.get_by_role("button", name="Antwoord geven").click()
    expect(anna.page.get_by_text("aangeboden", exact=True)).to_be_visible()
    anna.sends_all()


def _hears_back_and_comes_back(anna: Volunteer, visited: Visited) -> None:
    """Reads the word for the volunteer, and does the aftercare."""
    anna.sends_all()
    anna.goes_to("/aftercare")
    visited.look(anna.page)
    answers = anna.page.get_by_role("list", name="Antwoord van het wijkteam").get_by_role("link")
    answers.filter(has_text="afgerond").first.click()
    expect(anna.page.get_by_text(f"{MARK} terugkoppeling")).to_be_visible()
    visited.look(anna.page)
    anna.goes_to("/aftercare")
    anna.page.get_by_role("link", name=f"{MARK} naam").click()
    visited.look(anna.page)
    anna.page.get_by_role("radio", name="Verkeerd nummer").check()
    anna.page.get_by_role("button", name="Afronden").click()
    expect(anna.page.get_by_role("heading", level=1, name="Nazorg")).to_be_visible()
    visited.look(anna.page)
    anna.sends_all()


def test_what_desks_type_reaches_no_log_address_or_title(
    server: Server, desk: Page, tmp_path: Path
) -> None:
    everything_waits(server)
    visited = Visited()
    visited.watch(desk)
    marked = MarkedDesk(desk, server.url, visited)
    mistypes_at_sign_in(marked)
    coach_answers(marked)
    coordinator_weighs(marked)
    supervisor_plans(marked, tmp_path)
    admin_sets_up(marked)
    assert {
        "account", "address", "base_location", "campaign", "concern", "handover_event", "team",
    } <= set(tables_with(server, MARK))  # fmt: skip
    assert set(tables_with(server, REASON)) == {"quarantined", "trail_entry"}
    kept_elsewhere = [server.log.read_text(), *visited.seen]
    said = (MARK, REASON, MARK.lower())
    assert [text for text in kept_elsewhere if any(mark in text for mark in said)] == []
    assert "trail_entry" not in tables_with(server, MARK)

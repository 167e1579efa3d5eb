"""The whole story on one phone and one desk, with the line cut from door one to the hand-over."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.acting import Volunteer
from tests.journeys.conftest import PhoneBrowser
from tests.journeys.desking import Desk
from tests.journeys.holding import count, counts, gained
from tests.journeys.locking import MOVE
from tests.journeys.server import Server
from tests.journeys.talking import Talk

TEAM = "Wijkteam De Wilgen"
MONEY = "Brieven 📬 “blijven liggen”, 'sorry' zegt ze. مرحبا بكم <b>&amp;</b>"
NOT_SHARED = "De knie is stuk. ZEGHETNIET"
GOAL = "Weer post durven openen"
STEPS = ("De la leegmaken en sorteren", "Samen bellen met de gemeente")
ANSWERS = "Antwoord van het wijkteam"
WHY = "Drie brieven van een incassobureau."
QUESTION = "Is er al contact met de bank?"
ANSWER = "Ja, sinds vorige week."


def test_the_whole_story_without_a_line(
    server: Server, phone: PhoneBrowser, desk: Page, tmp_path: Path
) -> None:
    anna = Volunteer(phone.open(), server.url)
    anna.signs_in("anna")
    before = counts(server)
    server.stop()

    first = anna.finds_nobody_home()
    anna.takes_it_back(first)
    assert anna.finds_nobody_home() == first
    door = _talks_until_the_handover(anna, phone)
    anna.debriefs("Gemengd")
    anna.sees_waiting()

    server.start()
    anna.sends_all()
    _holds_each_thing_exactly_once(server, before)

    coach = Desk(desk, server.url)
    coach.signs_in("nadia")
    _answers_the_handover(coach, anna, door)
    _does_the_aftercare(anna, server)

    coach.signs_in("ruben")
    paper = coach.downloads_plan(door, tmp_path / "plan.pdf")
    assert all(step in paper for step in STEPS), paper


def _talks_until_the_handover(anna: Volunteer, phone: PhoneBrowser) -> str:
    """Door two, with a reload and a killed browser on the way; gives its "street number"."""
    anna.opens_next_door()
    door = anna.name_of_door()
    talk = anna.begins_talk()
    talk.may_note()
    talk.opens_domain("Geld en regelingen")
    talk.answers("graag hulp")
    talk.types(MONEY)

    anna.reloads()
    expect(talk.words).to_have_value(MONEY)
    phone.close()
    anna.opens_again(phone.open())
    talk = anna.resumes_talk()
    talk.opens_domain("Geld en regelingen")
    expect(talk.words).to_have_value(MONEY)
    expect(anna.page.get_by_role("radio", name="graag hulp")).to_be_checked()
    talk.to_overview()
    talk.tells("Wonen", "kan beter", NOT_SHARED)

    talk.agrees_to_contact("mevrouw Test", "06-00000000")
    _draws_up_the_plan(talk)
    talk.hands_over(TEAM, WHY)
    expect(anna.page.get_by_text("wacht op deze telefoon", exact=True)).to_be_visible()
    anna.page.get_by_role("link", name="Terug").click()
    talk.ends()
    return door


def _draws_up_the_plan(talk: Talk) -> None:
    talk.to_plan()
    talk.sets_goal(GOAL)
    talk.adds_step(STEPS[0], "De bewoner", "deze week")
    talk.adds_step(STEPS[1], "De vrijwilliger", "dinsdag")
    talk.agrees_to_come_back()
    talk.shows_plan()
    for text in (GOAL, *STEPS):
        expect(talk.page.get_by_text(text, exact=True)).to_be_visible()
    taken_along = talk.takes_plan_along().split("\n")
    assert taken_along[:4] == [
        "Mijn plan",
        GOAL,
        f"- {STEPS[0]} (Dat doe ik · deze week)",
        f"- {STEPS[1]} (Dat doet de vrijwilliger · dinsdag)",
    ]
    assert taken_along[4].startswith("We bellen op")
    talk.wants_paper("Anna")
    talk.back_to_overview()


def _holds_each_thing_exactly_once(server: Server, before: dict[str, int]) -> None:
    assert gained(server, before) == {
        "aftercare": 1,
        "assessment": 2,
        "consent": 4,
        "contact_attempt": 2,
        "conversation": 1,
        "debrief": 1,
        "goal": 1,
        "handover": 1,
        "household": 1,
        "note": 2,
        "plan": 1,
        "step": 2,
    }
    for text in (MONEY, NOT_SHARED):
        assert count(server, "note WHERE text = ?", text) == 1
    for text in STEPS:
        assert count(server, "step WHERE text = ?", text) == 1
    assert count(server, "goal WHERE text = ?", GOAL) == 1
    assert count(server, "handover WHERE why = ? AND state = 'offered'", WHY) == 1
    assert count(server, "mutation WHERE outcome <> 'applied'") == 0


def _answers_the_handover(coach: Desk, anna: Volunteer, door: str) -> None:
    """A question, its answer on the phone, and then the coach takes it on."""
    dossier = coach.opens_handover(door)
    expect(dossier.get_by_text(WHY)).to_be_visible()
    expect(dossier.get_by_text(MONEY)).to_be_visible()
    expect(dossier.get_by_text("mevrouw Test")).to_be_visible()
    expect(coach.page.get_by_text("ZEGHETNIET")).to_have_count(0)
    expect(dossier.get_by_text("Wonen en buurt")).to_have_count(0)
    coach.asks(QUESTION)

    anna.sends_all()
    anna.goes_to("/")
    _answer_of(anna, door, "vraag voor jou").click()
    expect(anna.page.get_by_text(QUESTION)).to_be_visible()
    anna.page.get_by_label("Jouw antwoord").fill(ANSWER)
    anna.page.get_by_role("button", name="Antwoord geven").click()
    expect(anna.page.get_by_text("aangeboden", exact=True)).to_be_visible()
    anna.sends_all()

    dossier = coach.opens_handover(door)
    expect(dossier.get_by_text(ANSWER)).to_be_visible()
    coach.accepts()
    anna.sends_all()
    anna.goes_to("/aftercare")
    _answer_of(anna, door, "aangenomen").click()
    expect(anna.page.get_by_text("aangenomen", exact=True)).to_be_visible()
    expect(anna.page.get_by_text("Nadia")).to_be_visible()
    # Not a reload: that she looked is written down in the same moment.
    anna.page.evaluate(MOVE, "/")
    anna.next_door.wait_for()
    expect(_answer_of(anna, door, "aangenomen")).to_have_count(0)


def _answer_of(anna: Volunteer, door: str, state: str) -> Locator:
    """What the team said about this door stands where the volunteer looks every day."""
    answers = anna.page.get_by_role("list", name=ANSWERS).get_by_role("link")
    return answers.filter(has_text=door).filter(has_text=f"{TEAM}: {state}")


def _does_the_aftercare(anna: Volunteer, server: Server) -> None:
    """It stands in the list weeks before its date, and can be done at any time."""
    anna.goes_to("/aftercare")
    page = anna.page
    page.get_by_role("link", name="mevrouw Test").click()
    page.get_by_role("radio", name="Verkeerd nummer").check()
    expect(page.get_by_text("Zeg niets en hang netjes op.")).to_be_visible()
    anna.sends_all()
    of_this = "plan_id = (SELECT goal.plan_id FROM goal WHERE goal.text = ?)"
    wrong = f"aftercare WHERE outcome = 'wrong_number' AND closed_at IS NULL AND {of_this}"
    assert count(server, wrong, GOAL) == 1
    anna.goes_to("/aftercare")
    page.get_by_role("link", name="mevrouw Test").click()
    expect(page.get_by_role("radio", name="Verkeerd nummer")).to_be_checked()
    page.get_by_role("radio", name="Gesproken").check()
    page.get_by_role("group", name=STEPS[0]).get_by_role("radio", name="gedaan").check()
    page.get_by_role("group", name=STEPS[1]).get_by_role("radio", name="deels").check()
    page.get_by_role("group", name="Is er meer hulp nodig?").get_by_role(
        "radio", name="Nee"
    ).check()
    page.get_by_role("button", name="Afronden").click()
    expect(page.get_by_role("heading", level=1, name="Nazorg")).to_be_visible()
    anna.sends_all()
    spoken = f"aftercare WHERE outcome = 'spoken' AND closed_at IS NOT NULL AND {of_this}"
    assert count(server, spoken, GOAL) == 1
    assert count(server, "step WHERE text = ? AND status = 'done'", STEPS[0]) == 1
    assert count(server, "step WHERE text = ? AND status = 'partly'", STEPS[1]) == 1

"""The dossier at the desk: only what was shared, and only while it is shared."""

import pytest
from flask.testing import FlaskClient

from outreach.db import db
from outreach.handover.states import Deed
from tests.factories.talks import CALLED_NAME, PHONE_NUMBER, Talk
from tests.handover.desk import Desk

MONEY, HEALTH = "money_and_schemes", "health_and_care"
DEEDS = {
    "acceptance": Deed.ACCEPT,
    "refusal": Deed.REFUSE,
    "question": Deed.ASK,
    "closing": Deed.CLOSE,
}


def test_a_request_they_did_not_pass_on_is_not_shown(talk: Talk, desk: Desk) -> None:
    talk.asks_debt_help(pass_on=False)
    id_ = talk.offer()
    assert desk.inbox()[0]["debt_help_asked_on"] is None
    assert desk.opens(id_)["debt_help"] is None


def test_the_dossier_holds_the_shared_domains_and_no_other(talk: Talk, desk: Desk) -> None:
    talk.tells(MONEY, "help_wanted", "Rekeningen", "Toeslag gestopt", advice="toeslagen")
    talk.agrees("health")
    talk.tells(HEALTH, "could_be_better", "GEHEIM over ziekte", advice="huisarts")
    talk.step(talk.goal("Geld op orde", domain=MONEY), "Bellen")
    talk.goal("Fit worden GEHEIM", domain=HEALTH)
    talk.goal("Rust in huis GEHEIM")
    answer = desk.get(f"/handovers/{talk.offer(domains=[MONEY])}")
    assert "GEHEIM" not in answer.text
    assert "huisarts" not in answer.text
    dossier = answer.get_json()
    assert dossier["domains"] == [
        {
            "domain": MONEY,
            "answer": "help_wanted",
            "notes": ["Rekeningen", "Toeslag gestopt"],
            "advices": ["toeslagen"],
        }
    ]
    (goal,) = dossier["plan"]["goals"]
    assert goal["text"] == "Geld op orde"
    assert goal["steps"] == [
        {"text": "Bellen", "who": "resident", "who_name": "", "by": "vrijdag", "status": "open"}
    ]


def test_a_goal_of_no_domain_was_never_chosen_for_sharing(talk: Talk, desk: Desk) -> None:
    talk.goal("GEHEIM Rust in huis")
    for domains in ([MONEY], []):
        answer = desk.get(f"/handovers/{talk.offer(domains=domains)}")
        assert "GEHEIM" not in answer.text
        assert answer.get_json()["plan"] == {"goals": []}


def test_the_dossier_says_why_by_which_consent_and_from_whom(talk: Talk, desk: Desk) -> None:
    dossier = desk.opens(talk.offer(why="Samen kijken"))
    assert dossier["why"] == "Samen kijken"
    assert dossier["company_wanted"] is True
    assert dossier["author"] == "Volunteer"
    assert dossier["guide_id"] == talk.town.guide.id
    assert (dossier["consent"]["text_version"], dossier["consent"]["asked_by"]) == (
        "1",
        "Volunteer",
    )


def test_how_to_reach_them_is_shown_only_with_consent_to_contact(talk: Talk, desk: Desk) -> None:
    talk.tells_contact()
    answer = desk.get(f"/handovers/{(id_ := talk.offer())}")
    assert CALLED_NAME not in answer.text
    assert PHONE_NUMBER not in answer.text
    assert answer.get_json()["contact"] is None
    talk.agrees("contact")
    dossier = desk.opens(id_)
    assert dossier["called_name"] == CALLED_NAME
    assert dossier["contact"]["value"] == PHONE_NUMBER


def test_without_standing_consent_to_note_nothing_of_the_talk_is_shown(
    talk: Talk, desk: Desk
) -> None:
    talk.tells(MONEY, "help_wanted", "Rekeningen")
    talk.goal(domain=MONEY)
    id_ = talk.offer()
    talk.consents["note"].given = False  # the other of the pair heard a no
    db.session.commit()
    dossier = desk.opens(id_)
    assert (dossier["domains"], dossier["plan"]) == ([], None)


def test_health_is_shown_only_while_consent_to_it_stands(talk: Talk, desk: Desk) -> None:
    health = talk.agrees("health")
    talk.tells(HEALTH, "could_be_better", "GEHEIM over ziekte", advice="huisarts")
    talk.goal("GEHEIM fit worden", domain=HEALTH)
    id_ = talk.offer(domains=[MONEY, HEALTH])
    health.given = False  # the other of the pair heard a no
    db.session.commit()
    answer = desk.get(f"/handovers/{id_}")
    assert "GEHEIM" not in answer.text
    assert [part["domain"] for part in answer.get_json()["domains"]] == [MONEY]
    health.given = True
    db.session.commit()
    dossier = desk.opens(id_)
    assert dossier["domains"][1]["notes"] == ["GEHEIM over ziekte"]
    assert [goal["text"] for goal in dossier["plan"]["goals"]] == ["GEHEIM fit worden"]
    talk.says("consent.withdraw", consent_id=health.id)
    assert "GEHEIM" not in desk.get(f"/handovers/{id_}").text


@pytest.mark.parametrize("way", ["refused", "closed", "withdrawn", "consent_withdrawn"])
def test_once_it_ended_the_content_is_gone(talk: Talk, desk: Desk, way: str) -> None:
    talk.tells(MONEY, "help_wanted", "GEHEIM notitie")
    talk.goal("GEHEIM doel", domain=MONEY)
    talk.tells_contact()
    talk.agrees("contact")
    talk.asks_debt_help(pass_on=True)
    id_ = talk.offer(why="GEHEIM waarom")
    assert "GEHEIM" in desk.get(f"/handovers/{id_}").text
    _end(talk, desk, id_, way)
    answer = desk.get(f"/handovers/{id_}")
    for words in ("GEHEIM", CALLED_NAME, PHONE_NUMBER, "help_wanted", "Dossier dicht", "Dit hoort"):
        assert words not in answer.text
    dossier = answer.get_json()
    assert dossier["state"] == way.removeprefix("consent_")
    assert dossier["debt_help_asked_on"] is None
    assert dossier["events"][-1]["state"] == dossier["state"]
    assert (dossier["address"] is None) == way.endswith("withdrawn")
    assert desk.inbox() == []
    assert [line["id"] for line in desk.inbox("?state=closed")] == [id_]


def _end(talk: Talk, desk: Desk, id_: str, way: str) -> None:
    if way == "refused":
        desk.does("refusal", id_)
    elif way == "closed":
        desk.does("acceptance", id_)
        desk.does("closing", id_)
    elif way == "withdrawn":
        talk.says("handover.withdraw", handover_id=id_)
    else:
        talk.says("consent.withdraw", consent_id=talk.consents["share"].id)


def test_a_disputed_consent_hides_the_content_and_nobody_can_take_it_on(
    talk: Talk, desk: Desk
) -> None:
    id_ = talk.offer(why="GEHEIM waarom")
    talk.consents["share"].given = False
    talk.agrees("share", talk.town.other_team)
    answer = desk.get(f"/handovers/{id_}")
    assert "GEHEIM" not in answer.text
    assert answer.get_json()["state"] == "offered"
    assert desk.does("acceptance", id_).status_code == 409


def test_withdrawing_from_one_team_leaves_the_other(
    client: FlaskClient, talk: Talk, desk: Desk
) -> None:
    first, share = talk.offer(), talk.consents["share"]
    talk.agrees("share", talk.town.other_team)
    second = talk.offer()
    talk.says("consent.withdraw", consent_id=share.id)
    assert desk.opens(first)["state"] == "withdrawn"
    assert Desk(client, talk.town, "other_wijkcoach").opens(second)["state"] == "seen"

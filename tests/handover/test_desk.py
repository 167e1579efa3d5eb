"""The receiving team: what they see, what they may do, and when they see nothing any more."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.access import roles
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, today
from outreach.db import db
from outreach.handover.first_talk import last_day
from outreach.handover.models import Handover
from outreach.handover.states import TABLE, Deed, Party, State
from tests.factories.statements import statements
from tests.factories.talks import Talk, make_talk
from tests.factories.town import Town, build_town
from tests.handover.desk import Desk

MONEY, HEALTH = "money_and_schemes", "health_and_care"
DEEDS = {
    "acceptance": Deed.ACCEPT,
    "refusal": Deed.REFUSE,
    "question": Deed.ASK,
    "closing": Deed.CLOSE,
}


def test_the_inbox_has_crisis_first_then_the_oldest(town: Town, desk: Desk) -> None:
    ids = {}
    for place, urgency in enumerate(["ordinary", "soon", "crisis", "ordinary"]):
        talk = make_talk(town, place)
        talk.agrees("share", town.team)
        ids[place] = talk.offer(urgency=urgency)
    assert [line["id"] for line in desk.inbox()] == [ids[2], ids[1], ids[0], ids[3]]


def test_a_line_names_the_door_and_the_day_of_debt_help_and_nothing_said(
    talk: Talk, desk: Desk
) -> None:
    talk.asks_debt_help(pass_on=True)
    id_ = talk.offer()
    (line,) = desk.inbox()
    del line["received_at"], line["first_talk_left"]
    assert line == {
        "id": id_,
        "urgency": "ordinary",
        "crisis": False,
        "state": "offered",
        "team_id": talk.town.team.id,
        "address": {"street": "Wilgenhof", "number": "10"},
        "debt_help_asked_on": today().isoformat(),
        "first_talk_by": last_day(today(), crisis=False).isoformat(),
        "coach": None,
    }


@pytest.mark.parametrize(("urgency", "crisis"), [("ordinary", True), ("crisis", False)])
def test_a_crisis_by_either_word_gives_three_working_days(
    talk: Talk, desk: Desk, urgency: str, crisis: bool
) -> None:
    talk.asks_debt_help(crisis=crisis, days_ago=1)
    id_ = talk.offer(urgency=urgency)
    asked_on = today() - timedelta(days=1)
    for shown in (desk.inbox()[0], desk.opens(id_)):
        assert (shown["crisis"], shown["urgency"]) == (True, urgency)
        assert shown["debt_help_asked_on"] == asked_on.isoformat()
        assert shown["first_talk_by"] == last_day(asked_on, crisis=True).isoformat()
        assert shown["first_talk_left"] in {2, 3}


def test_a_request_that_may_not_be_passed_on_starts_no_clock(talk: Talk, desk: Desk) -> None:
    talk.asks_debt_help(pass_on=False, crisis=True)
    talk.offer()
    (line,) = desk.inbox()
    assert (line["crisis"], line["first_talk_by"], line["first_talk_left"]) == (False, None, None)


def test_the_inbox_has_crisis_then_the_clock_that_ends_soonest_then_the_oldest(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[tuple[str, int | None, bool]] = [
        ("ordinary", None, False),
        ("ordinary", 2, False),
        ("soon", None, False),
        ("ordinary", 5, False),
        ("ordinary", 0, True),
        ("crisis", 1, False),
    ]
    ids = [_offered(town, place, *wait) for place, wait in enumerate(waits)]
    expected = [ids[place] for place in (5, 4, 3, 1, 2, 0)]
    assert [line["id"] for line in desk.inbox()] == expected
    monkeypatch.setattr("outreach.web.paging.PAGE_SIZE", 1)
    read, after = [], ""
    for _ in ids:
        answer = desk.get(f"/handovers?after={after}").get_json()
        read += [line["id"] for line in answer["items"]]
        after = answer["next"]
    assert (read, after) == (expected, "")


def test_who_is_being_helped_waits_for_no_clock(town: Town, desk: Desk) -> None:
    taken = _offered(town, 0, "ordinary", 20, crisis=False)
    desk.opens(taken)
    desk.does("acceptance", taken)
    waiting = _offered(town, 1, "ordinary", 2, crisis=False)
    assert [line["id"] for line in desk.inbox()] == [waiting, taken]


def _offered(town: Town, place: int, urgency: str, days_ago: int | None, crisis: bool) -> str:
    talk = make_talk(town, place)
    talk.agrees("share", town.team)
    if days_ago is not None:
        talk.asks_debt_help(crisis=crisis, days_ago=days_ago)
    return talk.offer(urgency=urgency)


def test_each_look_is_written_down_and_the_first_marks_it_seen(talk: Talk, desk: Desk) -> None:
    id_ = talk.offer()
    assert [desk.opens(id_)["state"] for _ in range(2)] == ["seen", "seen"]
    events = desk.opens(id_)["events"]
    assert [(event["state"], event["by"]) for event in events] == [
        ("offered", "Volunteer"),
        ("seen", "Wijkcoach"),
    ]
    looks = db.session.scalars(db.select(TrailEntry).filter_by(action="handover.open")).all()
    assert [look.actor_id for look in looks] == [talk.town.person("wijkcoach").id] * 3


def test_who_accepts_is_responsible(talk: Talk, desk: Desk) -> None:
    id_ = talk.offer()
    desk.opens(id_)
    accepted = desk.does("acceptance", id_).get_json()
    assert (accepted["state"], accepted["coach"]) == ("accepted", "Wijkcoach")
    assert accepted["why"]


def test_only_the_responsible_coach_or_the_lead_closes(
    client: FlaskClient, talk: Talk, desk: Desk
) -> None:
    id_ = talk.offer()
    desk.opens(id_)
    lead = Desk(client, talk.town, "team_lead")
    assert lead.does("acceptance", id_).status_code == 200
    refused = desk.does("closing", id_)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not-allowed")
    assert lead.does("closing", id_).status_code == 200


def test_the_lead_may_close_what_a_coach_accepted(
    client: FlaskClient, talk: Talk, desk: Desk
) -> None:
    id_ = talk.offer()
    desk.opens(id_)
    desk.does("acceptance", id_)
    assert Desk(client, talk.town, "team_lead").does("closing", id_).status_code == 200


@pytest.mark.parametrize("deed", sorted(DEEDS))
@pytest.mark.parametrize(
    "state", ["offered", "seen", "accepted", "refused", "returned", "closed", "withdrawn"]
)
def test_a_deed_out_of_turn_is_a_conflict_and_changes_nothing(
    talk: Talk, desk: Desk, state: str, deed: str
) -> None:
    handover = db.session.get_one(Handover, talk.offer())
    handover.state, handover.coach_id = state, talk.town.person("wijkcoach").id
    db.session.commit()
    answer = desk.does(deed, handover.id)
    step = TABLE.get((State(state), DEEDS[deed]))
    db.session.refresh(handover)
    if step is None:
        assert (answer.status_code, answer.get_json()["code"]) == (409, "handover-moved-on")
        assert handover.state == state
    else:
        assert answer.status_code == 200
        assert (handover.state, step.by) in {
            (step.to, Party.RECEIVER),
            (step.to, Party.RESPONSIBLE),
        }


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_another_team_finds_nothing(client: FlaskClient, talk: Talk, deed: str) -> None:
    id_ = talk.offer()
    other = Desk(client, talk.town, "other_wijkcoach")
    assert other.inbox() == []
    assert other.get(f"/handovers/{id_}").status_code == 404
    assert other.does(deed, id_).status_code == 404
    assert db.session.get_one(Handover, id_).state == "offered"


@pytest.mark.parametrize("person", ["wijkcoach", "team_lead"])
def test_another_municipality_finds_nothing(client: FlaskClient, talk: Talk, person: str) -> None:
    id_ = talk.offer()
    elsewhere = Desk(client, build_town("Oeverstad"), person)
    assert elsewhere.inbox() == []
    for answer in (elsewhere.get(f"/handovers/{id_}"), elsewhere.does("acceptance", id_)):
        assert answer.status_code == 404
    assert elsewhere.get(f"/handovers/{new_id()}").status_code == 404


@pytest.mark.parametrize(
    "role", sorted(set(roles.Role) - {roles.Role.WIJKCOACH, roles.Role.TEAM_LEAD})
)
def test_no_other_role_opens_an_inbox(client: FlaskClient, talk: Talk, role: str) -> None:
    id_ = talk.offer()
    other = Desk(client, talk.town, role)
    for answer in (other.get("/handovers"), other.get(f"/handovers/{id_}")):
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("deed", "body", "faults"),
    [
        ("refusal", {"reason": "no_wish", "words": ""}, {"/reason": "not-a-choice"}),
        ("refusal", {}, {"/reason": "missing", "/words": "missing"}),
        ("question", {"words": "  "}, {"/words": "missing"}),
        (
            "closing",
            {"outcome": "helped", "words": "x" * 20_001, "feedback": ""},
            {"/words": "too-long"},
        ),
    ],
)
def test_what_does_not_fit_names_every_field(
    talk: Talk, desk: Desk, deed: str, body: dict[str, Any], faults: dict[str, str]
) -> None:
    id_ = talk.offer()
    desk.opens(id_)
    answer = desk.client.post(f"/v1/handovers/{id_}/{deed}", json=body, headers=desk.headers)
    assert answer.status_code == 400
    found = {fault["pointer"]: fault["code"] for fault in answer.get_json()["errors"]}
    assert found == faults


def test_a_bsn_in_a_coachs_words_is_masked(talk: Talk, desk: Desk) -> None:
    id_ = talk.offer()
    desk.opens(id_)
    answer = desk.post(f"/handovers/{id_}/question", words="Is 111222333 van hem?")
    assert answer.get_json()["events"][-1]["words"] == "Is ********* van hem?"


def test_an_inbox_asks_as_much_of_the_database_for_one_line_as_for_many(
    town: Town, desk: Desk
) -> None:
    counted: list[int] = []
    for place in range(3):
        talk = make_talk(town, place)
        talk.agrees("share", town.team)
        talk.offer()
        with statements() as said:
            desk.inbox()
        counted.append(len(said))
    assert counted[0] == counted[2]

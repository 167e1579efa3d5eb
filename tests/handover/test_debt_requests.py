"""A request for debt help without a hand-over reaches somebody, and only whom it should."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.access import roles
from outreach.access.actor import actor_of
from outreach.audit.models import TrailEntry
from outreach.clock import new_id, today
from outreach.conversations.dossiers import household_parts
from outreach.conversations.models import DebtHelpRequest
from outreach.db import db
from outreach.handover.first_talk import last_day
from tests.factories.statements import statements
from tests.factories.talks import CALLED_NAME, PHONE_NUMBER, Talk, make_talk
from tests.factories.town import Town, build_town
from tests.handover.desk import Desk

REQUESTS = "/debt-help-requests"


@pytest.fixture
def lead(client: FlaskClient, town: Town) -> Desk:
    """The desk of the lead of the district's team."""
    return Desk(client, town, "team_lead")


def _listed(desk: Desk, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.get(f"{REQUESTS}{query}").get_json()["items"]
    return items


def _request_of(talk: Talk) -> str:
    rows = db.select(DebtHelpRequest.id).filter_by(conversation_id=talk.conversation.id)
    return str(db.session.scalars(rows).one())


def _asked(town: Town, place: int = 0, **how: Any) -> str:
    talk = make_talk(town, place)
    talk.asks_debt_help(**how)
    return _request_of(talk)


def _leave(town: Town, *people: str) -> None:
    for person in people:
        town.person(person).active = False
    db.session.commit()


def test_it_waits_for_the_lead_with_its_door_and_its_clock(lead: Desk, town: Town) -> None:
    id_ = _asked(town)
    (line,) = _listed(lead)
    assert isinstance(line.pop("first_talk_left"), int)
    assert line == {
        "id": id_,
        "crisis": False,
        "asked_on": today().isoformat(),
        "address": {"street": "Wilgenhof", "number": "10"},
        "first_talk_by": last_day(today(), crisis=False).isoformat(),
        "taken_by": None,
        "taken_on_at": None,
        "ending": "",
    }


def test_a_crisis_comes_first_then_who_waits_longest(lead: Desk, town: Town) -> None:
    waits = [(1, False), (9, False), (0, True), (4, False)]
    ids = [
        _asked(town, place, days_ago=days_ago, crisis=crisis)
        for place, (days_ago, crisis) in enumerate(waits)
    ]
    assert [line["id"] for line in _listed(lead)] == [ids[place] for place in (2, 1, 3, 0)]


def test_who_would_rather_call_is_not_passed_on(lead: Desk, town: Town) -> None:
    id_ = _asked(town, pass_on=False)
    assert _listed(lead) == []
    assert lead.post(f"{REQUESTS}/{id_}/opening").status_code == 404


def test_opening_shows_name_contact_and_request_and_is_written_down(lead: Desk, town: Town) -> None:
    talk = make_talk(town)
    talk.tells("money_and_schemes", "help_wanted", "De post ligt in de la.")
    talk.agrees("contact")
    talk.tells_contact()
    talk.asks_debt_help()
    opened = lead.post(f"{REQUESTS}/{_request_of(talk)}/opening").get_json()
    assert set(opened) == {*_listed(lead)[0], "called_name", "contact", "asked_by", "may_end"}
    assert (opened["called_name"], opened["contact"]["value"]) == (CALLED_NAME, PHONE_NUMBER)
    assert (opened["asked_by"], opened["may_end"]) == ("Volunteer", False)
    look = db.session.scalars(db.select(TrailEntry).filter_by(action="debt_help.open")).one()
    assert look.actor_id == town.person("team_lead").id


def test_without_a_yes_to_be_reached_only_the_door_is_passed_on(lead: Desk, town: Town) -> None:
    talk = make_talk(town)
    talk.tells_contact()
    talk.asks_debt_help()
    opened = lead.post(f"{REQUESTS}/{_request_of(talk)}/opening").get_json()
    assert (opened["called_name"], opened["contact"]) == (None, None)
    assert opened["address"] == {"street": "Wilgenhof", "number": "10"}


def test_a_hand_over_brings_it_to_that_team_and_back_when_it_is_refused(
    lead: Desk, desk: Desk, talk: Talk
) -> None:
    talk.asks_debt_help()
    assert len(_listed(lead)) == 1
    handover_id = talk.offer()
    assert _listed(lead) == []
    desk.opens(handover_id)
    desk.does("refusal", handover_id)
    assert [line["id"] for line in _listed(lead)] == [_request_of(talk)]


def test_a_hand_over_that_is_no_longer_shared_leaves_the_request_waiting(
    lead: Desk, talk: Talk
) -> None:
    talk.asks_debt_help()
    talk.offer()
    talk.says("consent.withdraw", consent_id=talk.consents["share"].id)
    assert [line["id"] for line in _listed(lead)] == [_request_of(talk)]


def test_a_closed_hand_over_leaves_nothing_waiting(lead: Desk, desk: Desk, talk: Talk) -> None:
    talk.asks_debt_help()
    handover_id = talk.offer()
    desk.opens(handover_id)
    desk.does("acceptance", handover_id)
    desk.does("closing", handover_id)
    assert _listed(lead) == []


def test_who_takes_it_on_is_named_and_its_clock_counts_down_no_more(lead: Desk, town: Town) -> None:
    id_, waits = _asked(town), _asked(town, 1)
    taken = [lead.post(f"{REQUESTS}/{id_}/acceptance").get_json() for _ in range(2)]
    assert [one["may_end"] for one in taken] == [True, True]
    first, last = _listed(lead)
    assert (first["id"], first["taken_by"]) == (waits, None)
    assert (last["id"], last["taken_by"], last["first_talk_left"]) == (id_, "Team Lead", None)
    deeds = db.session.scalars(db.select(TrailEntry).filter_by(action="debt_help.take_on"))
    assert len(deeds.all()) == 1


def test_what_a_colleague_took_on_is_theirs(client: FlaskClient, town: Town, lead: Desk) -> None:
    id_ = _asked(town)
    lead.post(f"{REQUESTS}/{id_}/acceptance")
    _leave(town, "team_lead")
    coach = Desk(client, town)
    refused = coach.post(f"{REQUESTS}/{id_}/acceptance")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "debt-request-moved-on")
    assert coach.post(f"{REQUESTS}/{id_}/return").status_code == 403
    assert coach.post(f"{REQUESTS}/{id_}/closing", ending="talk_held").status_code == 403
    assert coach.post(f"{REQUESTS}/{id_}/opening").get_json()["may_end"] is False


def test_put_back_it_waits_again_since_the_day_it_was_asked(lead: Desk, town: Town) -> None:
    id_ = _asked(town, days_ago=3)
    before = _listed(lead)
    lead.post(f"{REQUESTS}/{id_}/acceptance")
    assert lead.post(f"{REQUESTS}/{id_}/return").status_code == 200
    assert _listed(lead) == before


@pytest.mark.parametrize("ending", ["talk_held", "no_contact", "not_needed"])
def test_once_the_talk_was_held_it_stands_with_what_ended(
    lead: Desk, town: Town, ending: str
) -> None:
    id_ = _asked(town)
    lead.post(f"{REQUESTS}/{id_}/acceptance")
    closed = lead.post(f"{REQUESTS}/{id_}/closing", ending=ending).get_json()
    assert (closed["ending"], closed["may_end"]) == (ending, False)
    assert _listed(lead) == []
    assert [line["id"] for line in _listed(lead, "?state=closed")] == [id_]
    for deed in ("return", "closing"):
        answer = lead.post(
            f"{REQUESTS}/{id_}/{deed}", **({"ending": ending} if deed[0] == "c" else {})
        )
        assert (answer.status_code, answer.get_json()["code"]) == (409, "debt-request-moved-on")


def test_what_nobody_took_on_cannot_end(lead: Desk, town: Town) -> None:
    id_ = _asked(town)
    assert lead.post(f"{REQUESTS}/{id_}/closing", ending="talk_held").status_code == 409
    assert lead.post(f"{REQUESTS}/{id_}/return").status_code == 409
    assert [line["id"] for line in _listed(lead)] == [id_]


def test_the_phone_hears_that_somebody_took_it_on(lead: Desk, town: Town) -> None:
    talk = make_talk(town)
    talk.asks_debt_help()
    actor = actor_of(talk.recorder)
    assert household_parts(actor, [talk.id])[talk.id]["debt_help"]["taken_on"] is False
    lead.post(f"{REQUESTS}/{_request_of(talk)}/acceptance")
    assert household_parts(actor, [talk.id])[talk.id]["debt_help"]["taken_on"] is True


def test_without_a_lead_the_coaches_of_the_district_see_it(client: FlaskClient, town: Town) -> None:
    id_ = _asked(town)
    assert _listed(Desk(client, town)) == []
    _leave(town, "team_lead")
    assert [line["id"] for line in _listed(Desk(client, town))] == [id_]
    assert _listed(Desk(client, town, "other_wijkcoach")) == []


def test_a_district_without_a_team_at_work_has_the_leads_of_the_others(
    client: FlaskClient, town: Town
) -> None:
    id_ = _asked(town)
    away = town.person("team_lead")
    away.team_id = town.other_team.id
    db.session.commit()
    assert _listed(Desk(client, town, "team_lead")) == []
    _leave(town, "wijkcoach")
    assert [line["id"] for line in _listed(Desk(client, town, "team_lead"))] == [id_]


def test_another_municipality_finds_nothing(client: FlaskClient, town: Town) -> None:
    id_ = _asked(town)
    elsewhere = Desk(client, build_town("Oeverstad"), "team_lead")
    assert _listed(elsewhere) == []
    for deed in ("opening", "acceptance", "return"):
        assert elsewhere.post(f"{REQUESTS}/{id_}/{deed}").status_code == 404
        assert elsewhere.post(f"{REQUESTS}/{new_id()}/{deed}").status_code == 404


@pytest.mark.parametrize(
    "role", sorted(set(roles.Role) - {roles.Role.WIJKCOACH, roles.Role.TEAM_LEAD})
)
def test_no_other_role_sees_who_asked(client: FlaskClient, town: Town, role: str) -> None:
    id_ = _asked(town)
    other = Desk(client, town, role)
    assert other.get(REQUESTS).status_code == 403
    assert other.post(f"{REQUESTS}/{id_}/opening").status_code == 403


def test_a_list_asks_as_much_of_the_database_for_one_as_for_many(lead: Desk, town: Town) -> None:
    counted: list[int] = []
    for place in range(3):
        _asked(town, place)
        with statements() as said:
            _listed(lead)
        counted.append(len(said))
    assert len(set(counted)) == 1

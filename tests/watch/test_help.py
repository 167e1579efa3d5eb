"""*Ik heb hulp nodig*: told at once, with no place and no word; taken, closed, or a false alarm."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import new_id
from outreach.db import db
from outreach.sync.models import Quarantined
from outreach.watch import looking
from outreach.watch.models import WatchAlert
from tests.factories.phone import Phone
from tests.factories.town import Town
from tests.watch.watching import Desk, at, look, says, told


def _calls(phone: Phone, town: Town, call_id: str = "") -> str:
    call_id = call_id or new_id()
    assert says(phone, town, "help.call", call_id=call_id) == "applied"
    return call_id


def test_a_call_is_on_the_board_and_told_at_once_and_the_pair_sees_that_it_was_called(
    staff: Town, phone: Phone, partner: Phone, desk: Desk
) -> None:
    call_id = _calls(phone, staff)
    (alert,) = desk.alerts()
    assert (alert["id"], alert["kind"]) == (call_id, "help")
    assert alert["caller"] == staff.person("volunteer").name
    assert {one["name"] for one in alert["pair"]} == {
        staff.person("volunteer").name,
        staff.person("partner_of_pair").name,
    }
    assert looking.look() == 1
    assert [kind for kind, _ in told()] == ["help_called"] * 2
    partner.sync()
    assert partner.body(staff.round.id)["watch"]["help"] == call_id


def test_a_false_alarm_that_comes_along_tells_nobody(staff: Town, phone: Phone, desk: Desk) -> None:
    call_id = new_id()
    phone.write(staff.round.id, "help.call", call_id=call_id)
    phone.write(staff.round.id, "help.withdraw", call_id=call_id)
    phone.sync()
    assert desk.alerts() == []
    assert looking.look() == 0
    assert db.session.get_one(WatchAlert, call_id).outcome == "withdrawn"


def test_work_and_checking_out_do_not_end_a_call(staff: Town, phone: Phone, desk: Desk) -> None:
    says(phone, staff, "round.start", until="18:00")
    _calls(phone, staff)
    says(phone, staff, "round.finish")
    assert len(desk.alerts()) == 1


@pytest.mark.parametrize("word", ["helped", "emergency", "false_alarm"])
def test_a_person_closes_it_with_a_word(staff: Town, phone: Phone, desk: Desk, word: str) -> None:
    call_id = _calls(phone, staff)
    assert desk.closes(call_id, word) == 204
    assert desk.alerts() == []
    assert says(phone, staff, "help.withdraw", call_id=call_id) == "merged"
    assert db.session.get_one(WatchAlert, call_id).outcome == word
    assert look("23:00") == 0


def test_it_is_told_once_more_when_nobody_closes_it(staff: Town, phone: Phone) -> None:
    at("15:00")
    _calls(phone, staff)
    assert look("15:01") == 1
    assert look("15:15") == 0
    assert look("15:16") == 1
    assert look("23:00") == 0


def test_who_walks_no_round_calls_under_their_own_name(
    client: FlaskClient, staff: Town, desk: Desk
) -> None:
    alone = Phone(client, staff.person("other_volunteer"))
    alone.sync()
    said = alone.write(alone.account.id, "help.call", call_id=new_id())
    alone.sync()
    assert alone.outcome(said) == "applied"
    (alert,) = desk.alerts()
    assert (alert["round_id"], alert["caller"]) == (None, alone.account.name)
    assert alert["pair"] == [{"name": alone.account.name, "phone": alone.account.phone}]
    looking.look()
    assert {who for _, who in told()} == {
        staff.person(who).id for who in ("supervisor", "coordinator", "other_supervisor")
    }


def test_a_call_of_yesterday_that_comes_in_now_is_kept_and_alarms_nobody(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    call_id = new_id()
    phone.write(staff.round.id, "help.call", call_id=call_id)
    at("09:00", 1)
    phone.sync()
    assert desk.alerts() == []
    assert look("09:01") == 0
    assert db.session.get_one(WatchAlert, call_id).outcome == "late"


def test_a_call_waits_behind_nothing_that_was_put_aside(
    staff: Town, phone: Phone, desk: Desk
) -> None:
    assert says(phone, staff, "round.start", until="nooit") == "quarantined"
    _calls(phone, staff)
    assert len(desk.alerts()) == 1


def test_a_call_that_cannot_be_taken_in_cannot_wait_either(staff: Town, phone: Phone) -> None:
    assert says(phone, staff, "help.call", call_id="geen id") == "quarantined"
    assert db.session.scalars(select(Quarantined.urgent)).all() == [True]


def test_nobody_takes_back_what_another_called(
    staff: Town, phone: Phone, partner: Phone, desk: Desk
) -> None:
    call_id = _calls(phone, staff)
    assert says(partner, staff, "help.withdraw", call_id=call_id) == "quarantined"
    assert len(desk.alerts()) == 1


def test_the_same_call_twice_is_one(staff: Town, phone: Phone, desk: Desk) -> None:
    call_id = _calls(phone, staff)
    assert says(phone, staff, "help.call", call_id=call_id) == "quarantined"
    assert len(desk.alerts()) == 1

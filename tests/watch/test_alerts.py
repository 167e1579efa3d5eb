"""Who is overdue is told to who watches, once and once more, until somebody spoke with them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.clock import now
from outreach.db import db
from outreach.messages import sending
from outreach.watch import looking
from outreach.watch.models import WatchAlert
from tests.factories.phone import Phone
from tests.factories.town import Town
from tests.messages.post_office import PostOffice
from tests.messages.push_service import PushService
from tests.messages.telling import subscribe
from tests.watch.watching import Desk, at, look, rings, says, told

SIX = "18:00"


@pytest.fixture
def overdue(staff: Town, phone: Phone) -> Town:
    """Half past six, and nobody heard of them since they began."""
    says(phone, staff, "round.start", until=SIX)
    assert look("18:30") == 1
    return staff


def test_supervisors_of_that_district_and_coordinators_hear_it_by_mail_and_push_without_content(
    overdue: Town, office: PostOffice, service: PushService
) -> None:
    subscribe(overdue.person("supervisor"), service)
    sending.send_due()
    here = {overdue.person("supervisor").email, overdue.person("coordinator").email}
    assert set(office.recipients) == here
    volunteer = overdue.person("volunteer")
    for raw in office.raw:
        for word in (volunteer.name, volunteer.phone, "Wilgenhof", "De Schakel", "Volunteer"):
            assert word not in raw.decode()


def test_who_watches_with_push_gets_a_push(staff: Town, phone: Phone, service: PushService) -> None:
    subscribe(staff.person("supervisor"), service)
    says(phone, staff, "round.start", until=SIX)
    look("18:30")
    sending.send_due()
    assert len(service.pushes) == 1


def test_it_is_told_once_more_and_no_third_time(overdue: Town) -> None:
    assert look("18:44") == 0
    assert look("18:45") == 1
    assert [kind for kind, _ in told()] == ["pair_overdue"] * 2 + ["still_open"] * 2
    assert look("23:00") == 0


def test_looking_twice_at_once_tells_once(overdue: Town) -> None:
    del overdue
    assert looking.raise_due(now()) == 0
    assert looking.tell_due(now()) == 0
    assert len(told()) == 2


def test_somebody_who_spoke_with_them_ends_it_and_the_wait_begins_anew(
    overdue: Town, desk: Desk
) -> None:
    (alert,) = desk.alerts()
    assert (alert["kind"], alert["base"], alert["taken_by"]) == ("overdue", "De Schakel", "")
    assert [one["phone"] for one in alert["pair"]] == ["0600000000"] * 2
    assert desk.takes(alert["id"]) == 204
    assert desk.alerts()[0]["taken_by"] == overdue.person("supervisor").name
    assert desk.closes(alert["id"], "spoken") == 204
    assert desk.alerts() == []
    assert look("18:59") == 0
    assert look("19:00") == 1
    assert desk.alerts() != []


def test_who_and_when_is_kept(overdue: Town, desk: Desk) -> None:
    (alert,) = desk.alerts()
    at("18:36")
    desk.closes(alert["id"], "home")
    kept = db.session.get_one(WatchAlert, alert["id"])
    assert (kept.closed_by, kept.outcome) == (overdue.person("supervisor").id, "home")
    assert kept.closed_at == now()
    assert desk.line()["watch"] == "done"
    assert look("23:00") == 0


def test_a_word_that_is_not_of_its_kind_is_refused(overdue: Town, desk: Desk) -> None:
    del overdue
    (alert,) = desk.alerts()
    assert desk.closes(alert["id"], "false_alarm") == 400
    assert desk.closes(alert["id"], "nonsense") == 400


def test_what_was_closed_is_not_closed_again(overdue: Town, desk: Desk) -> None:
    del overdue
    (alert,) = desk.alerts()
    desk.closes(alert["id"], "home")
    assert desk.closes(alert["id"], "home") == 409
    assert desk.takes(alert["id"]) == 409


def test_a_door_that_comes_in_ends_it_by_itself_and_counts_from_then(
    overdue: Town, phone: Phone, desk: Desk
) -> None:
    at("18:40")
    rings(phone, overdue)
    phone.sync()
    assert desk.alerts() == []
    assert db.session.scalars(select(WatchAlert.outcome)).all() == ["contact"]
    assert look("18:45") == 0
    assert look("19:10") == 1


def test_checking_out_ends_it(overdue: Town, phone: Phone, desk: Desk) -> None:
    at("18:40")
    says(phone, overdue, "round.finish")
    assert desk.alerts() == []
    assert look("23:00") == 0


def test_only_who_watches_there_sees_it(overdue: Town, client: FlaskClient) -> None:
    for who, sees in (("supervisor", 1), ("coordinator", 1), ("other_supervisor", 0)):
        assert len(Desk(client, overdue.person(who)).alerts()) == sees
    headers = Desk(client, overdue.person("volunteer")).headers
    for address in ("board", "alerts", f"rounds/{overdue.round.id}"):
        assert client.get(f"/v1/watch/{address}", headers=headers).status_code == 403


def test_a_round_nobody_watches_in_its_district_is_told_to_all_who_watch(
    staff: Town, phone: Phone
) -> None:
    for who in ("supervisor", "coordinator"):
        staff.person(who).active = False
    db.session.commit()
    says(phone, staff, "round.start", until=SIX)
    look("18:30")
    assert {who for _, who in told()} == {staff.person("other_supervisor").id}


def test_what_was_raised_is_told_after_a_restart(staff: Town, phone: Phone) -> None:
    says(phone, staff, "round.start", until=SIX)
    at("18:30")
    assert looking.raise_due(now()) == 1
    assert told() == []
    at("18:40")
    assert looking.look() == 1


def test_what_nobody_looked_at_for_a_while_is_raised_at_the_next_look(
    staff: Town, phone: Phone
) -> None:
    says(phone, staff, "round.start", until=SIX)
    assert look("21:00") == 1
    assert db.session.scalars(select(WatchAlert.raised_at)).all() == [now()]

"""The outbox: once per person and thing, together where it can, again after a death, never lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.clock import AMSTERDAM, new_id, now
from outreach.db import db
from outreach.messages import outbox, sending
from outreach.messages.channels import Channels
from outreach.messages.kinds import URGENT, Kind
from outreach.messages.models import Message
from outreach.privacy.retention import tidy
from tests.factories.town import Town
from tests.messages.post_office import PostOffice
from tests.messages.push_service import PushService
from tests.messages.telling import later, mail_off, outbox_rows, states, subscribe, tell, wishes

ROOT = Path(__file__).parents[2]
NIGHT = ("22:00", "07:00")


def test_it_is_in_the_outbox_with_what_caused_it_or_not_at_all(staff: Town) -> None:
    coordinator = staff.person("coordinator")
    outbox.tell(coordinator.municipality_id, [coordinator.id], Kind.CANNOT_WAIT, new_id())
    db.session.rollback()
    assert outbox_rows() == []


def test_each_thing_is_told_once_per_person_and_way(
    staff: Town, office: PostOffice, service: PushService
) -> None:
    coordinator, officer = staff.person("coordinator"), staff.person("safeguarding_officer")
    subscribe(coordinator, service, "desk")
    subscribe(coordinator, service, "home")
    cause = new_id()
    for _ in range(3):
        tell(coordinator, cause_id=cause)
        tell(officer, cause_id=cause)
        sending.send_due()
        later(minutes=10)
    assert sorted(office.recipients) == sorted([coordinator.email, officer.email])
    assert sorted(came.path for came in service.pushes) == ["/send/desk", "/send/home"]
    assert states() == ["sent"] * 4


def test_what_waits_for_one_person_goes_together(staff: Town, office: PostOffice) -> None:
    for _ in range(5):
        tell(staff.person("coordinator"))
    tell(staff.person("safeguarding_officer"))
    assert sending.send_due() == 2
    assert (len(office.mails), states()) == (2, ["sent"] * 6)


def test_what_comes_after_a_try_is_a_mail_of_its_own(staff: Town, office: PostOffice) -> None:
    office.says_to_mail = "451 later"
    tell(staff.person("coordinator"))
    sending.send_due()
    office.says_to_mail = "250 OK"
    later(minutes=1)
    tell(staff.person("coordinator"))
    sending.send_due()
    assert len({found["Message-ID"] for found in office.mails}) == 2


def test_one_that_is_refused_holds_up_nobody(staff: Town, office: PostOffice) -> None:
    coordinator = staff.person("coordinator")
    coordinator.email = "two lines\r\nBcc: everybody@wilgendam.example"
    tell(coordinator)
    tell(staff.person("safeguarding_officer"))
    sending.send_due()
    assert office.recipients == [staff.person("safeguarding_officer").email]
    assert sorted(states()) == ["sent", "waiting"]


def test_who_left_or_wants_no_mail_gets_none(staff: Town, office: PostOffice) -> None:
    coordinator, officer = staff.person("coordinator"), staff.person("safeguarding_officer")
    tell(coordinator)
    tell(officer)
    coordinator.active = False
    mail_off(officer)
    sending.send_due()
    assert (office.mails, states()) == ([], ["dropped", "dropped"])
    tell(officer)
    assert states() == ["dropped", "dropped"]


def test_without_mail_and_push_nothing_is_kept(staff: Town, ways: Channels) -> None:
    ways.mail = ways.push = None
    tell(staff.person("coordinator"))
    assert outbox_rows() == []


def test_quiet_hours_and_gathering_hold_back_what_can_wait(staff: Town, office: PostOffice) -> None:
    coordinator = staff.person("coordinator")
    wishes(coordinator, NIGHT)
    at = datetime(2026, 3, 3, 23, 30, tzinfo=AMSTERDAM).astimezone(UTC)
    clock.replay(3, at)
    tell(coordinator, Kind.WAITS)
    assert sending.send_due() == 0
    clock.replay(4, at + timedelta(hours=7, minutes=30))
    assert sending.send_due() == 1
    assert len(office.mails) == 1


@pytest.mark.parametrize("kind", sorted(URGENT))
def test_neither_holds_back_what_cannot_wait(
    staff: Town, office: PostOffice, service: PushService, kind: Kind
) -> None:
    coordinator = staff.person("coordinator")
    wishes(coordinator, NIGHT, daily_at="08:30")
    subscribe(coordinator, service)
    clock.replay(3, datetime(2026, 3, 3, 23, 30, tzinfo=AMSTERDAM))
    tell(coordinator, kind)
    sending.send_due()
    assert (len(office.mails), len(service.pushes)) == (1, 1)


def test_who_chose_nothing_hears_of_what_can_wait_in_the_morning(staff: Town) -> None:
    tell(staff.person("coordinator"), Kind.WAITS)
    (row,) = outbox_rows()
    assert row.next_try_at.astimezone(AMSTERDAM).isoformat() == "2026-03-04T08:30:00+01:00"


def test_a_new_try_waits_for_the_end_of_quiet_hours_that_began_meanwhile(
    staff: Town, office: PostOffice
) -> None:
    coordinator = staff.person("coordinator")
    wishes(coordinator, NIGHT)
    office.says_to_mail = "451 later"
    clock.replay(3, datetime(2026, 3, 3, 21, 59, 30, tzinfo=AMSTERDAM))
    tell(coordinator, Kind.WAITS)
    assert sending.send_due() == 1
    office.says_to_mail = "250 OK"
    later(minutes=1)
    assert sending.send_due() == 0
    later(hours=9)
    assert sending.send_due() == 1


def test_killed_between_sending_and_marking_it_goes_again_as_the_same_mail(
    app: Flask, staff: Town, office: PostOffice, tmp_path: Path
) -> None:
    clock.release()
    tell(staff.person("coordinator"))
    doomed = _own_process("one_doomed_sender", app, tmp_path, office)
    office.taken = lambda: os.kill(doomed.pid, signal.SIGKILL)
    assert doomed.wait(60) == -signal.SIGKILL
    assert (len(office.mails), states()) == (1, ["waiting"])
    assert sending.send_due() == 0  # who died still holds it
    office.taken = lambda: None
    later(minutes=5)
    assert sending.send_due() == 1
    first, again = office.mails
    assert first["Message-ID"] == again["Message-ID"]
    assert states() == ["sent"]


def test_a_process_begins_to_send_with_its_first_request_and_is_woken_by_what_it_told(
    app: Flask, staff: Town, office: PostOffice, tmp_path: Path
) -> None:
    clock.release()
    coordinator = staff.person("coordinator")
    tell(coordinator)
    with _own_process("one_server", app, tmp_path, office) as server:
        _wait_for(partial(_has_mails, office, 1))
        assert server.stdin
        for count in (2, 3):
            server.stdin.write(f"{coordinator.municipality_id} {coordinator.id}\n")
            server.stdin.flush()
            _wait_for(partial(_has_mails, office, count))
        server.kill()


def _has_mails(office: PostOffice, count: int) -> bool:
    return len(office.mails) == count


def _own_process(
    module: str, app: Flask, folder: Path, office: PostOffice
) -> "subprocess.Popen[str]":
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", f"tests.messages.{module}", url, str(folder), str(office.port)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        text=True,
    )


def _wait_for(is_so: Callable[[], bool]) -> None:
    for _ in range(1200):  # a process that has to start, on a busy machine
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come")


def test_that_somebody_was_told_is_forgotten_after_a_month_and_what_waits_is_not(
    staff: Town, office: PostOffice
) -> None:
    tell(staff.person("coordinator"))
    sending.send_due()
    later(days=29)
    tell(staff.person("coordinator"))
    tidy(staff.municipality.id)
    assert states() == ["sent", "waiting"]
    later(days=2)
    assert tidy(staff.municipality.id).counts["messages"] == 1
    assert db.session.scalars(select(Message.state)).all() == ["waiting"]


def test_browsers_of_who_left_are_forgotten(staff: Town, service: PushService) -> None:
    subscribe(staff.person("coordinator"), service, "one")
    subscribe(staff.person("admin"), service, "two")
    staff.person("coordinator").active = False
    assert tidy(staff.municipality.id).counts["browsers"] == 1


def test_the_outbox_has_no_room_for_words(staff: Town) -> None:
    tell(staff.person("coordinator"))
    (row,) = outbox_rows()
    said = {c.name: getattr(row, c.name) for c in Message.__table__.columns}
    words = {name: value for name, value in said.items() if isinstance(value, str)}
    ids = {"id", "municipality_id", "account_id", "cause_id", "target_id"}
    assert {n: v for n, v in words.items() if n not in ids} == {
        "kind": "cannot_wait",
        "channel": "mail",
        "state": "waiting",
    }
    assert row.made_at == now()

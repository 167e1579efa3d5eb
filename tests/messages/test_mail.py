"""Mail over a real line: closed as set up, without a word of what it is about, refused or late."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from outreach.clock import now
from outreach.config import Security
from outreach.db import db
from outreach.messages import mail, sending
from outreach.messages.channels import Channels
from outreach.messages.models import MessageChoice
from tests.factories.town import Town
from tests.messages.conftest import SENDER
from tests.messages.post_office import (
    HERE,
    PASSWORD,
    USER,
    PostOffice,
    certificate,
    free_port,
    post_office,
)
from tests.messages.telling import later, outbox_rows, states, tell, wishes


@pytest.fixture
def believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a certificate that this machine believes."""
    certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "shown.pem"))
    return tmp_path


def _goes_to(ways: Channels, office: PostOffice, security: Security, user: str = "") -> None:
    assert ways.mail
    password = PASSWORD if user else ""
    ways.mail = replace(
        ways.mail, port=office.port, security=security, user=user, password=password
    )


def test_it_says_that_there_is_something_and_nothing_else(
    staff: Town, ways: Channels, office: PostOffice
) -> None:
    coordinator = staff.person("coordinator")
    tell(coordinator)
    assert sending.send_due() == 1
    (found,) = office.mails
    assert found["Subject"] == "Er is iets nieuws in Voordeur"
    desk = "http://localhost:8000/desk"
    said = found.get_content().replace("\r\n", "\n").strip()
    assert said == f"Er is iets nieuws in Voordeur. Kijk aan je bureau:\n\n{desk}"
    assert (office.senders, office.recipients) == ([SENDER], [coordinator.email])
    assert set(found.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
        "List-Unsubscribe", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert found["To"] == coordinator.email
    assert found["List-Unsubscribe"] == f"<{desk}/messages>"
    assert states() == ["sent"]


def test_it_speaks_the_readers_language(staff: Town, ways: Channels, office: PostOffice) -> None:
    staff.person("coordinator").language = "en"
    tell(staff.person("coordinator"))
    sending.send_due()
    assert office.mails[0]["Subject"] == "There is something new in Voordeur"
    assert "Look at your desk" in office.mails[0].get_content()


@pytest.mark.parametrize("user", ["", USER])
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_it_goes_over_a_line_that_is_closed(
    staff: Town, ways: Channels, believed: Path, security: Security, user: str
) -> None:
    context, _ = certificate(believed)
    tls = security == Security.TLS
    with post_office(context, from_first_byte=tls, asks_who=bool(user)) as office:
        _goes_to(ways, office, security, user)
        tell(staff.person("coordinator"))
        sending.send_due()
        assert (len(office.mails), office.secured) == (1, not tls or office.secured)
    assert states() == ["sent"]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_server_nobody_vouches_for_gets_nothing(
    staff: Town, ways: Channels, tmp_path: Path, security: Security
) -> None:
    context, _ = certificate(tmp_path)
    with post_office(context, from_first_byte=security == Security.TLS) as office:
        _goes_to(ways, office, security)
        tell(staff.person("coordinator"))
        sending.send_due()
        assert office.mails == []
    assert states() == ["waiting"]


def test_a_server_that_offers_no_closed_line_gets_nothing(
    staff: Town, ways: Channels, office: PostOffice
) -> None:
    _goes_to(ways, office, Security.STARTTLS)
    tell(staff.person("coordinator"))
    sending.send_due()
    assert (office.mails, states()) == ([], ["waiting"])


def test_a_wrong_password_waits_for_who_sets_it_right(
    staff: Town, ways: Channels, believed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    context, _ = certificate(believed)
    with post_office(context, asks_who=True) as office:
        _goes_to(ways, office, Security.STARTTLS, "somebody else")
        tell(staff.person("coordinator"))
        sending.send_due()
        assert states() == ["waiting"]
        assert "SMTPAuthenticationError" in caplog.text
        assert PASSWORD not in caplog.text
        _goes_to(ways, office, Security.STARTTLS, USER)
        later(minutes=1)
        sending.send_due()
    assert states() == ["sent"]


def test_without_a_server_it_waits_longer_each_time_and_then_goes(
    staff: Town, ways: Channels, office: PostOffice
) -> None:
    assert ways.mail
    right = ways.mail
    ways.mail = replace(right, port=free_port())
    tell(staff.person("coordinator"))
    waits = []
    for minutes in (0, 1, 5, 15, 60):
        later(minutes=minutes)
        assert sending.send_due() == 1
        waits.append(outbox_rows()[0].next_try_at - now())
    assert waits == [timedelta(minutes=m) for m in (1, 5, 15, 60, 60)]
    assert sending.send_due() == 0
    ways.mail = right
    later(hours=1)
    sending.send_due()
    assert (states(), len(office.mails)) == (["sent"], 1)


def test_after_three_days_it_is_given_up(staff: Town, ways: Channels) -> None:
    assert ways.mail
    ways.mail = replace(ways.mail, port=free_port())
    tell(staff.person("coordinator"))
    sending.send_due()
    later(days=3)
    sending.send_due()
    assert states() == ["given_up"]


def test_a_server_that_takes_too_long_is_tried_again(
    staff: Town, ways: Channels, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.3)
    office.takes_seconds = 1.5
    tell(staff.person("coordinator"))
    sending.send_due()
    assert states() == ["waiting"]
    office.takes_seconds = 0
    later(minutes=1)
    sending.send_due()
    assert states() == ["sent"]


def test_an_address_that_does_not_exist_gets_no_mail_till_it_changes(
    staff: Town, ways: Channels, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = staff.person("coordinator")
    office.says_to_recipient = "550 5.1.1 no such user"
    tell(coordinator)
    sending.send_due()
    assert states() == ["refused"]
    assert coordinator.email not in caplog.text
    kept = db.session.query(MessageChoice).one()
    assert coordinator.email not in kept.refused_mail
    office.says_to_recipient = "250 OK"
    tell(coordinator)
    sending.send_due()
    assert (states()[-1], office.mails) == ("dropped", [])
    coordinator.email = "another@wilgendam.example"
    tell(coordinator)
    sending.send_due()
    assert (states()[-1], office.recipients) == ("sent", ["another@wilgendam.example"])


def test_who_saves_their_choice_is_tried_again(
    staff: Town, ways: Channels, office: PostOffice
) -> None:
    office.says_to_recipient = "550 5.1.1 no such user"
    tell(staff.person("coordinator"))
    sending.send_due()
    office.says_to_recipient = "250 OK"
    wishes(staff.person("coordinator"))
    tell(staff.person("coordinator"))
    sending.send_due()
    assert len(office.mails) == 1


@pytest.mark.parametrize(
    ("to_recipient", "to_mail", "state"),
    [
        ("450 4.2.0 later please", "250 OK", "waiting"),
        ("250 OK", "451 4.3.0 later please", "waiting"),
        ("250 OK", "554 5.7.1 we do not like it", "refused"),
    ],
)
def test_a_refusal_for_now_is_tried_again_and_one_of_a_mail_says_nothing_of_the_address(
    staff: Town, ways: Channels, office: PostOffice, to_recipient: str, to_mail: str, state: str
) -> None:
    office.says_to_recipient, office.says_to_mail = to_recipient, to_mail
    tell(staff.person("coordinator"))
    sending.send_due()
    assert states() == [state]
    assert db.session.query(MessageChoice).all() == []


def test_every_mail_is_of_our_domain_and_has_its_own_name(
    staff: Town, ways: Channels, office: PostOffice
) -> None:
    tell(staff.person("coordinator"))
    sending.send_due()
    later(minutes=1)
    tell(staff.person("coordinator"))
    sending.send_due()
    names = [found["Message-ID"] for found in office.mails]
    assert len(set(names)) == 2
    assert all(re.fullmatch(r"<[0-9a-f-]{36}@wilgendam\.example>", name) for name in names)
    assert HERE not in str(office.mails[0])

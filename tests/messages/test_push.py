"""A push: signed by the standard, without a body, to services we know, no more once it ended."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from outreach.clock import now
from outreach.config import PushSettings
from outreach.db import db
from outreach.errors import InvalidInput
from outreach.messages import push, sending
from outreach.messages.channels import Channels
from outreach.messages.choices import MOST_BROWSERS
from outreach.messages.kinds import Kind
from outreach.messages.models import PushSubscription
from tests.factories.town import Town
from tests.messages.push_service import PushService, signed_claims
from tests.messages.telling import later, mail_off, outbox_rows, states, subscribe, tell, wishes

SETTINGS = PushSettings("beheer@wilgendam.example", ("https://push.wilgendam.example:8443",))


@pytest.fixture(autouse=True)
def no_mail(staff: Town) -> None:
    mail_off(staff.person("coordinator"))


def test_it_wakes_the_browser_signed_and_without_a_word(
    staff: Town, ways: Channels, service: PushService
) -> None:
    subscribe(staff.person("coordinator"), service)
    tell(staff.person("coordinator"))
    sending.send_due()
    (came,) = service.pushes
    assert (came.path, came.body, states()) == ("/send/browser", b"", ["sent"])
    claims = signed_claims(came, push.public_key(ways.key_file))
    assert claims["aud"] == service.origin
    assert claims["sub"] == "mailto:beheer@wilgendam.example"
    assert 0 < claims["exp"] - now().timestamp() <= timedelta(hours=24).total_seconds()
    assert set(claims) == {"aud", "exp", "sub"}
    own = {"Authorization", "TTL", "Urgency", "Topic", "Content-Length", "Host", "Accept-Encoding"}
    assert set(came.headers) == own
    assert came.headers["Urgency"] == "high"


def test_a_topic_is_of_one_batch_and_fits_the_standard(
    staff: Town, ways: Channels, service: PushService
) -> None:
    subscribe(staff.person("coordinator"), service)
    service.answers = 503
    tell(staff.person("coordinator"))
    sending.send_due()
    service.answers = 201
    later(minutes=1)
    sending.send_due()
    first, again = (came.headers["Topic"] for came in service.pushes)
    assert first == again
    assert (len(first), first.isalnum()) == (32, True)


def test_what_can_wait_does_not_say_that_it_cannot(
    staff: Town, ways: Channels, service: PushService
) -> None:
    subscribe(staff.person("coordinator"), service)
    wishes(staff.person("coordinator"))
    mail_off(staff.person("coordinator"))
    tell(staff.person("coordinator"), Kind.WAITS)
    sending.send_due()
    assert [came.headers["Urgency"] for came in service.pushes] == ["normal"]


@pytest.mark.parametrize("answer", [404, 410, 403])
def test_a_browser_that_ended_it_is_forgotten(
    staff: Town, ways: Channels, service: PushService, answer: int
) -> None:
    subscribe(staff.person("coordinator"), service)
    service.answers = answer
    tell(staff.person("coordinator"))
    sending.send_due()
    assert states() == ["refused"]
    assert db.session.scalars(select(PushSubscription)).all() == []
    tell(staff.person("coordinator"))
    assert states() == ["refused"]


@pytest.mark.parametrize(
    ("asked", "minutes"), [("", 1), ("600", 10), ("999999", 60), ("-5", 1), ("soon", 1)]
)
def test_a_busy_service_is_left_alone_as_long_as_it_asks_but_no_longer_than_an_hour(
    staff: Town, ways: Channels, service: PushService, asked: str, minutes: int
) -> None:
    subscribe(staff.person("coordinator"), service)
    service.answers, service.retry_after = 429, asked
    tell(staff.person("coordinator"))
    sending.send_due()
    (row,) = outbox_rows()
    assert (row.state, row.next_try_at - now()) == ("waiting", timedelta(minutes=minutes))


def test_a_service_may_ask_by_date(staff: Town, ways: Channels, service: PushService) -> None:
    subscribe(staff.person("coordinator"), service)
    service.answers, service.retry_after = 503, "Tue, 03 Mar 2026 13:50:00 GMT"
    tell(staff.person("coordinator"))
    sending.send_due()
    assert outbox_rows()[0].next_try_at - now() == timedelta(minutes=20)


def test_a_push_that_is_refused_for_itself_is_not_sent_again(
    staff: Town, ways: Channels, service: PushService
) -> None:
    subscribe(staff.person("coordinator"), service)
    service.answers = 400
    tell(staff.person("coordinator"))
    sending.send_due()
    assert states() == ["refused"]
    assert len(db.session.scalars(select(PushSubscription)).all()) == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc?x=1",
        "https://ams.notify.windows.com/w/?token=abc%2b",
        "https://web.push.apple.com/abc_-",
        "https://push.wilgendam.example:8443/abc",
    ],
)
def test_services_we_know_are_called(endpoint: str) -> None:
    assert push.is_of_a_push_service(endpoint, SETTINGS)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evilfcm.googleapis.com/abc",
        "https://push.apple.com.evil.example/abc",
        "https://evilpush.apple.com/abc",
        "https://web.push.apple.com@evil.example/abc",
        "https://evil.example\\.push.apple.com/abc",
        "https://evil.example/x.push.apple.com",
        "https://evil.example#.push.apple.com/a",
        "https://169.254.169.254/latest",
        "https://web.push.apple.com:25/abc",
        "https://push.wilgendam.example/abc",
        "https://web.push.apple.com/a b",
        "https://web.push.apple.com/a\r\nX-Evil: 1",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_browser_makes_this_server_call_another(endpoint: str) -> None:
    assert not push.is_of_a_push_service(endpoint, SETTINGS)


def test_an_address_of_another_service_is_refused(
    staff: Town, ways: Channels, service: PushService
) -> None:
    elsewhere = PushService("https://evil.example")
    with pytest.raises(InvalidInput) as refused:
        subscribe(staff.person("coordinator"), elsewhere)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/endpoint", "no-push-service")]


def test_a_browser_is_of_who_asked_last(staff: Town, ways: Channels, service: PushService) -> None:
    subscribe(staff.person("coordinator"), service)
    tell(staff.person("coordinator"))
    subscribe(staff.person("admin"), service)
    sending.send_due()
    assert (states(), service.pushes) == (["dropped"], [])
    (kept,) = db.session.scalars(select(PushSubscription)).all()
    assert kept.account_id == staff.person("admin").id


def test_the_oldest_of_many_browsers_makes_room(
    staff: Town, ways: Channels, service: PushService
) -> None:
    for number in range(MOST_BROWSERS + 2):
        later(seconds=1)
        subscribe(staff.person("coordinator"), service, f"b{number}")
    kept = db.session.scalars(select(PushSubscription).order_by(PushSubscription.made_at)).all()
    assert [b.endpoint.rpartition("/b")[2] for b in kept] == [
        str(number) for number in range(2, MOST_BROWSERS + 2)
    ]


def test_a_key_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "push" / "key.pem"
    push.make_key(path)
    before = path.read_bytes()
    push.make_key(path)
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["key.pem"]

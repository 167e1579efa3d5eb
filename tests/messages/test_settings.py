"""What is half set is refused with all that is wrong; what is not set is simply not there."""

import pytest

from outreach import config
from outreach.config import HalfSet, MailSettings, PushSettings, Security

DEMO = {"OUTREACH_DEMO": "1"}
MAIL = {"OUTREACH_MAIL_HOST": "smtp.wilgendam.example", "OUTREACH_MAIL_FROM": "v@wilgendam.example"}


def _read(**more: str) -> config.Settings:
    return config.from_environment(DEMO | {f"OUTREACH_{name}": v for name, v in more.items()})


def test_nothing_set_is_no_mail_and_no_push() -> None:
    assert (_read().mail, _read().push) == (None, None)
    assert _read(MAIL_HOST="", MAIL_FROM="").mail is None


@pytest.mark.parametrize(
    ("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)]
)
def test_a_host_and_a_sender_are_enough(security: str, port: int) -> None:
    env = DEMO | MAIL | ({"OUTREACH_MAIL_SECURITY": security} if security else {})
    assert config.from_environment(env).mail == MailSettings(
        "smtp.wilgendam.example", port, Security(security or "starttls"), "v@wilgendam.example"
    )


def test_everything_set() -> None:
    env = DEMO | MAIL | {
        "OUTREACH_MAIL_PORT": "2587",
        "OUTREACH_MAIL_USER": "voordeur",
        "OUTREACH_MAIL_PASSWORD": "open sesam",
    }  # fmt: skip
    assert config.from_environment(env).mail == MailSettings(
        "smtp.wilgendam.example", 2587, Security.STARTTLS, "v@wilgendam.example",
        "voordeur", "open sesam",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"OUTREACH_MAIL_HOST": ""}, "OUTREACH_MAIL_HOST is missing"),
        ({"OUTREACH_MAIL_FROM": ""}, "OUTREACH_MAIL_FROM is missing"),
        ({"OUTREACH_MAIL_FROM": "Voordeur <v@w.example>"}, "OUTREACH_MAIL_FROM is no bare address"),
        ({"OUTREACH_MAIL_PORT": "smtp"}, "OUTREACH_MAIL_PORT is no number"),
        ({"OUTREACH_MAIL_SECURITY": "ssl"}, "OUTREACH_MAIL_SECURITY is one of"),
        ({"OUTREACH_MAIL_USER": "v"}, "OUTREACH_MAIL_USER and OUTREACH_MAIL_PASSWORD go together"),
        ({"OUTREACH_MAIL_PASSWORD": "p"}, "go together"),
        ({"OUTREACH_MAIL_PASWORD": "p"}, "OUTREACH_MAIL_PASWORD is no setting"),
        (
            {
                "OUTREACH_MAIL_SECURITY": "none",
                "OUTREACH_MAIL_USER": "v",
                "OUTREACH_MAIL_PASSWORD": "geheim",
            },
            "would send the password in clear",
        ),
    ],
)
def test_half_set_mail_is_refused(more: dict[str, str], said: str) -> None:
    with pytest.raises(HalfSet) as refused:
        config.from_environment(DEMO | MAIL | more)
    assert said in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(HalfSet) as refused:
        _read(MAIL_PORT="x", MAIL_SECURITY="y", MAIL_USER="z")
    assert str(refused.value).count(";") == 4


def test_push_takes_an_address_where_a_service_may_ask() -> None:
    assert _read(PUSH_CONTACT="beheer@w.example").push == PushSettings("beheer@w.example")
    found = _read(PUSH_CONTACT="https://w.example/beheer", PUSH_SERVICES="https://p.w.example:8443")
    assert found.push == PushSettings("https://w.example/beheer", ("https://p.w.example:8443",))


@pytest.mark.parametrize(
    ("contact", "services"),
    [
        ("", "https://p.w.example"),
        ("nobody", ""),
        ("beheer@w.example", "http://p.w.example"),
        ("beheer@w.example", "https://p.w.example/path"),
        ("beheer@w.example", "https://*.example"),
    ],
)
def test_half_set_push_is_refused(contact: str, services: str) -> None:
    with pytest.raises(HalfSet):
        _read(PUSH_CONTACT=contact, PUSH_SERVICES=services)

"""Settings, all from the environment (`OUTREACH_…`); outside the demo weak secrets are refused."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DEMO_SECRET = "demo-only-secret-never-use-this-for-real-people"  # noqa: S105 - refused outside demo
SHORTEST_SECRET = 32
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
MAIL = "OUTREACH_MAIL_"
EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
# Where a service listens; in clear on this machine only.
ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?|http://(127\.0\.0\.1|localhost):[0-9]+")


class WeakSecret(SystemExit):
    """Starting with a default or short secret would let anyone sign in as anyone."""


class OddPrefix(SystemExit):
    """A prefix that no address could have would make an app that nobody can open."""


class HalfSet(SystemExit):
    """Mail or push of which something is missing would look as if somebody were told."""


class Security(StrEnum):
    """How a line to a mail server is closed: from its first byte, by STARTTLS, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


@dataclass(frozen=True)
class MailSettings:
    """The municipality's mail server; `user` is empty where it asks nobody who they are."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class PushSettings:
    """Whom a push service may ask about us, and further services of the municipality's own."""

    contact: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoutingSettings:
    """A routing service of the municipality's own: OSRM, or Valhalla."""

    url: str
    is_valhalla: bool = False


@dataclass(frozen=True)
class Settings:
    """What the app needs to know about where it runs."""

    database_url: str
    secret_key: str
    data_dir: Path
    demo: bool
    path_prefix: str = ""
    trusted_proxies: int = 0
    secure_cookies: bool = True
    public_url: str = "http://localhost:8000"
    mail: MailSettings | None = None
    push: PushSettings | None = None
    redis_url: str = ""
    routing: RoutingSettings | None = None


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises WeakSecret unless the demo runs or the secret is a real one."""
    env = os.environ if env is None else env
    demo = env.get("OUTREACH_DEMO", "") == "1"
    data_dir = Path(env.get("OUTREACH_DATA_DIR", "var")).resolve()
    secret = env.get("OUTREACH_SECRET_KEY", DEMO_SECRET if demo else "")
    if not demo and (secret == DEMO_SECRET or len(secret) < SHORTEST_SECRET):
        raise WeakSecret(
            "OUTREACH_SECRET_KEY is missing, short or the demo's. Set one of at least 32 "
            "characters (`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`), "
            "or OUTREACH_DEMO=1 to try Voordeur with made-up people."
        )
    public_url = env.get("OUTREACH_PUBLIC_URL", "http://localhost:8000")
    return Settings(
        database_url=env.get("OUTREACH_DATABASE_URL", f"sqlite:///{data_dir / 'voordeur.sqlite3'}"),
        secret_key=secret,
        data_dir=data_dir,
        demo=demo,
        path_prefix=_prefix(env.get("OUTREACH_PATH_PREFIX", "")),
        trusted_proxies=int(env.get("OUTREACH_TRUSTED_PROXIES", "0")),
        secure_cookies=public_url.startswith("https://"),
        public_url=public_url.rstrip("/"),
        mail=_mail(env),
        push=_push(env),
        redis_url=env.get("OUTREACH_REDIS_URL", ""),
        routing=_routing(env),
    )


def _routing(env: Mapping[str, str]) -> RoutingSettings | None:
    """The routing service, or None; raises HalfSet when there are two or it is no address."""
    osrm, valhalla = env.get("OUTREACH_OSRM_URL", ""), env.get("OUTREACH_VALHALLA_URL", "")
    if osrm and valhalla:
        raise HalfSet("Set OUTREACH_OSRM_URL or OUTREACH_VALHALLA_URL, not both.")
    url = osrm or valhalla
    if url and re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", url) is None:
        raise HalfSet(f"The routing service has no http or https address: {url}")
    return RoutingSettings(url, is_valhalla=bool(valhalla)) if url else None


def _prefix(given: str) -> str:
    """Nothing, or such as "/voordeur", however the slashes were put."""
    prefix = f"/{given.strip('/')}" if given.strip("/") else ""
    if PREFIX.fullmatch(prefix) is None:
        raise OddPrefix(f"OUTREACH_PATH_PREFIX is no path such as /voordeur: {given}")
    return prefix


def _mail(env: Mapping[str, str]) -> MailSettings | None:
    """The mail server, or None when nothing of it is set; raises HalfSet with all that is wrong."""
    said = {name.removeprefix(MAIL).lower(): v for name, v in env.items() if name.startswith(MAIL)}
    given = {name: value for name, value in said.items() if value}
    if not given:
        return None
    wrong = [f"{MAIL}{name.upper()} is missing" for name in ("host", "from") if name not in given]
    unknown = given.keys() - {"host", "port", "security", "from", "user", "password"}
    wrong += [f"{MAIL}{name.upper()} is no setting" for name in sorted(unknown)]
    if given.get("security", Security.STARTTLS) not in list(Security):
        wrong.append(f"{MAIL}SECURITY is one of {', '.join(Security)}")
    if not given.get("port", "1").isdecimal():
        wrong.append(f"{MAIL}PORT is no number")
    if "from" in given and EMAIL.fullmatch(given["from"]) is None:
        wrong.append(f"{MAIL}FROM is no bare address such as voordeur@gemeente.example")
    if ("user" in given) != ("password" in given):
        wrong.append(f"{MAIL}USER and {MAIL}PASSWORD go together")
    if "password" in given and given.get("security") == Security.NONE:
        wrong.append(f"{MAIL}SECURITY none would send the password in clear")
    if wrong:
        raise HalfSet(f"Mail is half set: {'; '.join(wrong)}.")
    security = Security(given.get("security", Security.STARTTLS))
    port = int(given.get("port", PORTS[security]))
    named = (given["from"], given.get("user", ""), given.get("password", ""))
    return MailSettings(given["host"], port, security, *named)


def _push(env: Mapping[str, str]) -> PushSettings | None:
    """Push, or None when nothing of it is set; raises HalfSet with all that is wrong."""
    contact = env.get("OUTREACH_PUSH_CONTACT", "")
    services = tuple(env.get("OUTREACH_PUSH_SERVICES", "").split())
    if not contact and not services:
        return None
    wrong = [f"OUTREACH_PUSH_SERVICES: {o}" for o in services if ORIGIN.fullmatch(o) is None]
    if not contact.startswith("https://") and EMAIL.fullmatch(contact) is None:
        wrong.append("OUTREACH_PUSH_CONTACT is no address or page where a push service may ask")
    if wrong:
        raise HalfSet(f"Push is half set: {'; '.join(wrong)}.")
    return PushSettings(contact, services)

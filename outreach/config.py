"""Settings, all from the environment (`OUTREACH_…`); outside the demo weak secrets are refused."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEMO_SECRET = "demo-only-secret-never-use-this-for-real-people"  # noqa: S105 - refused outside demo
SHORTEST_SECRET = 32
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")


class WeakSecret(SystemExit):
    """Starting with a default or short secret would let anyone sign in as anyone."""


class OddPrefix(SystemExit):
    """A prefix that no address could have would make an app that nobody can open."""


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
    )


def _prefix(given: str) -> str:
    """Nothing, or such as "/voordeur", however the slashes were put."""
    prefix = f"/{given.strip('/')}" if given.strip("/") else ""
    if PREFIX.fullmatch(prefix) is None:
        raise OddPrefix(f"OUTREACH_PATH_PREFIX is no path such as /voordeur: {given}")
    return prefix

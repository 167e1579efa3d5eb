"""The one port for time and randomness, so that a seed replays a whole day."""

import random
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON, EVENING = 12, 18


class DayPart(StrEnum):
    """DDAS: Ochtend (before 12:00), Middag (12:00-18:00), Avond (from 18:00)."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass
class _Ports:
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    secret: Callable[[], str]


_system = _Ports(
    now=lambda: datetime.now(UTC),
    new_id=lambda: str(uuid.uuid4()),
    secret=lambda: secrets.token_urlsafe(32),
)
_ports = _Ports(_system.now, _system.new_id, _system.secret)


def now() -> datetime:
    """This instant, UTC and aware."""
    return _ports.now()


def today() -> date:
    """Today's date in Amsterdam, where the doors are."""
    return now().astimezone(AMSTERDAM).date()


def new_id() -> str:
    """A fresh UUIDv4 as text."""
    return _ports.new_id()


def secret() -> str:
    """A fresh token of 256 bits, URL-safe."""
    return _ports.secret()


def day_part(instant: datetime) -> DayPart:
    """The DDAS day part in which an aware instant falls, Amsterdam time."""
    hour = instant.astimezone(AMSTERDAM).hour
    if hour < NOON:
        return DayPart.MORNING
    return DayPart.AFTERNOON if hour < EVENING else DayPart.EVENING


def replay(seed: int, at: datetime) -> random.Random:
    """Freeze the clock at an aware instant and draw ids from a seed, for demo and tests."""
    source = random.Random(seed)  # noqa: S311 - reproducible on purpose, never for secrets
    instant = at.astimezone(UTC)
    _ports.now = lambda: instant
    _ports.new_id = lambda: str(uuid.UUID(int=source.getrandbits(128), version=4))
    return source


def release() -> None:
    """Give time and ids back to the system after replay()."""
    _ports.now, _ports.new_id, _ports.secret = _system.now, _system.new_id, _system.secret

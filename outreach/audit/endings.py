"""What ended and must not come back with an old copy of the database: a list outside it.

Households that were erased, notes taken out, consents taken back, phones reported lost, accounts
that were closed; and which key a phone signs with, so that one that an old copy never knew can be
reported lost and still hand over. Only ids, what a consent was for, and phones' public keys; each
on a line of its own in `OUTREACH_DATA_DIR/ended/list.txt`. A line is written before the deed is
committed: where the two part, the resident's word counts.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from flask import current_app

from outreach.clock import now

NOTHING = NO_DOSSIER = "-"


class Kind(StrEnum):
    """What ended; an account may open again, the others never do. A phone is sealed once."""

    HOUSEHOLD = "household-erased"
    NOTE = "note-taken-out"
    CONSENT = "consent-taken-back"
    DEVICE = "device-revoked"
    DEVICE_SEALED = "device-sealed"
    ACCOUNT_CLOSED = "account-closed"
    ACCOUNT_OPENED = "account-opened"


@dataclass(frozen=True)
class Ending:
    """One line: what, of which municipality and dossier, and when."""

    kind: Kind
    municipality_id: str
    id: str
    dossier_id: str
    at: datetime
    # Of a phone whose it was, and the public key that signs for it: an older copy may not know it.
    account_id: str = NOTHING
    signing_key: str = NOTHING
    # Of a consent what it was for, for which team, and in which talk: an older copy may not know.
    purpose: str = NOTHING
    team_id: str = NOTHING
    conversation_id: str = NOTHING

    @property
    def key(self) -> tuple[Kind, str]:
        """What makes two lines say the same."""
        return self.kind, self.id


def list_file() -> Path:
    """Where the list lies."""
    folder: Path = current_app.config["DATA_DIR"] / "ended"
    return folder / "list.txt"


def write_down(
    kind: Kind, municipality_id: str, ids: Iterable[str], dossier_id: str = NO_DOSSIER
) -> None:
    """Add to the list, on the disk before this returns."""
    add(Ending(kind, municipality_id, id_, dossier_id, now()) for id_ in ids)


def add(endings: Iterable[Ending]) -> None:
    """As write_down, for lines that are known whole."""
    lines = "".join(f"{_line(one)}\n" for one in endings)
    if not lines:
        return
    path = list_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_RDWR, 0o600)
    try:
        # One write: lines of two processes stand under each other, never in each other.
        os.write(file, f"{_end_of_torn_line(file)}{lines}".encode())
        os.fsync(file)
    finally:
        os.close(file)


def _line(one: Ending) -> str:
    words = [one.at.astimezone(UTC).isoformat(), one.kind, one.municipality_id, one.id]
    about = [getattr(one, name) for name in _about(one.kind)]
    more = [] if about[0] == NOTHING else about
    return " ".join([*words, one.dossier_id, *more])


def _about(kind: str) -> tuple[str, ...]:
    """What a line of this kind may say besides, in this order."""
    if kind == Kind.CONSENT:
        return "purpose", "team_id", "conversation_id"
    return "account_id", "signing_key"


def _end_of_torn_line(file: int) -> str:
    """A line that a crash cut off must not swallow the one that comes after it."""
    size = os.fstat(file).st_size
    return "" if size == 0 or os.pread(file, 1, size - 1) == b"\n" else "\n"


def read_all() -> Iterator[Ending]:
    """Every line, oldest first; one that was cut off by a crash has no end, and does not count."""
    try:
        text = list_file().read_text(encoding="ascii")
    except FileNotFoundError:
        return
    for line in text.splitlines(keepends=True):
        ending = _read(line) if line.endswith("\n") else None
        if ending:
            yield ending


def _read(line: str) -> Ending | None:
    try:
        at, kind, municipality_id, id_, dossier_id, *more = line.split()
        about = dict(zip(_about(kind), more, strict=True)) if more else {}
        moment = datetime.fromisoformat(at)
        return Ending(Kind(kind), municipality_id, id_, dossier_id, moment, **about)
    except ValueError:
        return None

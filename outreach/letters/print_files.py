"""The files of print runs: addresses and codes lie in them, so they stay no longer than needed."""

import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pikepdf
from flask import current_app

from outreach.clock import now

DAY = 24 * 60 * 60
# Long enough to print, fold and send; after that a run can be made again as it was.
FILES_STAY = 14 * DAY
PDF, ZIP = "application/pdf", "application/zip"


def part_of(run_id: str, part: int) -> Path:
    """Where a part of a run lies while the others are made."""
    folder = _folder(run_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"part-{part:05}.pdf"


def whole_of(run_id: str, *, per_street: bool) -> Path:
    """Where the finished file of a run lies."""
    return _folder(run_id) / ("letters.zip" if per_street else "letters.pdf")


def bind(run_id: str, parts: int, attempt: str) -> None:
    """Make one PDF of all parts; until it is whole it has the name of its attempt."""
    whole = whole_of(run_id, per_street=False)
    half = whole.with_suffix(f".{attempt}.half")
    with pikepdf.new() as out:
        for part in range(1, parts + 1):
            with pikepdf.open(part_of(run_id, part)) as found:
                out.pages.extend(found.pages)
        out.save(half, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    half.replace(whole)
    _drop_parts(run_id)


def pack(run_id: str, streets: Iterable[str], attempt: str) -> None:
    """Make one zip of all parts, each a PDF with the name of its street; else as `bind`."""
    whole = whole_of(run_id, per_street=True)
    half = whole.with_suffix(f".{attempt}.half")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as packed:
        for part, street in enumerate(streets, 1):
            name = re.sub(r"[^\w '-]", "_", street)
            packed.write(part_of(run_id, part), f"{part:03} {name}.pdf")
    half.replace(whole)
    _drop_parts(run_id)


def sweep() -> int:
    """Throw away the files of runs that are long enough ago; says how many runs."""
    gone = 0
    for folder in _home().glob("*"):
        if folder.stat().st_mtime < now().timestamp() - FILES_STAY:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _drop_parts(run_id: str) -> None:
    for path in _folder(run_id).glob("part-*"):
        path.unlink(missing_ok=True)


def _home() -> Path:
    home: Path = current_app.config["DATA_DIR"] / "letters"
    return home


def _folder(run_id: str) -> Path:
    return _home() / run_id

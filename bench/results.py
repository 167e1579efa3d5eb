"""`bench/results.json`: per measurement the last one, and of which code on which machine it is."""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measuring import Result

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
Entry = dict[str, Any]


def keep(results: list[Result], path: Path = RESULTS) -> None:
    """Write these down; what was measured before under other names stays."""
    kept = _read(path) | {one.name: _entry(one) for one in results}
    said = json.dumps(dict(sorted(kept.items())), indent=2, ensure_ascii=False)
    # Whole or not at all: who breaks off a long bench keeps what the others found.
    beside = path.with_suffix(".new")
    beside.write_text(f"{said}\n", encoding="utf-8")
    beside.replace(path)


def _read(path: Path) -> dict[str, Entry]:
    """What stands there; a list is of before there were names, and says nothing of its code."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _entry(result: Result) -> Entry:
    promise = result.promise
    return {
        "ours": result.ours,
        "peer": result.peer,
        "ratio": result.ratio,
        "limit": promise.most if promise else None,
        "limit_of": promise.of if promise else None,
        "kept": result.is_kept,
        "unit": result.unit,
        "note": result.note,
        "commit": _commit(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
    }


def _commit() -> str:
    """The commit, `-dirty` when something of it was changed since; empty without a repository."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*", "--abbrev=40"]
    done = subprocess.run(command, cwd=HERE, check=False, capture_output=True, text=True)
    return done.stdout.strip()

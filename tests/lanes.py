"""Long jobs side by side, and what came of them written down one at a time."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

Job = Callable[[], None]
_writing = Lock()


@dataclass(frozen=True)
class Part:
    """One part of the long proof: what is left to play of it, and whether all of it held."""

    name: str
    jobs: Sequence[Job]
    held: Callable[[], bool]


def in_lanes(jobs: Iterable[Job]) -> None:
    """Do them all, in this order, as many at once as there are cores; raises what one raised."""
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()


def keep(where: dict[str, Any], name: str, found: Any, result: dict[str, Any], file: Path) -> None:
    """Note what was found and write the whole result: broken off, a run goes on from here."""
    with _writing:
        where[name] = found
        said = json.dumps(result, indent=1, sort_keys=True, ensure_ascii=False)
        file.write_text(said + "\n", encoding="utf-8")

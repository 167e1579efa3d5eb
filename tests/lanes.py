"""Long jobs side by side, and what came of them written down one at a time."""

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

ROOT = Path(__file__).parents[1]
Job = Callable[[], None]
_writing = Lock()


@dataclass(frozen=True)
class Part:
    """One part of the long proof: what is left to play of it, and whether all of it held."""

    name: str
    jobs: Sequence[Job]
    held: Callable[[], bool]


def in_lanes(jobs: Iterable[Job]) -> None:
    """Do them all, in this order, as many at once as there are cores.

    Where one raises, or somebody breaks it off, no further one is begun.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        try:
            for done in as_completed([pool.submit(job) for job in jobs]):
                done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


class CodeMovedError(Exception):
    """Other code came in while this was played: its result would name the wrong one."""


def _head() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 - found as make finds it
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


@cache
def commit() -> str:
    """The code that is played, as it was at the start; a result says nothing of other code."""
    return _head()


def keep(where: dict[str, Any], name: str, found: Any, result: dict[str, Any], file: Path) -> None:
    """Note what was found and write the whole result: broken off, a run goes on from here.

    Raises CodeMovedError.
    """
    if _head() != commit():
        raise CodeMovedError
    with _writing:
        where[name] = found
        said = json.dumps(result, indent=1, sort_keys=True, ensure_ascii=False)
        file.write_text(said + "\n", encoding="utf-8")

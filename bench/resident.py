"""The memory of processes and all they started, while something else goes on.

Counted is PSS: what a process alone holds, and its share of what it holds with others. Summed over
the processes of a server it is what the server takes; of PostgreSQL, whose processes all map the
same buffers, a sum of resident sizes would count those once for each of them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

EVERY = 1.0


@contextmanager
def watched(roots: Mapping[str, int]) -> Iterator[dict[str, float]]:
    """Per name the most that this process and its descendants held together, in MB."""
    most = dict.fromkeys(roots, 0.0)
    done = Event()

    def look() -> None:
        for name, pid in roots.items():
            most[name] = max(most[name], megabytes(pid))

    def watch() -> None:
        while not done.wait(EVERY):
            look()

    watching = Thread(target=watch)
    look()
    watching.start()
    try:
        yield most
    finally:
        done.set()
        watching.join()
        look()


def megabytes(pid: int) -> float:
    """What this process and its descendants hold now."""
    return sum(_share(one) for one in _family(pid)) / 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    # One that ended meanwhile has nothing any more.
    with suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text(encoding="utf-8").split():
                yield from _family(int(child))


def _share(pid: int) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0

"""The exchange on slow 3G and a processor four times slower, against PouchDB and express-pouchdb.

Both sides hold the same dossiers. Each run is a new phone; making ready what a measured act starts
from goes over a free line and does not count. Ours has its store sealed and its key in memory.
"""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lines import Moved
from measuring import Promise, Result, compared, in_turns
from pages import Both, Phone, both

PAIRS = 5
CHANGED = 100
TUNED = 1000
A_KILOBYTE = 1000
ON = "slow 3G, 4x slowed, sealed; PouchDB 9 and express-pouchdb, "
Measured = Callable[[Both, int | None], float]


def pull() -> list[Result]:
    """An empty phone gets all its dossiers; also against what the line itself needs."""
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as sides:
        lines: list[tuple[float, float]] = []
        ours = partial(_our_pull, sides, lines)
        what = f"{sides.documents} dossiers of 1.45 kB"
        results = _against_both("sync.pull", what, (0.36, 0.54), ours, partial(_peer_pull, sides))
        note = "our own pull against the line's time for its bytes and one round trip"
        results.append(compared("sync.pull.line", lines, "ms", note, Promise(1.25)))
    return results


def push() -> list[Result]:
    """100 dossiers changed, one field each: what was changed goes out, its outcome comes back."""
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as sides:
        ours, peer = partial(_our_push, sides), partial(_peer_push, sides)
        what = f"{CHANGED} changed after the first pull, one request"
        return _against_both("sync.push", what, (0.085, 0.2), ours, peer)


def idle() -> list[Result]:
    """Nothing new on either side."""
    moved: list[Moved] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        both(Path(folder)) as sides,
        sides.our_phone() as phone,
        sides.peer_phone() as other,
    ):
        phone.does("sync")
        other.does("sync", TUNED)
        peer = partial(other.on_thin_line, "sync", None)
        pairs = in_turns(partial(_our_idle, phone, moved), peer, PAIRS)
    most = moved[0]
    _check(max(most.up, most.down) < A_KILOBYTE, expected=True)
    said = (
        f"one request, {most.up} bytes up and {most.down} down"
        f" (with headers {most.all_up} and {most.all_down})"
    )
    note = f"nothing new: {said}; {ON}default"
    return [compared("sync.idle", pairs, "ms", note, Promise(0.25))]


def _against_both(
    name: str,
    what: str,
    most: tuple[float, float],
    ours: Callable[[], float],
    peer: Callable[[int | None], float],
) -> list[Result]:
    """Ours against the peer's default and against one large batch, in the same run."""
    results = []
    for suffix, size, words, at_most in (
        ("", None, "default", most[0]),
        (".tuned", TUNED, f"batch {TUNED}", most[1]),
    ):
        pairs = in_turns(ours, partial(peer, size), PAIRS)
        note = f"{what}; {ON}{words}"
        results.append(compared(name + suffix, pairs, "ms", note, Promise(at_most)))
    return results


def _our_pull(sides: Both, lines: list[tuple[float, float]]) -> float:
    with sides.our_phone() as phone:
        took = phone.on_thin_line("sync")
        _check(phone.does("holds"), [sides.documents, 0])
        lines.append((took, phone.line.least()))
        return took


def _peer_pull(sides: Both, size: int | None) -> float:
    with sides.peer_phone() as phone:
        took = phone.on_thin_line("pull", size)
        _check(phone.does("holds"), sides.documents)
        return took


def _our_push(sides: Both) -> float:
    with sides.our_phone() as phone:
        phone.does("sync")
        phone.does("change", CHANGED)
        _check(phone.does("holds"), [sides.documents, CHANGED])
        took = phone.on_thin_line("sync")
        _check(phone.does("holds"), [sides.documents, 0])
        _check(len(phone.line.requests), 1)
        return took


def _peer_push(sides: Both, size: int | None) -> float:
    with sides.peer_phone() as phone:
        phone.does("pull", TUNED)
        phone.does("change", CHANGED)
        return phone.on_thin_line("push", size)


def _our_idle(phone: Phone, moved: list[Moved]) -> float:
    took = phone.on_thin_line("sync")
    _check(len(phone.line.requests), 1)
    moved.append(phone.line.moved())
    return took


def _check(found: object, expected: object) -> None:
    if found != expected:
        raise SystemExit(f"a phone holds {found} instead of {expected}")

"""17:00: 500 phones within a minute, 40 mutations each, PostgreSQL on the same two cores.

Every phone got its round in the morning; it sends at its own moment of the minute, and asks again a
minute later, as the app does. Then every mutation must have been applied, once, and every phone
must have what its other of the pair did. The peer is the same 500 requests with nothing in them.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from afternoons import afternoon
from caller import NO_ANSWER, Caller
from measuring import Result
from pages import ROOT
from sqlalchemy import Engine, create_engine, text

from tests.factories.database import temporary_postgres
from tests.journeys.server import Server

# Seconds: all phones begin within the first, ask again after it, and are done within the second.
MINUTE, CONVERGED, AGAIN_AFTER_FAULT = 60, 120, 2
SLOWEST = 1500
OK, BROKEN = 200, 500
MOST_TRIES = 10
# What stands in the database per mutation that counted: kind, table.
EFFECTS = (
    ("visit.record", "contact_attempt"),
    ("conversation.open", "conversation"),
    ("consent.record", "consent"),
    ("domain.assess", "assessment"),
    ("note.add", "note"),
    ("goal.set", "goal"),
    ("step.set", "step"),
    ("aftercare.plan", "aftercare"),
)


@dataclass
class Heard:
    """How long answers took in milliseconds, what they were, and when the last phone was done.

    What is asked again a minute later carries nothing: `took` leaves it out.
    """

    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    done_after: float = 0

    def spread(self) -> tuple[float, float, float]:
        """The 50th, 95th and 99th of a hundred."""
        parts = statistics.quantiles(self.took, n=100)
        return parts[49], parts[94], parts[98]


@dataclass
class Volunteer:
    """A phone with what it has to say."""

    caller: Caller
    says: list[dict[str, Any]]

    def sends(self, heard: Heard, *, says: bool, again: bool = False) -> None:
        """Send until an answer counts, as a phone does."""
        for _ in range(MOST_TRIES):
            took, status, _came = self.caller.exchange(self.says if says else [])
            if not again:
                heard.took.append(took * 1000)
            heard.statuses[status] += 1
            if status == OK:
                return
            time.sleep(AGAIN_AFTER_FAULT)


def measure() -> list[Result]:
    """95 of 100 answers came within so many milliseconds, in the storm and in an empty one."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        postgres = closing.enter_context(temporary_postgres(durable=True))
        settings = {"OUTREACH_DATABASE_URL": postgres}
        server = Server(Path(folder) / "server", workers=2, threads=4, settings=settings)
        volunteers = _beginning(server, Path(folder) / "phones.json")
        closing.callback(server.stop)
        engine = create_engine(postgres)
        _in_the_morning(volunteers)
        empty = _a_minute(volunteers, says=False, again=False)
        before = _counts(engine)
        heard = _a_minute(volunteers, says=True, again=True)
        memory = _megabytes(server)
        _nothing_lost_or_twice(volunteers, engine, before)
        engine.dispose()
    return [_result(heard, empty, memory)]


def _beginning(server: Server, phones: Path) -> list[Volunteer]:
    server.data_dir.mkdir()
    server.outreach("upgrade")
    server.outreach("demo", "reset")
    filling = [sys.executable, "-m", "bench.one_storm_base", str(phones)]
    subprocess.run(filling, env=server.environment, cwd=ROOT, check=True)
    server.start()
    told = json.loads(phones.read_text(encoding="utf-8"))
    return [Volunteer(Caller(server.port, one["token"]), afternoon(one)) for one in told]


def _in_the_morning(volunteers: list[Volunteer]) -> None:
    heard = Heard()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: one.sends(heard, says=False), volunteers))


def _a_minute(volunteers: list[Volunteer], *, says: bool, again: bool) -> Heard:
    """Everybody at a moment of their own; and once more a minute later."""
    heard, source = Heard(), random.Random(17)  # noqa: S311 - the same storm every time
    begun = time.perf_counter()

    def one(volunteer: Volunteer, at: float) -> None:
        _until(begun + at)
        volunteer.sends(heard, says=says)
        if again:
            _until(begun + at + MINUTE)
            volunteer.sends(heard, says=False, again=True)
        heard.done_after = max(heard.done_after, time.perf_counter() - begun)

    with ThreadPoolExecutor(len(volunteers)) as pool:
        moments = [source.uniform(0, MINUTE - 2) for _ in volunteers]
        list(pool.map(one, volunteers, moments))
    return heard


def _until(moment: float) -> None:
    time.sleep(max(0, moment - time.perf_counter()))


def _counts(engine: Engine) -> Counter[str]:
    with engine.connect() as connection:
        counted = {
            table: connection.scalar(text(f'SELECT count(*) FROM "{table}"'))  # noqa: S608 - our own names
            for table in ("mutation", *(table for _kind, table in EFFECTS))
        }
    return Counter(counted)


def _nothing_lost_or_twice(
    volunteers: list[Volunteer], engine: Engine, before: Counter[str]
) -> None:
    """Every mutation applied, its effect there once, and nobody has anything more to hear."""
    said = [one for volunteer in volunteers for one in volunteer.says]
    outcomes = Counter(
        volunteer.caller.outcomes.get(one["id"], "lost")
        for volunteer in volunteers
        for one in volunteer.says
    )
    if set(outcomes) - {"applied", "already_applied"}:
        raise SystemExit(f"outcomes of the storm: {dict(outcomes)}")
    after, kinds = _counts(engine), Counter(one["kind"] for one in said)
    expected = {"mutation": len(said)} | {table: kinds[kind] for kind, table in EFFECTS}
    found = {table: after[table] - before[table] for table in expected}
    if found != expected:
        raise SystemExit(f"the storm left {found} instead of {expected}")
    late = sum(volunteer.caller.exchange([])[2] for volunteer in volunteers)
    if late:
        raise SystemExit(f"{late} dossiers had not reached their phones")


def _megabytes(server: Server) -> float:
    """The most that the server's processes ever held, together."""
    master = server.process.pid if server.process else 0
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="utf-8").split()
    return sum(_high_water(pid) for pid in [str(master), *children])


def _high_water(pid: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _result(heard: Heard, empty: Heard, memory: float) -> Result:
    p50, p95, p99 = heard.spread()
    e50, e95, e99 = empty.spread()
    broken = sum(count for status, count in heard.statuses.items() if status >= BROKEN)
    silent = heard.statuses[NO_ANSWER]
    note = (
        f"p95; storm p50 {p50:.0f}, p99 {p99:.0f}; empty p50 {e50:.0f}, p99 {e99:.0f}; all"
        f" converged after {heard.done_after:.0f} s, 0 lost, 0 twice, {broken} x 5xx, {silent} x no"
        f" answer; gunicorn {memory:.0f} MB; p95 at most {SLOWEST}, converged within {CONVERGED} s"
    )
    return Result("storm", round(p95), round(e95), round(p95 / e95, 2), "ms", note)

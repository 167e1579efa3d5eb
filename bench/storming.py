"""17:00: 500 phones within a minute, 40 mutations each, PostgreSQL on the same two cores.

Every phone got its round in the morning; it sends at its own moment of the minute, and asks again
every minute, as the app does, until the server has nothing more to give: its receipt and its hash
are confirmed, nothing waits, and the other of the pair has sent. Then every mutation must have been
applied, once. The peer is the same 500 requests with nothing in them.
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
from threading import Lock
from typing import Any

from afternoons import afternoon
from caller import NO_ANSWER, Answer, Caller
from measuring import Promise, Result, beside
from pages import ROOT
from resident import watched
from sqlalchemy import Engine, create_engine, text

from tests.factories.database import Postgres
from tests.journeys.server import Server

PHONES, MINUTE = 500, 60
# Milliseconds, and seconds from the beginning of the minute.
SLOWEST, CONVERGED = 1500, 120
AGAIN_AFTER_FAULT = 2
BROKEN = 500
MOST_TRIES, MOST_MINUTES = 10, 5
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
    memory: dict[str, float] = field(default_factory=dict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def first(self, answer: Answer) -> None:
        """Of what a phone sends at its moment of the minute, or sends on until it is through."""
        self.took.append(answer.took * 1000)
        self.later(answer)

    def later(self, answer: Answer) -> None:
        """Of what it asks when it has sent all."""
        with self._one_at_a_time:
            self.statuses[answer.status] += 1

    def done(self, after: float) -> None:
        """A phone has all."""
        with self._one_at_a_time:
            self.done_after = max(self.done_after, after)

    @property
    def broken(self) -> int:
        """How many answers were the server's fault."""
        return sum(count for status, count in self.statuses.items() if status >= BROKEN)

    def spread(self) -> tuple[float, float, float]:
        """The 50th, 95th and 99th of a hundred."""
        parts = statistics.quantiles(self.took, n=100)
        return parts[49], parts[94], parts[98]


@dataclass
class Volunteer:
    """A phone with what it will have to say."""

    caller: Caller
    says: list[dict[str, Any]]

    def sends(self, heard: Heard) -> None:
        """Send until an answer counts, as a phone does."""
        for _ in range(MOST_TRIES):
            if self.caller.asks(heard.first):
                return
            time.sleep(AGAIN_AFTER_FAULT)

    def has_all(self, heard: Heard, other: "Volunteer") -> bool:
        """Ask until there is nothing more; whether the other had said all of theirs before."""
        theirs_is_there = not other.caller.waiting
        return self.caller.asks(heard.later, until_quiet=True) and theirs_is_there


def measure(*, phones: int = PHONES, minute: int = MINUTE) -> list[Result]:
    """95 of 100 answers came within so many milliseconds, in the storm and in an empty one."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        postgres = Postgres(durable=True)
        postgres.start()
        closing.callback(postgres.stop)
        settings = {"OUTREACH_DATABASE_URL": postgres.url}
        server = Server(Path(folder) / "server", workers=2, threads=4, settings=settings)
        volunteers = _beginning(server, Path(folder) / "phones.json", pairs=max(1, phones // 2))
        closing.callback(server.stop)
        engine = create_engine(postgres.url)
        closing.callback(engine.dispose)
        _in_the_morning(volunteers)
        roots = {"server": server.process.pid if server.process else 0, "database": postgres.pid}
        with watched(roots) as memory:
            empty = _a_minute(volunteers, minute)
        empty.memory = memory
        before = _counts(engine)
        for one in volunteers:
            one.caller.waiting = list(one.says)
        with watched(roots) as memory:
            heard = _a_minute(volunteers, minute)
        heard.memory = memory
        _nothing_lost_or_twice(volunteers, engine, before)
    return _results(heard, empty)


def _beginning(server: Server, phones: Path, pairs: int) -> list[Volunteer]:
    server.data_dir.mkdir()
    server.outreach("upgrade")
    server.outreach("demo", "reset")
    filling = [sys.executable, "-m", "bench.one_storm_base", str(phones), str(pairs)]
    subprocess.run(filling, env=server.environment, cwd=ROOT, check=True)
    server.start()
    told = json.loads(phones.read_text(encoding="utf-8"))
    return [Volunteer(Caller(server.port, one["token"]), afternoon(one)) for one in told]


def _in_the_morning(volunteers: list[Volunteer]) -> None:
    heard = Heard()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: one.sends(heard), volunteers))


def _a_minute(volunteers: list[Volunteer], minute: int) -> Heard:
    """Everybody at a moment of their own; who had something to say asks again each minute."""
    heard, source = Heard(), random.Random(17)  # noqa: S311 - the same storm every time
    begun = time.perf_counter()

    def one(number: int, at: float) -> None:
        # They stand in pairs: the other of 0 is 1, of 1 is 0.
        own, other = volunteers[number], volunteers[number ^ 1]
        _until(begun + at)
        said = bool(own.caller.waiting)
        own.sends(heard)
        for minutes in range(1, MOST_MINUTES if said else 1):
            _until(begun + at + minutes * minute)
            if own.has_all(heard, other):
                break
        heard.done(time.perf_counter() - begun)

    with ThreadPoolExecutor(len(volunteers)) as pool:
        moments = [source.uniform(0, max(0, minute - 2)) for _ in volunteers]
        list(pool.map(one, range(len(volunteers)), moments))
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
    """Every mutation applied, its effect there once, and every phone holds what it should."""
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
    late = [one for one in volunteers if one.caller.waiting or not one.caller.exchange().quiet]
    wrong = [one for one in volunteers if one.caller.broken()]
    if late or wrong:
        raise SystemExit(f"{len(late)} phones had not all, {len(wrong)} hold something else")


def _results(heard: Heard, empty: Heard) -> list[Result]:
    p50, p95, p99 = heard.spread()
    e50, e95, e99 = empty.spread()
    spread = (
        f"p95 of {len(heard.took)}; storm p50 {p50:.0f}, p99 {p99:.0f}; empty p50 {e50:.0f},"
        f" p99 {e99:.0f}; 0 lost, 0 twice, {heard.statuses[NO_ANSWER]} x no answer"
    )
    waits = "receipt and hash confirmed, nothing waits; the empty ones ask once"
    faults = "answers of 500 and above"
    workers, backends = "gunicorn with its workers, peak PSS", "PostgreSQL, all of it, peak PSS"
    slowest, soonest = Promise(SLOWEST, "ours"), Promise(CONVERGED, "ours")
    done, held, theirs = (heard.done_after, empty.done_after), heard.memory, empty.memory
    return [
        beside("storm", p95, e95, "ms", spread, slowest),
        beside("storm.converged", *done, "s", waits, soonest),
        beside("storm.5xx", heard.broken, empty.broken, "", faults, Promise(0, "ours")),
        beside("storm.memory.server", held["server"], theirs["server"], "MB", workers),
        beside("storm.memory.database", held["database"], theirs["database"], "MB", backends),
    ]

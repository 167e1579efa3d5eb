"""One phone's exchange with a million households in the base, against a thousand; PostgreSQL."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from caller import Caller, mutation, signed_in
from measuring import Promise, Result, compared, in_turns
from pages import ROOT, VOLUNTEER
from sqlalchemy import create_engine, text

from outreach.demo.people import PASSWORD
from tests.factories.database import temporary_postgres
from tests.journeys.server import Server

MANY, FEW = 1_000_000, 1_000
PAIRS = 25


def measure(*, households: int = MANY, few: int = FEW, pairs: int = PAIRS) -> list[Result]:
    """Milliseconds of one exchange: a change at one door, and the dossier that comes back."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        postgres = closing.enter_context(temporary_postgres(durable=True))
        large = closing.enter_context(_base(Path(folder) / "large", postgres, households))
        small = closing.enter_context(_base(Path(folder) / "small", postgres, few))
        in_turns(large, small, times=3)  # warms both up
        costs = in_turns(large, small, pairs)
    note = (
        f"one phone sends one change and gets its dossier; {households} households in the base"
        f" against {few}, mutations, devices, receipts and the trail in proportion; PostgreSQL"
    )
    return [compared("growth", costs, "ms", note, Promise(1.2))]


@contextmanager
def _base(folder: Path, postgres: str, households: int) -> Iterator[Callable[[], float]]:
    """A server whose base has so many households; gives one exchange of one phone."""
    name = folder.name
    with create_engine(postgres, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    settings = {"OUTREACH_DATABASE_URL": postgres.replace("/postgres?", f"/{name}?")}
    server = Server(folder, settings=settings)
    folder.mkdir()
    server.outreach("upgrade")
    server.outreach("demo", "reset")
    server.start()
    try:
        caller = signed_in(server.port, VOLUNTEER, PASSWORD)
        caller.exchange()
        stop_id = min(id_ for id_, one in caller.dossiers.items() if one["kind"] == "stop")
        exchange = partial(_exchange, caller, stop_id, cycle((True, False)))
        exchange()  # what it leaves behind is copied too
        growing = [sys.executable, "-m", "bench.one_grown_base", str(households)]
        subprocess.run(growing, env=server.environment, cwd=ROOT, check=True)
        yield exchange
    finally:
        server.stop()


def _exchange(caller: Caller, stop_id: str, turns: Iterator[bool]) -> float:
    said = mutation(stop_id, "door.notice", notice="dog", on=next(turns))
    caller.waiting = [said]
    answer = caller.exchange()
    whole = answer.counts and not answer.goes_on and not caller.waiting
    if not whole or (answer.came, caller.outcomes[said["id"]]) != (1, "applied"):
        raise SystemExit(f"an exchange answered {answer.status} with {answer.came} dossiers")
    return answer.took * 1000

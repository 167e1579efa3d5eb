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
from measuring import Result, compared, in_turns
from pages import ROOT, VOLUNTEER
from sqlalchemy import create_engine, text

from outreach.demo.people import PASSWORD
from tests.factories.database import temporary_postgres
from tests.journeys.server import Server

MANY, FEW = 1_000_000, 1_000
PAIRS = 25


def measure() -> list[Result]:
    """Milliseconds of one exchange: a change at one door, and the dossier that comes back."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        postgres = closing.enter_context(temporary_postgres(durable=True))
        large = closing.enter_context(_base(Path(folder) / "large", postgres, MANY))
        small = closing.enter_context(_base(Path(folder) / "small", postgres, FEW))
        in_turns(large, small, times=3)  # warms both up
        pairs = in_turns(large, small, PAIRS)
    note = (
        f"one phone sends one change and gets its dossier; {MANY} households in the base"
        f" against {FEW}; PostgreSQL; at most 1.2"
    )
    return [compared("growth", pairs, "ms", note)]


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
        caller.exchange([])
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
    took, status, came = caller.exchange([said])
    if (status, came, caller.outcomes[said["id"]]) != (200, 1, "applied"):
        raise SystemExit(f"an exchange answered {status} with {came} dossiers")
    return took * 1000

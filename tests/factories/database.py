"""A real PostgreSQL for the length of a test run."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STARTING_TRIES = 100


def _binaries() -> Path:
    found = shutil.which("postgres")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return versions[-1]


def _as_server(command: list[str]) -> None:
    # PostgreSQL refuses to run as root; a container or a CI runner often is root.
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(  # noqa: S603 - its own commands
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
    )


class Postgres:
    """An empty database on a server of its own, reached over a socket; it may be killed.

    Unless it is `durable` a commit does not wait for the disk.
    """

    def __init__(self, *, durable: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="voordeur-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._data = self.folder / "data"
        self._control = str(_binaries() / "pg_ctl")
        sync = "on" if durable else "off"
        limits = "-c listen_addresses='' -c max_connections=60"
        self._options = f"-k {self.folder} -c fsync={sync} {limits}"
        making = [str(_binaries() / "initdb"), "-D", str(self._data), "-U", "voordeur"]
        _as_server([*making, "-A", "trust", "--no-sync", "-E", "UTF8"])

    @property
    def url(self) -> str:
        """Where it is, for SQLAlchemy."""
        return f"postgresql+psycopg://voordeur@/postgres?host={self.folder}"

    @property
    def pid(self) -> int:
        """The process that starts all others of it."""
        return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])

    def start(self) -> None:
        """Returns when it answers."""
        log = str(self.folder / "log")
        _as_server(
            [self._control, "-D", str(self._data), "-o", self._options, "-l", log, "-w", "start"]
        )

    def kill(self) -> None:
        """As a machine does that runs out of memory: nobody is told, nothing is written."""
        os.kill(self.pid, signal.SIGKILL)

    def start_again(self) -> None:
        """After a kill: the others of it end by themselves, each in its own time."""
        for _ in range(STARTING_TRIES):
            with suppress(subprocess.CalledProcessError):
                return self.start()
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """End it, and leave nothing."""
        _as_server([self._control, "-D", str(self._data), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def temporary_postgres(*, durable: bool = False) -> Iterator[str]:
    """The URL of an empty database on a server of its own; `durable` as Postgres has it."""
    postgres = Postgres(durable=durable)
    postgres.start()
    try:
        yield postgres.url
    finally:
        postgres.stop()

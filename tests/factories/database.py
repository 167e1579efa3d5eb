"""A real PostgreSQL for the length of a test run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())  # noqa: S603


@contextmanager
def temporary_postgres(*, durable: bool = False) -> Iterator[str]:
    """The URL of an empty database on a server of its own, reached over a socket.

    Unless it is `durable` a commit does not wait for the disk.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="voordeur-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    _as_server(
        [
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "voordeur",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
        ]
    )
    sync = "on" if durable else "off"
    options = f"-k {folder} -c listen_addresses='' -c fsync={sync} -c max_connections=60"
    control = str(binaries / "pg_ctl")
    log = str(folder / "log")
    _as_server([control, "-D", str(data), "-o", options, "-l", log, "-w", "start"])
    try:
        yield f"postgresql+psycopg://voordeur@/postgres?host={folder}"
    finally:
        _as_server([control, "-D", str(data), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)

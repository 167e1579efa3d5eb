"""Copies of the whole database, made and put back by the database's own tools.

SQLite: its online backup, a file that is a database. PostgreSQL: `pg_dump` and `pg_restore` in its
custom format. A copy is only for the kind of database it was made of.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.exc import OperationalError

from outreach.db import db

SQLITE_STARTS, POSTGRESQL_STARTS = b"SQLite format 3\0", b"PGDMP"
LONGEST_WAIT = "10s"


class CopyFailed(Exception):  # noqa: N818 - the message is for whoever sits at the server
    """Why no copy was made, or none put back."""


def make_copy(target: Path) -> None:
    """Copy the database as it is at one moment into a new file, for the owner only.

    Raises CopyFailed, also for a file that exists: a good copy is never written over.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as fault:
        raise CopyFailed(f"{target}: {fault.strerror}") from fault
    try:
        _copy_out(db.engine.url, target)
    except CopyFailed:
        target.unlink()
        raise


def put_back(source: Path) -> None:
    """Make the database what the copy says, whole; raises CopyFailed."""
    url = db.engine.url
    wanted = SQLITE_STARTS if _is_sqlite(url) else POSTGRESQL_STARTS
    try:
        with source.open("rb") as file:
            starts = file.read(len(wanted))
    except OSError as fault:
        raise CopyFailed(f"{source}: {fault.strerror}") from fault
    if starts != wanted:
        raise CopyFailed(f"{source} is no copy of this kind of database ({url.get_backend_name()})")
    db.session.remove()
    db.engine.dispose()
    if _is_sqlite(url):
        _put_back_sqlite(url, source)
    else:
        _put_back_postgresql(url, source)


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _copy_out(url: URL, target: Path) -> None:
    if not _is_sqlite(url):
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--file", str(target))
        return
    try:
        with (
            closing(_read_only(Path(str(url.database)))) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            # A copy is one file: no log beside it that could be left behind.
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as fault:
        raise CopyFailed(f"SQLite: {fault}") from fault


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _put_back_sqlite(url: URL, source: Path) -> None:
    """Through SQLite itself: who still has the database open sees the new content, never half."""
    try:
        with (
            closing(_read_only(source)) as copy,
            closing(sqlite3.connect(str(url.database), timeout=10)) as live,
        ):
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CopyFailed(f"{source} is damaged")
            live.execute("PRAGMA secure_delete=ON")
            copy.backup(live)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as fault:
        raise CopyFailed(f"SQLite: {fault}") from fault


def _put_back_postgresql(url: URL, source: Path) -> None:
    """Into an empty schema: what a newer version added would stand in an upgrade's way."""
    _run(url, "pg_restore", "--list", str(source), connects=False)
    try:
        with db.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'"))
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    except OperationalError as fault:
        raise CopyFailed("Something still uses the database. Stop the server first.") from fault
    db.engine.dispose()
    # The copy makes its own schema where it was made; here it stands already.
    _run(
        url,
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        str(source),
    )


def _run(url: URL, program: str, *arguments: str, connects: bool = True) -> None:
    """Run one of PostgreSQL's tools; the password is in no command line."""
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    command = [_tool(program), *arguments]
    if connects:
        plain = url.set(drivername="postgresql", password=None)
        command += ["--dbname", plain.render_as_string(hide_password=False)]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = done.stderr.strip().rpartition("\n")[2]
        raise CopyFailed(f"{program}: {last}")


def _tool(program: str) -> str:
    found = shutil.which(program)
    if found:
        return found
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = max(versions, key=lambda path: int(path.parents[1].name), default=None)
    if newest is None:
        raise CopyFailed(f"{program} is not here: install postgresql-client.")
    return str(newest)

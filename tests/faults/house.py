"""The server side: gunicorn's workers on a PostgreSQL, all of which may be killed or stopped."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask import Flask

from outreach.app import create_app
from outreach.config import DEMO_SECRET, Settings
from outreach.db import METADATA, db
from tests.factories.database import Postgres
from tests.journeys.server import Server

WORKERS, THREADS = 3, 4


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        # A process may end while we look; its name, in brackets, may hold spaces.
        with suppress(OSError, IndexError):
            told = status.read_text().rpartition(")")[2].split()
            if int(told[1]) == pid and told[0] != "Z":
                found.append(int(status.parent.name))
    return sorted(found)


@dataclass
class House:
    """What phones talk to. `app` is for us, to build towns and to look at the tables."""

    postgres: Postgres
    server: Server
    app: Flask

    def workers(self) -> list[int]:
        """The processes that answer."""
        process = self.server.process
        return children(process.pid) if process else []

    def backends(self) -> list[int]:
        """The database's processes that serve a worker; none while it is down."""
        asked = self.postgres.url.replace("+psycopg", "")
        who = (
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid() AND application_name <> 'looking' ORDER BY pid"
        )
        try:
            with psycopg.connect(asked, connect_timeout=2, application_name="looking") as looking:
                return [pid for (pid,) in looking.execute(who)]
        except psycopg.Error:
            return []

    def kill_database(self) -> None:
        """Its first process dies, its others notice, and somebody starts it again."""
        self.postgres.kill()
        self.postgres.start_again()


def send(pid: int, sign: signal.Signals) -> bool:
    """Whether there still was such a process."""
    with suppress(ProcessLookupError):
        os.kill(pid, sign)
        return True
    return False


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """A database that keeps what it says, and three workers with four threads each."""
    postgres = Postgres(durable=True)
    postgres.start()
    try:
        app = create_app(Settings(postgres.url, DEMO_SECRET, folder, demo=True))
        with app.app_context():
            METADATA.create_all(db.engine)
        own = {"OUTREACH_DATABASE_URL": postgres.url}
        server = Server(folder, workers=WORKERS, threads=THREADS, settings=own)
        server.start()
        try:
            yield House(postgres, server, app)
        finally:
            server.stop()
            with app.app_context():
                db.engine.dispose()
    finally:
        postgres.stop()


def until_well(house_: House, seconds: float = 60) -> None:
    """Wait until the database answers us; it recovers by itself."""
    until = time.monotonic() + seconds
    asked = house_.postgres.url.replace("+psycopg", "")
    while True:
        try:
            psycopg.connect(asked, connect_timeout=2).close()
        except psycopg.Error:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return

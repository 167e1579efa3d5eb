"""The real app behind standard input and output: one JSON line asks, one JSON line answers.

A seed replays because the clock stands still, ids are drawn from the seed, every run starts from
the same town, and one line is answered before the next is read.
"""

import gc
import json
import logging
import shutil
import sqlite3
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from outreach import clock
from outreach.app import create_app
from outreach.config import Settings
from outreach.db import METADATA, db
from outreach.sync import answering
from tests.factories.town import Town, build_town
from tests.model import deeds, dying, looking, mutants, remembering, restoring

NOON = datetime(2026, 2, 3, 13, tzinfo=UTC)
SECRET = "a secret only the simulation knows, longer than thirty-two"
Line = dict[str, Any]


class ModelServer:
    """One app on one database file, taken back to the same town for every seed."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "model.sqlite3"
        url = f"sqlite:///{self.file}"
        self.app: Flask = create_app(Settings(url, SECRET, folder, demo=False))
        # An app of long ago must be renewed only where the server has a newer one.
        self.app.config["APP_BUILT_ON"] = date(2026, 2, 1)
        self.client = self.app.test_client(use_cookies=False)
        self.folder = folder
        with self.app.app_context():
            METADATA.create_all(db.engine)
            clock.replay(0, NOON)
            self.town = town_of(build_town())
            db.session.remove()
            db.engine.dispose()
        self.image = self._copy()

    def _copy(self) -> sqlite3.Connection:
        image = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self.file)) as source:
            source.backup(image)
        return image

    def serve(self) -> None:
        """Answer every line of stdin with one on stdout, until it ends."""
        acts: dict[str, Callable[[Line], Line]] = {
            "reset": self.reset,
            "request": self.request,
            "deed": self.deed,
            "look": self.look,
        }
        for line in sys.stdin:
            said = json.loads(line)
            sys.stdout.write(json.dumps(acts[said["do"]](said)) + "\n")
            sys.stdout.flush()

    def reset(self, said: Line) -> Line:
        """Back to the untouched town; from here on everything follows from the seed."""
        with self.app.app_context():
            db.engine.dispose()
        with closing(sqlite3.connect(self.file)) as target:
            self.image.backup(target)
        for kept in ("escrow", "ended"):
            shutil.rmtree(self.folder / kept, ignore_errors=True)
        (self.folder / restoring.COPY).unlink(missing_ok=True)
        remembering.forget()
        answering.PART_BYTES = int(said["part_bytes"])
        clock.replay(int(said["seed"]) + 1, NOON)
        return self.town

    def request(self, said: Line) -> Line:
        """One HTTP request to the app, as a phone makes it.

        With `dies_after` the server is killed before its that many-th statement, if it comes so
        far: nobody answers, and nothing that it did may be left.
        """
        if said.get("dies_after") is None:
            return self._reply(said)
        reply = dying.after(int(said["dies_after"]), lambda: self._reply(said))
        if reply is not None:
            return reply
        remembering.forget()
        with self.app.app_context():
            # What a server has in memory goes with it.
            db.session.remove()
            db.engine.dispose()
        return {"died": True}

    def _reply(self, said: Line) -> Line:
        reply = self.client.open(
            said["path"],
            method=said["method"],
            headers=said["headers"],
            data=b64decode(said["body"]),
        )
        kind = reply.headers.get("Content-Type", "")
        body = b64encode(reply.data).decode()
        return {"died": False, "status": reply.status_code, "type": kind, "body": body}

    def deed(self, said: Line) -> Line:
        """Something that happens at the desk."""
        with self.app.app_context():
            return deeds.DEEDS[said["name"]](said)

    def look(self, said: Line) -> Line:
        """What the server knows, for the oracle."""
        with self.app.app_context():
            return looking.everything(said["accounts"])


@event.listens_for(Engine, "connect")
def _hurry(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Nobody pulls this machine's plug: waiting for its disk would only cost time."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def town_of(town: Town) -> Line:
    """Who and what a simulated phone must be told of the town."""
    wanted = ("volunteer", "partner_of_pair", "other_volunteer")
    return {
        "municipality": town.municipality.id,
        "round": town.round.id,
        "team": town.team.id,
        "people": {name: town.person(name).id for name in wanted},
    }


def main() -> None:
    """Answer lines until there are no more."""
    logging.disable(logging.CRITICAL)
    remembering.remember()
    if len(sys.argv) > 1:
        mutants.plant(sys.argv[1])
    # Statements are many small objects that soon go by themselves: looking for rings among them,
    # and among all that was imported, costs more than all of them take.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    with tempfile.TemporaryDirectory(prefix="voordeur-model-") as folder:
        server = ModelServer(Path(folder))
        server.serve()


if __name__ == "__main__":
    main()

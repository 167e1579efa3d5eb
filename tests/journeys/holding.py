"""What is really held, read past the screens: by the server's database, by a phone's browser."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.server import Server
from tests.journeys.unsealing import unsealed

# What a talk and its door may leave behind; other tables are the server's own bookkeeping.
OF_A_VISIT = (
    "advice", "aftercare", "assessment", "concern", "consent", "contact_attempt", "conversation",
    "debrief", "difference", "goal", "handover", "household", "note", "plan", "quarantined",
    "step", "stop",
)  # fmt: skip

EVERYTHING_ON_THE_PHONE = """
async () => {
  const promised = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const held = { local: { ...localStorage }, session: { ...sessionStorage }, databases: {} };
  for (const { name } of await indexedDB.databases()) {
    const database = await promised(indexedDB.open(name));
    held.databases[name] = {};
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store).getAll();
      held.databases[name][store] = await promised(rows);
    }
    database.close();
  }
  const inText = (_key, value) => {
    if (!(value instanceof ArrayBuffer)) return value;
    const chars = Array.from(new Uint8Array(value), (byte) => String.fromCharCode(byte));
    return { base64: btoa(chars.join('')) };
  };
  return JSON.stringify(held, inText);
}
"""


@contextmanager
def _database(server: Server) -> Iterator[sqlite3.Connection]:
    path = server.data_dir / "voordeur.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
        yield opened


def ask(server: Server, question: str, *values: str) -> list[tuple[object, ...]]:
    """Rows of a SELECT on the server's database."""
    with _database(server) as opened:
        return opened.execute(question, values).fetchall()


def count(server: Server, question: str, *values: str) -> int:
    """How many rows there are of what is named here: a table, and which of its rows."""
    ((found,),) = ask(server, f"SELECT count(*) FROM {question}", *values)  # noqa: S608 - ours
    return int(str(found))


def counts(server: Server) -> dict[str, int]:
    """How many rows each table of a visit has."""
    return {table: count(server, table) for table in OF_A_VISIT}


def gained(server: Server, before: dict[str, int]) -> dict[str, int]:
    """Which tables have more rows (or fewer) than before, and how many."""
    now = counts(server)
    return {table: now[table] - had for table, had in before.items() if now[table] != had}


def server_knows(server: Server, words: str) -> list[str]:
    """Every file of the database that holds these words anywhere, free pages and journal too."""
    files = sorted(server.data_dir.glob("voordeur.sqlite3*"))
    return [path.name for path in files if _holds(path, words)]


def _holds(path: Path, words: str) -> bool:
    data = path.read_bytes()
    return words.encode() in data or json.dumps(words).strip('"').encode() in data


def tables_with(server: Server, words: str) -> list[str]:
    """Every table in which some row holds these words."""
    with _database(server) as opened:
        names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        found = []
        for (name,) in names:
            rows = opened.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - its own name
            if any(words in str(value) for row in rows for value in row):
                found.append(str(name))
        return found


def phone_holds(page: Page) -> str:
    """Everything this browser keeps for us, as it lies there, as one JSON text."""
    return str(page.evaluate(EVERYTHING_ON_THE_PHONE))


def phone_says(page: Page, words: list[str]) -> str:
    """Everything that the four words open in this browser, as one JSON text."""
    return unsealed(phone_holds(page), words)

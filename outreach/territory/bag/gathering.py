"""What an extract holds, gathered on the disk until addresses can be put together from it.

An address is spread over four parts, and a city's do not fit in memory: they lie in a database of
SQLite that has no name and is gone when it closes.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from outreach.territory.bag.objects import BagObject

ROWS_AT_ONCE = 5_000
NOT_BUILT = "Verblijfsobject gevormd"
PLACES_TO_LIE = ("Ligplaats", "Standplaats")
SIDE_COMES_LAST = 1_000_000

SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000", "temp_store = FILE")
TABLES = """
CREATE TABLE town (id TEXT PRIMARY KEY, occurrence INTEGER, name TEXT) WITHOUT ROWID;
CREATE TABLE street (id TEXT PRIMARY KEY, occurrence INTEGER, name TEXT, town TEXT) WITHOUT ROWID;
CREATE TABLE place (
  number TEXT PRIMARY KEY, rank INTEGER, use TEXT, is_built INTEGER, x REAL, y REAL
) WITHOUT ROWID;
CREATE TABLE number (
  id TEXT, occurrence INTEGER, house_number TEXT, letter TEXT, suffix TEXT, postcode TEXT,
  street TEXT, town TEXT
);
"""
# Of several occurrences that hold now the newest counts; of several things at one address the
# one whose main address it is.
ADD = {
    "town": """
INSERT INTO town VALUES (?, ?, ?) ON CONFLICT DO UPDATE
SET occurrence = excluded.occurrence, name = excluded.name
WHERE excluded.occurrence > occurrence""",
    "street": """
INSERT INTO street VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
SET occurrence = excluded.occurrence, name = excluded.name, town = excluded.town
WHERE excluded.occurrence > occurrence""",
    "place": """
INSERT INTO place VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET rank = excluded.rank, use = excluded.use, is_built = excluded.is_built,
    x = excluded.x, y = excluded.y
WHERE excluded.rank < rank""",
    "number": "INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
}
# A number may lie in another town than the rest of its street.
TOGETHER = """
SELECT number.id, street.name, number.house_number, number.letter, number.suffix, number.postcode,
       town.name, place.use, place.is_built, place.x, place.y
FROM number
LEFT JOIN street ON street.id = number.street
LEFT JOIN town ON town.id = coalesce(nullif(number.town, ''), street.town)
LEFT JOIN place ON place.number = number.id
ORDER BY number.id, number.occurrence DESC, number.rowid
"""

Row = tuple[Any, ...]


class Gathering:
    """The objects that hold on a day (ISO); `past` counts the addresses that do not."""

    def __init__(self, scratch: sqlite3.Connection, day: str) -> None:
        self._scratch = scratch
        self._day = day
        self.numbers = self.past = 0

    def add(self, objects: Iterable[BagObject]) -> None:
        """Take in the objects of one document."""
        waiting: dict[str, list[Row]] = {table: [] for table in ADD}
        for one in objects:
            if one.is_valid(self._day):
                for table, row in _rows(one):
                    waiting[table].append(row)
                    if len(waiting[table]) >= ROWS_AT_ONCE:
                        self._write(table, waiting[table])
            elif one.kind == "Nummeraanduiding":
                self.past += 1
        for table, rows in waiting.items():
            self._write(table, rows)

    def _write(self, table: str, rows: list[Row]) -> None:
        self._scratch.executemany(ADD[table], rows)
        self.numbers += len(rows) if table == "number" else 0
        rows.clear()

    def addresses(self) -> Iterator[list[Row]]:
        """Rows of TOGETHER in batches, by BAG number; a number that was given twice comes twice."""
        found = self._scratch.execute(TOGETHER)
        while rows := found.fetchmany(ROWS_AT_ONCE):
            yield rows


@contextmanager
def gathering(day: str) -> Iterator[Gathering]:
    """An empty gathering; gone afterwards."""
    with closing(sqlite3.connect("", isolation_level=None)) as scratch:
        for setting in SETTINGS:
            scratch.execute(f"PRAGMA {setting}")
        scratch.executescript(TABLES)
        yield Gathering(scratch, day)


def _rows(one: BagObject) -> Iterator[tuple[str, Row]]:
    def fact(name: str) -> str:
        return one.facts.get(name, "")

    key = (fact("identificatie"), one.occurrence)
    if one.kind == "Woonplaats":
        yield "town", (*key, fact("naam"))
    elif one.kind == "OpenbareRuimte":
        yield "street", (*key, fact("naam"), fact("WoonplaatsRef"))
    elif one.kind == "Nummeraanduiding":
        door = ("huisnummer", "huisletter", "huisnummertoevoeging", "postcode")
        refers = ("OpenbareRuimteRef", "WoonplaatsRef")
        yield "number", (*key, *map(fact, (*door, *refers)))
    else:
        x, y = one.place or (None, None)
        use = one.kind.casefold() if one.kind in PLACES_TO_LIE else fact("gebruiksdoel")
        facts = (use, int(fact("status") != NOT_BUILT), x, y)
        for number in one.main_addresses:
            yield "place", (number, -one.occurrence, *facts)
        for number in one.side_addresses:
            yield "place", (number, SIDE_COMES_LAST - one.occurrence, *facts)

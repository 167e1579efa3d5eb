"""The import of addresses: read and stage outside, then one transaction for everything."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection

from outreach.territory import merging, opening
from outreach.territory.bag.extract import ExtractReading, extract_reading
from outreach.territory.columns import Layout
from outreach.territory.formats import format_of
from outreach.territory.listing import ListReading
from outreach.territory.reading import Columns, RefusedRow, Tally
from outreach.territory.staging import staged
from outreach.territory.understood import Format, Understood
from outreach.territory.watching import Watch

SHOWN_ROWS = 5
SHOWN_REFUSALS = 20

Reading = ListReading | ExtractReading


@dataclass(frozen=True)
class ImportResult:
    """What came of an import; `read` is the sum of the five counts that follow it.

    `sample` holds the first addresses as they were understood, `refusals` the first rows that
    were not taken.
    """

    read: int
    imported: int
    changed: int
    unchanged: int
    doubles: int
    refused: int
    understood: Understood
    sample: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The six numbers alone."""
        names = ("read", "imported", "changed", "unchanged", "doubles", "refused")
        return {name: getattr(self, name) for name in names}

    @property
    def left_out(self) -> int:
        """Rows that were not taken: doubles, and those with a fault."""
        return self.doubles + self.refused


Finish = Callable[[Connection, ImportResult], None]


def import_addresses(
    connection: Connection,
    municipality_id: str,
    source: Path | BinaryIO,
    *,
    dry_run: bool = False,
    watch: Watch | None = None,
    finish: Finish = lambda _connection, _result: None,
) -> ImportResult:
    """Import a list or an extract into a municipality; the connection must not be in a transaction.

    `finish` runs inside the one transaction that writes, as its last act. Raises UnreadableList
    when the file is nothing we can read and ImportCancelled on a wish to stop; whatever is
    raised, nothing was written.
    """
    shown = _Shown(watch or Watch())
    with opening.opened(source) as stream, _reading(stream, shown.watch) as reading:
        fields = reading.reader.fields
        with staged(connection, fields, reading.expected) as stage:
            for addresses in reading.batches():
                if addresses:
                    stage.add(addresses)
                    shown.keep_sample(fields, addresses)
            stage.finish()
            act = merging.compare if dry_run else merging.merge
            with connection.begin():
                merged = act(connection, municipality_id, stage)
                result = shown.result(reading, merged, stage.count)
                finish(connection, result)
    return result


def _reading(stream: BinaryIO, watch: Watch) -> AbstractContextManager[Reading]:
    if format_of(stream) is Format.BAG_EXTRACT:
        return extract_reading(stream, watch)
    return nullcontext(ListReading(stream, watch))


class _Shown:
    """The first addresses and the first refusals, kept to be shown."""

    def __init__(self, watch: Watch) -> None:
        self._told = watch.refused
        self.watch = Watch(watch.progress, watch.cancelled, self._refuse)
        self._sample: list[dict[str, Any]] = []
        self._refusals: list[dict[str, Any]] = []

    def keep_sample(self, fields: tuple[str, ...], addresses: Columns) -> None:
        """Keep these as long as there are few."""
        wanted = SHOWN_ROWS - len(self._sample)
        first = zip(*(column[:wanted] for column in addresses), strict=True)
        self._sample += [dict(zip(fields, address, strict=True)) for address in first]

    def _refuse(self, row: RefusedRow, layout: Layout) -> None:
        if len(self._refusals) < SHOWN_REFUSALS:
            named = {"bag_id": row.bag_id} if row.bag_id else {}
            self._refusals.append({"line": row.line, "reasons": list(row.reasons)} | named)
        self._told(row, layout)

    def result(self, reading: Reading, merged: merging.Merged, staged_count: int) -> ImportResult:
        """Everything there is to say about this import."""
        tally: Tally = reading.reader.tally
        return ImportResult(
            read=tally.read,
            imported=merged.imported,
            changed=merged.changed,
            unchanged=staged_count - merged.imported - merged.changed,
            doubles=tally.doubles,
            refused=tally.refused,
            understood=reading.understood(),
            sample=self._sample,
            refusals=self._refusals,
        )

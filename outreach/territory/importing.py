"""The import of an address list: read and stage outside, then one transaction for everything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection

from outreach.territory import merging, opening
from outreach.territory.columns import Layout, take_header
from outreach.territory.lines import lines
from outreach.territory.problems import ImportCancelled, UnreadableList
from outreach.territory.reading import AddressReader, Columns, RefusedRow
from outreach.territory.records import records
from outreach.territory.staging import Stage, staged

SHOWN_ROWS = 5
SHOWN_REFUSALS = 20


@dataclass(frozen=True)
class ImportResult:
    """What came of an import; `read` is the sum of the five counts that follow it.

    `columns` says for each field under which name the file has it; `sample` holds the first
    addresses as they were understood, `refusals` the first rows that were not taken.
    """

    read: int
    imported: int
    changed: int
    unchanged: int
    doubles: int
    refused: int
    encoding: str
    separator: str
    packed: bool
    columns: dict[str, str]
    ignored: list[str]
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


@dataclass(frozen=True)
class Watch:
    """Who follows an import: `progress(lines, of)`, a wish to stop, and every row not taken."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    refused: Callable[[RefusedRow, Layout], None] = lambda _row, _layout: None


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
    """Import a list into a municipality; the connection must not be in a transaction.

    `finish` runs inside the one transaction that writes, as its last act. Raises UnreadableList
    when the file is no list we can read and ImportCancelled on a wish to stop; whatever is
    raised, nothing was written.
    """
    with opening.opened(source) as stream:
        reading = _Reading(stream, watch or Watch())
        with staged(connection, reading.reader.fields, reading.survey.lines) as stage:
            reading.fill(stage)
            act = merging.compare if dry_run else merging.merge
            with connection.begin():
                merged = act(connection, municipality_id, stage.table)
                result = reading.result(merged, stage.count)
                finish(connection, result)
    return result


class _Reading:
    """One reading of a file, from its header to its last row."""

    def __init__(self, stream: BinaryIO, watch: Watch) -> None:
        self.survey = opening.survey(stream)
        batches = lines(opening.blocks(stream, packed=self.survey.packed), self.survey.encoding)
        self.layout, rest = take_header(batches)
        self.reader = AddressReader(self.layout, self._refuse)
        self._batches = chain([rest], batches)
        self._watch = watch
        self._sample: list[dict[str, Any]] = []
        self._refusals: list[dict[str, Any]] = []

    def fill(self, stage: Stage) -> None:
        """Read every row into the stage; raises ImportCancelled."""
        layout = self.layout
        for batch in records(self._batches, layout.separator, len(layout.header)):
            if self._watch.cancelled():
                raise ImportCancelled
            addresses = self.reader.take(batch)
            if addresses:
                stage.add(addresses)
                self._keep_sample(addresses)
            if batch.numbers:
                self._watch.progress(batch.numbers[-1], self.survey.lines)
        if not self.reader.tally.read:
            raise UnreadableList("file-has-no-rows")
        stage.finish()

    def _keep_sample(self, addresses: Columns) -> None:
        for address in zip(*addresses, strict=True):
            if len(self._sample) == SHOWN_ROWS:
                return
            self._sample.append(dict(zip(self.reader.fields, address, strict=True)))

    def _refuse(self, row: RefusedRow) -> None:
        if len(self._refusals) < SHOWN_REFUSALS:
            self._refusals.append({"line": row.line, "reasons": list(row.reasons)})
        self._watch.refused(row, self.layout)

    def result(self, merged: merging.Merged, staged_count: int) -> ImportResult:
        """Everything there is to say about this import."""
        layout, tally = self.layout, self.reader.tally
        columns = {name: layout.header[at] for name, at in layout.places.items()}
        return ImportResult(
            read=tally.read,
            imported=merged.imported,
            changed=merged.changed,
            unchanged=staged_count - merged.imported - merged.changed,
            doubles=tally.doubles,
            refused=tally.refused,
            encoding=self.survey.encoding,
            separator=layout.separator,
            packed=self.survey.packed,
            columns=columns | ({"use": ", ".join(layout.uses)} if layout.uses else {}),
            ignored=layout.ignored,
            sample=self._sample,
            refusals=self._refusals,
        )

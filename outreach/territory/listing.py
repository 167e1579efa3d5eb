"""Reading addresses from a list as text: its encoding, its header, its rows."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from outreach.territory import opening
from outreach.territory.columns import take_header
from outreach.territory.lines import lines
from outreach.territory.problems import ImportCancelled, UnreadableList
from outreach.territory.reading import AddressReader, Columns, RefusedRow
from outreach.territory.records import records
from outreach.territory.understood import Format, Understood
from outreach.territory.watching import Watch


class ListReading:
    """One reading of a list, from its header to its last row."""

    def __init__(self, stream: BinaryIO, watch: Watch) -> None:
        self._survey = opening.survey(stream)
        batches = lines(opening.blocks(stream, packed=self._survey.packed), self._survey.encoding)
        self.layout, rest = take_header(batches)
        self.reader = AddressReader(self.layout, self._refuse)
        self.expected = self._survey.lines
        self._batches = chain([rest], batches)
        self._watch = watch

    def batches(self) -> Iterator[Columns]:
        """The clean addresses; raises ImportCancelled, and UnreadableList where there are none."""
        layout = self.layout
        for batch in records(self._batches, layout.separator, len(layout.header)):
            if self._watch.cancelled():
                raise ImportCancelled
            yield self.reader.take(batch)
            if batch.numbers:
                self._watch.progress(batch.numbers[-1], self._survey.lines)
        if not self.reader.tally.read:
            raise UnreadableList("file-has-no-rows")

    def _refuse(self, row: RefusedRow) -> None:
        self._watch.refused(row, self.layout)

    def understood(self) -> Understood:
        """How the list was read."""
        layout = self.layout
        columns = {name: layout.header[at] for name, at in layout.places.items()}
        return Understood(
            format=Format.LIST,
            encoding=self._survey.encoding,
            separator=layout.separator,
            packed=self._survey.packed,
            columns=columns | ({"use": ", ".join(layout.uses)} if layout.uses else {}),
            ignored=layout.ignored,
        )

"""Reading addresses from a BAG extract: gather its parts, then put each address together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from outreach.clock import today
from outreach.territory.bag.archive import PARTS, Archive
from outreach.territory.bag.gathering import Gathering, gathering
from outreach.territory.bag.objects import Document
from outreach.territory.bag.rijksdriehoek import ToDegrees
from outreach.territory.columns import recognise
from outreach.territory.problems import ImportCancelled, UnreadableList
from outreach.territory.reading import DOUBLE, AddressReader, Columns, RefusedRow
from outreach.territory.records import Records
from outreach.territory.understood import Format, Understood
from outreach.territory.watching import Watch

# As a list of these addresses would begin: who mends refused rows can bring them in as one.
HEADER = (
    "nummeraanduiding;openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;"
    "woonplaats;gebruiksdoel;lat;lon"
)
NAMES = {
    "WPL": "woonplaatsen (WPL)",
    "OPR": "openbare ruimten (OPR)",
    "VBO": "verblijfsobjecten (VBO)",
    "NUM": "nummeraanduidingen (NUM)",
}
NOWHERE = float("inf")


class ExtractReading:
    """One reading of an extract; everything is gathered before the first address comes out."""

    def __init__(self, archive: Archive, gathered: Gathering, watch: Watch) -> None:
        self.layout = recognise(HEADER)
        self.reader = AddressReader(self.layout, self._refuse, has_lines=False)
        self._archive = archive
        self._gathered = gathered
        self._watch = watch
        self._to_degrees = ToDegrees()
        self._as_of = ""
        self._gather()
        self.expected = gathered.numbers

    def _gather(self) -> None:
        if self._archive.missing:
            parts = ", ".join(NAMES[part] for part in self._archive.missing)
            raise UnreadableList("extract-misses-parts", parts=parts)
        for part in PARTS:
            for blocks in self._archive.documents(part):
                document = Document(blocks)
                self._gathered.add(document.objects())
                self._as_of = max(self._as_of, document.as_of)
        if not self._gathered.numbers:
            raise UnreadableList("extract-has-no-addresses")

    def batches(self) -> Iterator[Columns]:
        """The clean addresses, by BAG number; raises ImportCancelled."""
        line, last = 0, ""
        for rows in self._gathered.addresses():
            if self._watch.cancelled():
                raise ImportCancelled
            good: list[list[str]] = []
            numbers: list[int] = []
            for cells, is_built in self._cells(rows):
                line += 1
                reason = _reason(is_built, is_again=cells[0] == last)
                last = cells[0]
                if reason:
                    self.reader.leave_out(line, cells, reason)
                else:
                    good.append(cells)
                    numbers.append(line)
            yield self.reader.take(_records(numbers, good))

    def _cells(self, rows: list[tuple[Any, ...]]) -> Iterator[tuple[list[str], int | None]]:
        """Each row as the cells of HEADER, and whether what stands there is built (None: nothing).

        Seven decimals of a degree are a centimetre.
        """
        *texts, built, xs, ys = zip(*rows, strict=True)
        lats, lons = self._to_degrees(
            *([NOWHERE if z is None else z for z in zs] for zs in (xs, ys))
        )
        places = [
            ("", "") if x is None else (f"{lat:.7f}", f"{lon:.7f}")
            for x, lat, lon in zip(xs, lats, lons, strict=True)
        ]
        for row, is_built, place in zip(zip(*texts, strict=True), built, places, strict=True):
            yield [text or "" for text in (*row, *place)], is_built

    def _refuse(self, row: RefusedRow) -> None:
        self._watch.refused(row, self.layout)

    def understood(self) -> Understood:
        """How the extract was read."""
        return Understood(
            format=Format.BAG_EXTRACT,
            columns={name: self.layout.header[at] for name, at in self.layout.places.items()},
            ignored=self._archive.unread,
            as_of=self._as_of,
            past=self._gathered.past,
        )


@contextmanager
def extract_reading(stream: BinaryIO, watch: Watch) -> Iterator[ExtractReading]:
    """Gather an extract; raises UnreadableList or ImportCancelled."""

    def step(done: int, total: int) -> None:
        if watch.cancelled():
            raise ImportCancelled
        watch.progress(done, total)

    with gathering(today().isoformat()) as gathered:
        yield ExtractReading(Archive(stream, step), gathered, watch)


def _reason(is_built: int | None, *, is_again: bool) -> str:
    if is_again:
        return DOUBLE
    if is_built is None:
        return "object-missing"
    return "" if is_built else "not-built"


def _records(numbers: list[int], rows: list[list[str]]) -> Records:
    return Records(numbers, list(zip(*rows, strict=True)), lambda: rows)

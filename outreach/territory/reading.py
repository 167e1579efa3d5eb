"""Records to addresses: whole columns at a time where all is well, row by row where it is not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import eq, not_
from typing import Any

from outreach.territory import cleaning
from outreach.territory.cleaning import Remembering
from outreach.territory.columns import Layout
from outreach.territory.problems import Refusal
from outreach.territory.records import TOO_LONG, Records

# The order of a clean address; the first four name the door within a municipality.
FIELDS = (
    "postcode",
    "house_number",
    "house_letter",
    "house_suffix",
    "street",
    "city",
    "lat",
    "lon",
    "use",
    "bag_id",
    "entrance",
)
DOOR = FIELDS[:4]
PLACE = ("lat", "lon")
DOUBLE = "double"
Columns = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class RefusedRow:
    """A row that is not taken: its line, every reason as a code, and the cells we read of it.

    Where nobody can look at a line, in a BAG extract, `bag_id` says which address it is.
    """

    line: int
    reasons: tuple[str, ...]
    cells: tuple[str, ...]
    bag_id: str = ""


@dataclass
class Tally:
    """What came of the rows so far."""

    read: int = 0
    doubles: int = 0
    refused: int = 0


@dataclass
class AddressReader:
    """Reads the records of one file; remembers the doors it has seen, to find doubles.

    `refuse` gets every row that is not taken, in the file's order, doubles too (reason
    `double`); `tally` counts. `has_lines` says whether people can find a row by its line.
    """

    layout: Layout
    refuse: Callable[[RefusedRow], None]
    has_lines: bool = True
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.fields = tuple(n for n in FIELDS if n in DOOR or n in self.layout.fields)
        self._clean = {
            name: Remembering(getattr(cleaning, name)) for name in FIELDS if name not in PLACE
        }
        self._uses = Remembering(self._use_of)
        self._seen: dict[tuple[Any, ...], int] = {}  # door → the line it was first on
        self._not_taken: list[RefusedRow] = []

    def take(self, batch: Records) -> Columns:
        """The clean addresses of a batch without doubles, a column for each of `fields`."""
        found = self._take(batch)
        for row in sorted(self._not_taken, key=lambda row: row.line):
            self.refuse(row)
        self._not_taken.clear()
        return found

    def leave_out(self, line: int, cells: list[str], reason: str) -> None:
        """Refuse a row whatever its cells say; what is wrong with those is told as well."""
        self.tally.read += 1
        if reason == DOUBLE:
            self.tally.doubles += 1
        else:
            self.tally.refused += 1
        self._put_aside(line, [reason, *self._one_row(cells)[1]], cells)

    def _take(self, batch: Records) -> Columns:
        if batch.columns:
            try:
                found = self._by_column(batch.columns)
            except (Refusal, ValueError):
                pass  # somewhere in here is a row to refuse or to mend: find it
            else:
                self.tally.read += len(found[0])
                return self._without_doubles(found, batch.numbers, batch.rows)
        taken = list(self._by_row(batch))
        return self._without_doubles(
            list(zip(*(address for _, _, address in taken), strict=True)),
            [line for line, _, _ in taken],
            lambda: [cells for _, cells, _ in taken],
        )

    def _by_column(self, columns: Columns) -> Columns:
        ready: list[Sequence[Any]] = []
        for name in self.fields:
            if name == "use" and self.layout.uses:
                flags = zip(*(columns[at] for at in self.layout.uses.values()), strict=True)
                ready.append(list(map(self._uses.__getitem__, map("".join, flags))))
            elif name not in self.layout.places:
                ready.append([""] * len(columns[0]))
            elif name in PLACE:
                ready.append(list(map(float, columns[self.layout.places[name]])))
            else:
                cells = columns[self.layout.places[name]]
                ready.append(list(map(self._clean[name].__getitem__, cells)))
        if "lat" in self.fields:
            cleaning.refuse_any_outside(*(ready[self.fields.index(name)] for name in PLACE))
        return ready

    def _by_row(self, batch: Records) -> Iterator[tuple[int, list[str], tuple[Any, ...]]]:
        for line, cells in zip(batch.numbers, batch.rows(), strict=True):
            if cells is not TOO_LONG and not any(cell.strip() for cell in cells):
                continue  # a blank line is no row
            self.tally.read += 1
            found, reasons = self._one_row(cells)
            if reasons:
                self.tally.refused += 1
                self._put_aside(line, reasons, cells)
            else:
                yield line, cells, tuple(found[name] for name in self.fields)

    def _one_row(self, cells: list[str]) -> tuple[dict[str, Any], list[str]]:
        """The address in these cells, or every reason to refuse it."""
        width = len(self.layout.header)
        if cells is TOO_LONG:
            return {}, ["line-too-long"]
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            return {}, ["columns"]
        found: dict[str, Any] = {}
        reasons: list[str] = []
        for name, text in self._raw(cells).items():
            try:
                found[name] = self._clean[name][text]
            except Refusal as refusal:
                reasons.append(refusal.code)
        if self.layout.uses:
            found["use"] = self._uses["".join(cells[at] for at in self.layout.uses.values())]
        if "lat" in self.fields:
            try:
                place = cleaning.place(*(cells[self.layout.places[name]] for name in PLACE))
                found |= zip(PLACE, place, strict=True)
            except Refusal as refusal:
                reasons.append(refusal.code)
        return found, reasons

    def _raw(self, cells: list[str]) -> dict[str, str]:
        """The cells by name, coordinates aside, with a door in one cell taken apart."""
        raw = {name: cells[at] for name, at in self.layout.places.items() if name in self._clean}
        door = (raw["house_number"], raw.get("house_letter", ""), raw.get("house_suffix", ""))
        return raw | dict(zip(DOOR[1:], cleaning.split_number(*door), strict=True))

    def _use_of(self, flags: str) -> str:
        pairs = zip(self.layout.uses, flags, strict=False)
        return cleaning.use(",".join(use for use, flag in pairs if flag == "1"))

    def _without_doubles(
        self, found: Columns, lines: Sequence[int], rows: Callable[[], list[list[str]]]
    ) -> Columns:
        doors = zip(*found[: len(DOOR)], strict=True)
        first_lines = list(map(self._seen.setdefault, doors, lines))
        if first_lines == list(lines):
            return found
        is_new = list(map(eq, first_lines, lines))
        for line, cells in compress(zip(lines, rows(), strict=True), map(not_, is_new)):
            self.tally.doubles += 1
            self._put_aside(line, [DOUBLE], cells)
        return [list(compress(column, is_new)) for column in found]

    def _put_aside(self, line: int, reasons: list[str], cells: list[str]) -> None:
        wanted = (cells[at] if at < len(cells) else "" for at in self.layout.read_columns)
        name = "" if self.has_lines else cells[self.layout.places["bag_id"]]
        self._not_taken.append(RefusedRow(line, tuple(reasons), tuple(wanted), name))

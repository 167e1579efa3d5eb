"""The rows an import did not take: kept while it runs, read back as CSV for a spreadsheet."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach.languages import text
from outreach.territory.columns import Layout
from outreach.territory.reading import RefusedRow

MOST_ROWS = 100_000
LONGEST_CELL = 200
ALARMING = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take these for a formula

Refuse = Callable[[RefusedRow, Layout], None]


@contextmanager
def writing(path: Path) -> Iterator[Refuse]:
    """Something to hand refused rows to; they land in `path`, the columns we read and no others.

    What we do not read may hold personal data and is not kept. At most MOST_ROWS are.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        count = 0

        def refuse(row: RefusedRow, layout: Layout) -> None:
            nonlocal count
            if not count:
                out.write(json.dumps([layout.header[at] for at in layout.read_columns]) + "\n")
            if count < MOST_ROWS:
                cells = [cell[:LONGEST_CELL] for cell in row.cells]
                out.write(json.dumps([row.line, row.reasons, cells]) + "\n")
            count += 1

        yield refuse


def as_csv(path: Path, language: str) -> Iterator[str]:
    """Lines of CSV, with `;` and a byte order mark as Dutch spreadsheets expect.

    Each has the line's number, its reasons as codes and in words, and the cells we read;
    where no row was refused there is nothing at all.
    """
    with path.open(encoding="utf-8") as kept:
        header = next(kept, None)
        if header is None:
            return
        names = ("line", "reasons", "explanation")
        titles = [text(f"territory.refused.{name}", language) for name in names]
        yield "\ufeff" + _line([*titles, *json.loads(header)])
        for entry in kept:
            line, reasons, cells = json.loads(entry)
            words = " ".join(told(reason, language) for reason in reasons)
            yield _line([str(line), " ".join(reasons), words, *cells])


def told(reason: str, language: str) -> str:
    """Why a row was not taken, in a sentence."""
    return text(f"territory.refusal.{reason}", language)


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(map(_harmless, cells))
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(ALARMING) else cell

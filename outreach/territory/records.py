"""Lines to records: quoted fields, fields of several lines, and quotes that were never closed."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.territory.lines import LONGEST, Lines

QUOTE = '"'
MOST_LINES = 20  # a field of more lines is a quote that somebody forgot to close
TOO_LONG: list[str] = []


@dataclass(frozen=True)
class Records:
    """Some records, with the number of the line each begins on.

    `columns` holds them by column where every one has the right width, and is empty otherwise;
    `rows()` gives them one by one, TOO_LONG for one that is longer than a line may be.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[str]]
    rows: Callable[[], list[list[str]]]


def records(batches: Iterable[Lines], separator: str, width: int) -> Iterator[Records]:
    """Split lines into cells; lines are joined where that gives a record of `width` cells."""
    source = iter(batches)
    batch = next(source, None)
    while batch:
        found = _whole_batch(batch, separator, width)
        if found:
            yield found
            batch = next(source, None)
            continue
        following = _look_ahead(batch, source)
        ahead = following.texts[:MOST_LINES]
        numbers, rows, taken = _line_by_line(batch, ahead, separator, width)
        yield Records(numbers, [], lambda rows=rows: rows)  # type: ignore[misc]
        batch = Lines(following.first + taken, following.texts[taken:])
        batch = batch if batch.texts else next(source, None)


def split(line: str, separator: str) -> list[str]:
    """The cells of one record, quotes taken off; a stray quote is a character like any other."""
    if QUOTE not in line:
        return line.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error:
        return [line]


def _whole_batch(batch: Lines, separator: str, width: int) -> Records | None:
    """Every line a record of its own, or None where that is not sure."""
    texts = batch.texts
    numbers = range(batch.first, batch.first + len(texts))
    if texts and max(map(len, texts)) > LONGEST:
        return None
    joined = separator.join(texts)
    if QUOTE not in joined:
        columns: Sequence[Sequence[str]] = []
        if {text.count(separator) for text in texts} == {width - 1}:
            # One split for all lines, then every width-th cell: no list per row.
            cells = joined.split(separator)
            columns = [cells[at::width] for at in range(width)]
        return Records(numbers, columns, lambda: [text.split(separator) for text in texts])
    if any(text.count(QUOTE) % 2 for text in texts):
        return None
    rows = [row or [""] for row in csv.reader(texts, delimiter=separator)]
    if len(rows) != len(texts):
        return None
    fits = all(len(row) == width for row in rows)
    return Records(numbers, list(zip(*rows, strict=True)) if fits else [], lambda: rows)


def _line_by_line(
    batch: Lines, ahead: list[str], separator: str, width: int
) -> tuple[list[int], list[list[str]], int]:
    """The records that begin in this batch, and how many of the lines ahead they took."""
    texts = batch.texts + ahead
    numbers: list[int] = []
    rows: list[list[str]] = []
    at = 0
    while at < len(batch.texts):
        numbers.append(batch.first + at)
        joined = at + 1 + _lines_to_join(texts, at)
        row = TOO_LONG
        if len(texts[at]) <= LONGEST:
            row = split("\n".join(texts[at:joined]), separator)
            if joined > at + 1 and len(row) != width:
                joined, row = at + 1, split(texts[at], separator)
        rows.append(row)
        at = joined
    return numbers, rows, at - len(batch.texts)


def _lines_to_join(texts: list[str], at: int) -> int:
    """How many of the next lines the field left open here runs on; 0 when it never closes."""
    if texts[at].count(QUOTE) % 2 == 0:
        return 0
    length = len(texts[at])
    for count, following in enumerate(texts[at + 1 : at + 1 + MOST_LINES], 1):
        length += len(following)
        if length > LONGEST:
            break
        if following.count(QUOTE) % 2:
            return count
    return 0


def _look_ahead(batch: Lines, source: Iterator[Lines]) -> Lines:
    """What follows a batch: at least the lines a field may run on, if there are so many."""
    first, texts = batch.first + len(batch.texts), list[str]()
    while len(texts) < MOST_LINES and (following := next(source, None)):
        texts += following.texts
    return Lines(first, texts)

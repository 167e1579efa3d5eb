"""Lines and cells: what a spreadsheet writes comes back as it was, line by line."""

import csv
import io
import tracemalloc
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from outreach.territory.lines import LONGEST, lines
from outreach.territory.records import TOO_LONG, records

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12)
TABLE = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
)


def in_blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def read(data: bytes, width: int, size: int = 1000) -> list[tuple[int, list[str]]]:
    found = records(lines(in_blocks(data, size), "utf-8"), ";", width)
    return [pair for batch in found for pair in zip(batch.numbers, batch.rows(), strict=True)]


@given(TABLE, st.integers(1, 40), st.sampled_from(["\n", "\r\n"]))
@example([["a\n\nb", '"', "\u2028"], ['""', "; ", "🏠"]], 3, "\n")
def test_what_a_spreadsheet_writes_is_read_back(
    table: list[list[str]], size: int, end: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator=end).writerows(table)
    found = read(out.getvalue().encode(), len(table[0]), size)
    assert [row for _, row in found] == table


@given(st.text(max_size=200), st.integers(1, 30))
def test_any_text_is_read_without_an_error_and_no_line_twice(text: str, size: int) -> None:
    data = text.encode("utf-8", "ignore")
    numbers = [number for number, _ in read(data, 3, size)]
    assert numbers == sorted(set(numbers))


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\r'), max_size=200))
def test_columns_and_rows_say_the_same(text: str) -> None:
    for batch in records(lines([text.encode()], "utf-8"), ";", 2):
        if batch.columns:
            assert [list(row) for row in zip(*batch.columns, strict=True)] == batch.rows()


def test_a_quote_that_never_closes_costs_one_row() -> None:
    found = read(b'a;b\n"open;b\n' + b"c;d\n" * 50, 2)
    assert found[0] == (1, ["a", "b"])
    assert found[1][0] == 2
    assert found[2:] == [(number, ["c", "d"]) for number in range(3, 53)]


def test_two_stray_quotes_do_not_glue_rows_together() -> None:
    found = read(b'a;5" pad\nb;6" pad\nc;d\n', 2)
    assert found == [(1, ["a", '5" pad']), (2, ["b", '6" pad']), (3, ["c", "d"])]


def test_a_field_of_two_lines_keeps_the_number_of_its_first() -> None:
    assert read(b'a;"b\nc"\nd;e\n', 2) == [(1, ["a", "b\nc"]), (3, ["d", "e"])]


def test_a_line_without_end_takes_little_memory_and_costs_one_row() -> None:
    def endless() -> Iterator[bytes]:
        yield b"a;b\n"
        for _ in range(1000):
            yield b"x" * 128 * 1024
        yield b"\nc;d\n"

    tracemalloc.start()
    found = [row for b in records(lines(endless(), "utf-8"), ";", 2) for row in b.rows()]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [["a", "b"], TOO_LONG, ["c", "d"]]
    assert peak < 2 * 1024**2


def test_a_line_of_the_longest_length_is_read() -> None:
    text = "x" * (LONGEST - 2)
    assert read(f"a;{text}\n".encode(), 2) == [(1, ["a", text])]
    assert read(f"a;{text}y\n".encode(), 2) == [(1, TOO_LONG)]

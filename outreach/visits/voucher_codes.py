"""Codes as they are printed on vouchers: one form for each, and series of them."""

import re
from collections.abc import Iterator, Sequence

from outreach.errors import InputError, InvalidInput

LONGEST_CODE = 40
MOST_CODES = 20_000
# Faults of a long list are one thing to read.
MOST_FAULTS = 20
_CODE = re.compile(rf"^[A-Z0-9][A-Z0-9./-]{{0,{LONGEST_CODE - 1}}}$(?!\n)")
_BETWEEN = re.compile(r"\s*(?:;|,|\t|\s+t/m\s+|\s+to\s+|\s+tot en met\s+)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^(.*?)(\d+)$")


def as_printed(said: str) -> str:
    """One form for what is typed: in capitals and without spaces."""
    return "".join(said.upper().split())


def is_code(code: str) -> bool:
    """Whether this can stand on a voucher."""
    return _CODE.match(code) is not None


def read_codes(lines: Sequence[str]) -> list[str]:
    """All codes of these lines, each once, in order: one code a line, or the first and the last.

    Raises InvalidInput with the lines that are no code and no series.
    """
    found: dict[str, None] = {}
    faults: list[InputError] = []
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        try:
            found |= dict.fromkeys(_codes_in(line))
        except ValueError as fault:
            faults.append(InputError(f"/lines/{at}", str(fault)))
        if len(faults) == MOST_FAULTS:
            break
        if len(found) > MOST_CODES:
            faults = [InputError("/lines", "too-many-codes")]
            break
    if faults:
        raise InvalidInput(*faults)
    return list(found)


def _codes_in(line: str) -> Iterator[str]:
    first, *more = [as_printed(part) for part in _BETWEEN.split(line.strip(' \t"')) if part]
    if not is_code(first) or len(more) > 1:
        raise ValueError("not-a-code")
    if not more:
        yield first
        return
    yield from _series(first, more[0])


def _series(first: str, last: str) -> Iterator[str]:
    begins, ends = _NUMBER.match(first), _NUMBER.match(last)
    if not (is_code(last) and begins and ends) or begins[1] != ends[1]:
        raise ValueError("not-a-series")
    width, low, high = len(begins[2]), int(begins[2]), int(ends[2])
    if len(ends[2]) != width or low > high:
        raise ValueError("not-a-series")
    if high - low >= MOST_CODES:
        raise ValueError("too-many-codes")
    for number in range(low, high + 1):
        yield f"{begins[1]}{number:0{width}}"

"""Bytes to lines, in batches; a line never takes more memory than LONGEST characters."""

import codecs
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 64 * 1024


@dataclass(frozen=True)
class Lines:
    """Some lines that follow each other, without their ends; `first` counts from 1."""

    first: int
    texts: list[str]


def lines(content: Iterable[bytes], encoding: str) -> Iterator[Lines]:
    r"""Batches of lines that end in `\n`, `\r\n` or `\r`.

    A line beyond LONGEST comes cut off at a length just above it, so that it can be refused.
    """
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    number, rest = 1, ""
    for block in content:
        found = (rest + decoder.decode(block)).split("\n")
        rest = found.pop()[: LONGEST + 1]
        if found:
            yield Lines(number, found)
        number += len(found)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield Lines(number, rest.rstrip("\n").split("\n"))

"""QR codes as rectangles: one drawing for the tagged letter (SVG) and for the print run.

segno makes them: it follows the standard, has no dependencies and draws nothing itself.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import segno

# One mask for all. The standard picks the prettiest of eight, which takes three times as long and
# which no reader needs: the mask that was used stands in the code.
MASK = 3


class Bar(NamedTuple):
    """Dark modules side by side: where they begin, in which row from the top, and how many."""

    left: int
    row: int
    width: int


class Drawing(NamedTuple):
    """A code of `size` by `size` modules, without the white around it."""

    size: int
    bars: list[Bar]


def draw(content: str) -> Drawing:
    """The code of a text at level M: it still reads with a coffee ring over a seventh of it."""
    code = segno.make_qr(content, error="m", mask=MASK, boost_error=False)
    return Drawing(len(code.matrix), list(_bars(code.matrix)))


def as_svg(drawing: Drawing) -> bytes:
    """The drawing as a picture."""
    size = drawing.size
    path = "".join(f"M{left} {row}h{width}v1h-{width}z" for left, row, width in drawing.bars)
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
    return f'<svg {box}><path d="{path}"/></svg>'.encode()


def _bars(matrix: tuple[bytearray, ...]) -> Iterator[Bar]:
    for row, modules in enumerate(matrix):
        left = 0
        for dark, found in groupby(modules):
            width = len(list(found))
            if dark:
                yield Bar(left, row, width)
            left += width

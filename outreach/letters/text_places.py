"""What a laid out page tells about its type: where each line stands, and the glyph of each letter.

Read from the page's own drawing instructions and its fonts' tables of meaning (PDF 32000-1, 9.4 and
9.10.3), as WeasyPrint writes them: two bytes a glyph.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
# Two bytes a glyph name no more than these.
ALL_GLYPHS = 0x10000
NOBODY_KNOWS = "?"
READ = "q Q cm BT Tm Tf TJ"
MEANING = re.compile(r"<([0-9a-f]{4})>\s*<([0-9a-f]{4})>", re.IGNORECASE)


class Place(NamedTuple):
    """Where a line of text begins on its page, in points from the bottom left, and its type."""

    left: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True)
class Type:
    """The places of a page's lines by what they say, and per font the glyph of each letter."""

    places: Mapping[str, Place]
    glyphs: Mapping[str, Mapping[str, str]]

    def runs(self, text: str, font: str) -> Iterator[tuple[str, str]]:
        """The text as glyphs in hex, cut where the font has to change.

        A letter that the page does not have is left out.
        """
        order = [font, *(name for name in self.glyphs if name != font)]
        drawn = [found for letter in text if (found := self._glyph(letter, order))]
        for name, run in groupby(drawn, key=lambda glyph: glyph[0]):
            yield name, "".join(glyph for _, glyph in run)

    def _glyph(self, letter: str, order: Sequence[str]) -> tuple[str, str] | None:
        for name in order:
            if letter in self.glyphs[name]:
                return name, self.glyphs[name][letter]
        return None


def type_of(page: pikepdf.Page) -> Type:
    """Read a page; of lines that say the same the first counts."""
    meanings = {name: _meanings(font) for name, font in page.Resources.Font.items()}
    places: dict[str, Place] = {}
    for place, drawn in _lines(page):
        words = "".join(meanings[place.font].get(glyph, "") for glyph in drawn)
        places.setdefault(words, place)
    glyphs = {
        name: {letter: glyph for glyph, letter in meaning.items()}
        for name, meaning in meanings.items()
    }
    return Type(places, glyphs)


def undrawn(pdf: bytes) -> list[str]:
    """Letters that no font here has: on paper nothing, or a box, would stand in their place."""
    found: dict[str, None] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            fonts = page.Resources.Font
            counts = {name: _glyph_count(font) for name, font in fonts.items()}
            meanings = {name: _meanings(font) for name, font in fonts.items()}
            for place, drawn in _lines(page):
                for glyph in drawn:
                    if int(glyph, 16) >= counts[place.font]:
                        found[meanings[place.font].get(glyph, NOBODY_KNOWS)] = None
    return list(found)


def _glyph_count(font: pikepdf.Object) -> int:
    """How many glyphs the embedded TrueType font has; what WeasyPrint lacks it numbers after them.

    Told by the table `maxp`. Of another kind of font nobody doubts a glyph.
    """
    embedded = font.DescendantFonts[0].FontDescriptor.get("/FontFile2")
    if embedded is None:
        return ALL_GLYPHS
    data = embedded.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for number in range(tables):
        tag, _sum, begins, _length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        if tag == b"maxp":
            (count,) = struct.unpack_from(">H", data, begins + 4)
            return int(count)
    return ALL_GLYPHS


def _meanings(font: pikepdf.Object) -> dict[str, str]:
    """Glyph (hex) to letter."""
    table = font.ToUnicode.read_bytes().decode("ascii", "replace")
    return {glyph.lower(): chr(int(letter, 16)) for glyph, letter in MEANING.findall(table)}


def _lines(page: pikepdf.Page) -> Iterator[tuple[Place, list[str]]]:
    kept: list[Matrix] = []
    moved, line, font, size = UNMOVED, UNMOVED, "", 0.0
    for instruction in pikepdf.parse_content_stream(page, READ):
        given, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            kept.append(moved)
        elif operator == "Q":
            moved = kept.pop()
        elif operator == "cm":
            moved = _times(_matrix(given), moved)
        elif operator == "BT":
            line = UNMOVED
        elif operator == "Tm":
            line = _matrix(given)
        elif operator == "Tf":
            font, size = str(given[0]), float(given[1])
        else:
            whole = _times(line, moved)
            place = Place(whole[4], whole[5], size * abs(whole[3]), font)
            yield place, [glyph for part in given[0] for glyph in _glyphs(part)]


def _glyphs(part: pikepdf.Object) -> list[str]:
    """The glyphs of one part of a line; the numbers between parts only move."""
    if not isinstance(part, pikepdf.String):
        return []
    drawn = bytes(part).hex()
    return [drawn[at : at + 4] for at in range(0, len(drawn), 4)]


def _matrix(given: Iterable[pikepdf.Object]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in given)
    return a, b, c, d, e, f


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )

"""A print run: the letter is laid out once, and per door only what differs is put on it.

WeasyPrint lays out the bare letter and, apart from it, a sheet with marks: from that sheet come
the places, the sizes and the embedded font of the lines that differ. pikepdf (qpdf) then makes
pages that all draw the same bare letter: it imports a page as it is, and writes thousands of them
without reading them again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from outreach.letters import qr, sheet
from outreach.letters.paper import Content, Stamp, bare_pdf, marked_pdf
from outreach.letters.text_places import Place, Type, type_of

# Letters nobody writes, so that a mark is found by what it says.
MARKS = "\N{CIRCLED DIGIT ONE}\N{CIRCLED DIGIT TWO}\N{CIRCLED DIGIT THREE}"
SHORT_MARK = "\N{CIRCLED DIGIT FOUR}"
A4 = (sheet.PAGE_WIDTH * sheet.POINTS, sheet.PAGE_HEIGHT * sheet.POINTS)


@dataclass(frozen=True)
class Press:
    """A bare letter ready to be stamped, as often as there are doors.

    `both_sides`: a letter has an even number of pages, so that the next begins on a fresh sheet.
    """

    bare: bytes
    marked: bytes
    both_sides: bool

    @cached_property
    def pages(self) -> int:
        """Pages of one letter, the white one at its end included."""
        with pikepdf.open(BytesIO(self.bare)) as pdf:
            count = len(pdf.pages)
        return count + count % 2 if self.both_sides else count

    def print(self, stamps: Iterable[Stamp], path: Path) -> None:
        """Write one PDF with a letter for each of these, in their order."""
        with (
            pikepdf.new() as out,
            pikepdf.open(BytesIO(self.bare)) as bare,
            pikepdf.open(BytesIO(self.marked)) as marked,
        ):
            plates = _Plates(out, bare, marked, self.pages)
            for stamp in stamps:
                out.pages.extend(plates.letter(stamp))
            out.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def make_press(content: Content, letters: Iterable[str], *, both_sides: bool) -> Press:
    """Lay a letter out; `letters` are all texts that will be stamped, for the font's sake."""
    alphabet = " ".join(sorted(set("".join(letters))))
    return Press(bare_pdf(content), marked_pdf(MARKS, SHORT_MARK, alphabet), both_sides)


class _Plates:
    """The bare letter and the font, once in a file and drawn by every page of it."""

    def __init__(
        self, out: pikepdf.Pdf, bare: pikepdf.Pdf, marked: pikepdf.Pdf, pages: int
    ) -> None:
        self._out = out
        self._bare = [out.copy_foreign(page.as_form_xobject()) for page in bare.pages]
        self._white = pages - len(self._bare)
        self._type = type_of(marked.pages[0])
        fonts = marked.pages[0].Resources.Font
        first = Dictionary(
            XObject=Dictionary(B=self._bare[0]),
            Font=Dictionary({name: out.copy_foreign(font) for name, font in fonts.items()}),
        )
        self._first = out.make_indirect(first)
        self._others = [self._same_for_all(form) for form in self._bare[1:]]

    def _same_for_all(self, form: pikepdf.Object) -> tuple[pikepdf.Object, pikepdf.Object]:
        resources = self._out.make_indirect(Dictionary(XObject=Dictionary(B=form)))
        return resources, self._out.make_stream(b"q /B Do Q")

    def letter(self, stamp: Stamp) -> Iterator[pikepdf.Page]:
        """The pages of one letter."""
        drawn = b"\n".join([b"q /B Do Q", *_texts(self._type, stamp), _code(stamp.link)])
        yield self._page(self._first, self._out.make_stream(drawn))
        for resources, content in self._others:
            yield self._page(resources, content)
        for _ in range(self._white):
            yield self._page(Dictionary(), self._out.make_stream(b""))

    def _page(self, resources: pikepdf.Object, content: pikepdf.Object) -> pikepdf.Page:
        page = Dictionary(
            Type=Name.Page, MediaBox=Array([0, 0, *A4]), Resources=resources, Contents=content
        )
        return pikepdf.Page(self._out.make_indirect(page))


def _texts(fount: Type, stamp: Stamp) -> Iterator[bytes]:
    written = [*zip(MARKS, stamp.lines, strict=False), (SHORT_MARK, stamp.short)]
    for mark, text in written:
        yield _text(fount, fount.places[mark], text)


def _text(fount: Type, place: Place, text: str) -> bytes:
    at = f"1 0 0 1 {place.left:.6f} {place.baseline:.6f} Tm"
    runs = " ".join(
        f"{font} {place.size:.6f} Tf <{glyphs}> Tj" for font, glyphs in fount.runs(text, place.font)
    )
    return f"BT {at} {runs} ET".encode()


def _code(link: str) -> bytes:
    """The QR code as bars, filled in one go."""
    drawing = qr.draw(link)
    unit = sheet.QR.width * sheet.POINTS / drawing.size
    left, top = sheet.QR.left * sheet.POINTS, A4[1] - sheet.QR.top * sheet.POINTS
    bars = (f"{bar.left} {-bar.row - 1} {bar.width} 1 re" for bar in drawing.bars)
    return f"q {unit:.6f} 0 0 {unit:.6f} {left:.6f} {top:.6f} cm {' '.join(bars)} f Q".encode()

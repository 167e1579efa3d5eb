"""Pages of a PDF as pictures, for a screen that shows paper as it will be.

PDFium draws them (pypdfium2): the engine of the browser that people would print it from.
"""

import base64
from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import NamedTuple

import pypdfium2
from PIL import Image

POINTS_PER_INCH = 72
# From sharp to just readable, as dots an inch and colours; the first that is small enough is taken.
STEPS = ((120, 16), (120, 8), (110, 6), (96, 4), (80, 4), (72, 2), (48, 2))
# PDFium may be used by one thread at a time.
_one_at_a_time = Lock()


def page_pictures(
    pdf: bytes, *, dots_per_inch: int, only: Sequence[int] | None = None
) -> list[bytes]:
    """Pages as PNGs: all of them, or these, counted from 0."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            wanted = range(len(document)) if only is None else only
            scale = dots_per_inch / POINTS_PER_INCH
            return [_picture(document[place], scale) for place in wanted]
        finally:
            document.close()


class SmallPicture(NamedTuple):
    """A WebP, and how many dots it is wide and high."""

    content: bytes
    width: int
    height: int


def small_pictures(pdf: bytes, *, most_bytes: int) -> list[SmallPicture]:
    """Every page as a picture for a phone, none larger than this.

    Letters on paper have few colours: a lossless WebP of those is half a PNG, and stays sharp where
    a lossy one gets rings around its letters.
    """
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_small(page, most_bytes) for page in document]
        finally:
            document.close()


def _small(page: pypdfium2.PdfPage, most_bytes: int) -> SmallPicture:
    for dots, colours in STEPS:
        drawn = page.render(scale=dots / POINTS_PER_INCH).to_pil().convert("RGB")
        few = drawn.quantize(colours, dither=Image.Dither.NONE).convert("RGB")
        packed = BytesIO()
        few.save(packed, "WEBP", lossless=True, method=4)
        if packed.tell() <= most_bytes:
            break
    return SmallPicture(packed.getvalue(), *few.size)


def as_data(picture: bytes) -> str:
    """A PNG as a screen takes it inside an answer."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    drawn = BytesIO()
    page.render(scale=scale).to_pil().save(drawn, "PNG")
    return drawn.getvalue()

"""Pages of a PDF as pictures, for a screen that shows paper as it will be.

PDFium draws them (pypdfium2): the engine of the browser that people would print it from.
"""

import base64
from collections.abc import Sequence
from io import BytesIO
from threading import Lock

import pypdfium2

POINTS_PER_INCH = 72
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


def as_data(picture: bytes) -> str:
    """A PNG as a screen takes it inside an answer."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    drawn = BytesIO()
    page.render(scale=scale).to_pil().save(drawn, "PNG")
    return drawn.getvalue()

"""A calling card on paper: its face is laid out once, and drawn four times on every sheet."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from outreach.documents.pdf import render_html, to_pdf
from outreach.documents.words import direction
from outreach.letters import sheet
from outreach.letters.fields import FIELD
from outreach.letters.markdown import to_html
from outreach.letters.paper import Content

WIDTH, HEIGHT = sheet.PAGE_WIDTH / 2, sheet.PAGE_HEIGHT / 2
# In millimetres: so far from the edge, and from the middle, runs a line to cut along.
CUT_MARK = 6.0
A4 = (sheet.PAGE_WIDTH * sheet.POINTS, sheet.PAGE_HEIGHT * sheet.POINTS)


def face_pdf(content: Content, language: str) -> bytes:
    """One side of the card, a quarter of an A4; more than one page means that it does not fit."""
    source = content.texts[language]
    page = render_html(
        "card.html",
        language if language in {"nl", "en"} else "nl",
        width=WIDTH,
        height=HEIGHT,
        municipality=content.municipality,
        logo=content.logo is not None,
        text_language=language,
        direction=direction(FIELD.sub("", source)),
        html=to_html(source, content.values[language]),
    )
    return to_pdf(page, {"logo": content.logo} if content.logo else {}, tagged=False)


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def four_up(faces: Sequence[bytes], sheets: int) -> bytes:
    """So many sheets of four cards; with two faces every sheet has a back."""
    with pikepdf.new() as out:
        sides = [_side(out, face) for face in faces]
        for _ in range(sheets):
            for resources, drawing in sides:
                page = Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, *A4]),
                    Resources=resources,
                    Contents=drawing,
                )
                out.pages.append(pikepdf.Page(out.make_indirect(page)))
        kept = BytesIO()
        out.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return kept.getvalue()


def _side(out: pikepdf.Pdf, face: bytes) -> tuple[pikepdf.Object, pikepdf.Object]:
    """What all pages of one side share."""
    with pikepdf.open(BytesIO(face)) as card:
        form = out.copy_foreign(card.pages[0].as_form_xobject())
    right, up = A4[0] / 2, A4[1] / 2
    drawn = [f"q 1 0 0 1 {x:.4f} {y:.4f} cm /C Do Q" for y in (up, 0) for x in (0, right)]
    drawing = out.make_stream("\n".join([*drawn, _cut_marks()]).encode())
    resources = out.make_indirect(Dictionary(XObject=Dictionary(C=form)))
    return resources, drawing


def _cut_marks() -> str:
    """Short lines at the edges, and a cross in the middle."""
    (width, height), long = A4, CUT_MARK * sheet.POINTS
    x, y = width / 2, height / 2
    lines = [
        (x, 0, x, long),
        (x, height - long, x, height),
        (0, y, long, y),
        (width - long, y, width, y),
        (x - long / 2, y, x + long / 2, y),
        (x, y - long / 2, x, y + long / 2),
    ]
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)
    return f"q 0.4 w 0.4 G {drawn} S Q"

"""The printed letter as pictures, page by page: a volunteer asks "Heeft u onze brief gezien?".

Drawn once per version, when it is first printed: from then on it stays as it is. On them stand no
address and no code, as on the bare letter that a print run is made of.
"""

import base64
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from sqlalchemy import select

from outreach.clock import new_id
from outreach.db import db
from outreach.documents.pictures import small_pictures
from outreach.letters.models import LetterPicture, LetterVersion
from outreach.letters.paper import DUTCH

# What a phone fetches in the street: in base64 three of them fit one part of a sync.
MOST_BYTES = 60 * 1024


def draw(version: LetterVersion, bare: bytes) -> None:
    """Keep the pages of this version, laid out as `bare`, unless they were drawn before."""
    known = select(LetterPicture.id).where(LetterPicture.letter_version_id == version.id)
    if db.session.scalars(known.limit(1)).first() is not None:
        return
    pages = zip(small_pictures(bare, most_bytes=MOST_BYTES), languages_in(bare), strict=True)
    db.session.add_all(
        LetterPicture(
            id=new_id(),
            municipality_id=version.municipality_id,
            letter_version_id=version.id,
            page=number,
            language=language,
            width=drawn.width,
            height=drawn.height,
            picture=base64.b64encode(drawn.content).decode(),
        )
        for number, (drawn, language) in enumerate(pages, 1)
    )
    db.session.flush()


def languages_in(bare: bytes) -> list[str]:
    """The language of every page of a bare letter, as its outline tells."""
    with pikepdf.open(BytesIO(bare)) as pdf:
        begins = dict(_beginnings(pdf))
        found, language = [], DUTCH
        for number in range(len(pdf.pages)):
            language = begins.get(number, language)
            found.append(language)
    return found


def _beginnings(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Page (from 0) and the language that begins there."""
    with pdf.open_outline() as outline:
        for item in outline.root:
            target = item.destination
            if isinstance(target, pikepdf.Array):
                yield pikepdf.Page(target[0]).index, item.title

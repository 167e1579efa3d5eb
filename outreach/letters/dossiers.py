"""What of the letter a phone gets: the word, and the pages as they lie on doormats.

Of a campaign's versions the newest that was printed counts: what was only written nobody has read.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from outreach.db import db
from outreach.letters.models import Letter, LetterPicture, LetterVersion
from outreach.letters.paper import DUTCH
from outreach.letters.writing import languages


def letter_dossiers(campaign_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Bodies of the letters of these campaigns, by id: the word, and which pages there are.

    `earlier_words` stood on letters that were printed before, newest first: who still has one of
    those asks for that word.
    """
    letters = _letters(campaign_ids)
    if not letters:
        return {}
    printed = _printed(letters)
    newest = {versions[0].id: letter_id for letter_id, versions in printed.items()}
    pages = _pages(newest)
    return {
        id_: {
            "campaign_id": letter.campaign_id,
            **_words(letter, printed.get(id_, [])),
            "pages": pages.get(id_, []),
        }
        for id_, letter in letters.items()
    }


def letter_page_dossiers(campaign_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Bodies of the pages that those letters name, by id; a picture is a WebP in base64."""
    letters = _letters(campaign_ids)
    if not letters:
        return {}
    newest = {versions[0].id: letter_id for letter_id, versions in _printed(letters).items()}
    rows = select(
        LetterPicture.id,
        LetterPicture.letter_version_id,
        LetterPicture.width,
        LetterPicture.height,
        LetterPicture.picture,
    ).where(LetterPicture.letter_version_id.in_(newest))
    return {
        row.id: {
            "letter_id": newest[row.letter_version_id],
            "width": row.width,
            "height": row.height,
            "picture": row.picture,
        }
        for row in db.session.execute(rows)
    }


def word_of(campaign_id: str) -> str:
    """The *herkenningswoord* that residents of a campaign ask for; "" where nobody chose one."""
    found = letter_dossiers([campaign_id])
    return next((body["recognition_word"] for body in found.values()), "")


def _letters(campaign_ids: Collection[str]) -> dict[str, Letter]:
    rows = select(Letter).where(Letter.campaign_id.in_(campaign_ids))
    return {row.id: row for row in db.session.scalars(rows)}


def _printed(letter_ids: Collection[str]) -> dict[str, list[LetterVersion]]:
    """The versions that were printed, newest first, by letter."""
    rows = select(LetterVersion).where(
        LetterVersion.letter_id.in_(letter_ids), LetterVersion.fixed_at.is_not(None)
    )
    found: dict[str, list[LetterVersion]] = defaultdict(list)
    for version in sorted(db.session.scalars(rows), key=lambda row: row.number, reverse=True):
        found[version.letter_id].append(version)
    return found


def _pages(newest: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    columns = (LetterPicture.id, LetterPicture.letter_version_id, LetterPicture.language)
    rows = select(*columns).where(LetterPicture.letter_version_id.in_(newest))
    names = languages()
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for id_, version_id, language in db.session.execute(rows.order_by(LetterPicture.page)):
        found[newest[version_id]].append(
            {"id": id_, "language": language, "name": names.get(language, language)}
        )
    return found


def _words(letter: Letter, printed: list[LetterVersion]) -> dict[str, Any]:
    on_paper = [version.given["values"][DUTCH]["herkenningswoord"] for version in printed]
    words = list(dict.fromkeys(on_paper)) or [letter.recognition_word]
    return {"recognition_word": words[0], "earlier_words": words[1:]}

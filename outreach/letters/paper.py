"""A letter as a PDF: what is on it, and the one door's letter, tagged and whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from outreach.documents.pdf import render_html, to_pdf
from outreach.documents.words import direction
from outreach.letters import qr, sheet
from outreach.letters.fields import FIELD
from outreach.letters.markdown import to_html

DUTCH = "nl"


@dataclass(frozen=True)
class Content:
    """All that is the same on every letter of a version: texts, fields per language, letterhead."""

    texts: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    municipality: str
    sender: str
    site: str
    logo: bytes | None


class Stamp(NamedTuple):
    """What differs per door: the lines of its address, its short code and its link."""

    lines: Sequence[str]
    short: str
    link: str


def letter_pdf(content: Content, stamp: Stamp) -> bytes:
    """The letter of one door, tagged for who reads it on a screen."""
    drawing = qr.as_svg(qr.draw(stamp.link))
    return _render(content, stamp.lines, stamp.short, qr_picture=drawing, tagged=True)


def bare_pdf(content: Content) -> bytes:
    """The letter without what differs per door; a print run puts that on it.

    Its outline names the language in which each part of it is.
    """
    return _render(content, (), "", qr_picture=None, tagged=False, bookmarks=True)


def marked_pdf(lines: Sequence[str], short: str, letters: str) -> bytes:
    """The same sheet with marks where a print run writes, and all the letters it may need."""
    marked = Content({DUTCH: "{letters}"}, {DUTCH: {"letters": letters}}, "", "", "", None)
    return _render(marked, lines, short, qr_picture=None, tagged=False)


def _render(
    content: Content,
    lines: Sequence[str],
    short: str,
    *,
    qr_picture: bytes | None,
    tagged: bool,
    bookmarks: bool = False,
) -> bytes:
    page = render_html(
        "letter.html",
        DUTCH,
        sheet=sheet,
        municipality=content.municipality,
        sender=content.sender,
        site=content.site,
        logo=content.logo is not None,
        lines=lines,
        short=short,
        qr=qr_picture is not None,
        bookmarks=bookmarks,
        texts=[_part(content, language) for language in _in_order(content.texts)],
    )
    pictures = {"qr": qr_picture, "logo": content.logo}
    given = {name: found for name, found in pictures.items() if found}
    return to_pdf(page, given, tagged=tagged)


def _part(content: Content, language: str) -> dict[str, Any]:
    source = content.texts[language]
    return {
        "language": language,
        "direction": direction(FIELD.sub("", source)),
        "html": to_html(source, content.values[language]),
    }


def _in_order(languages: Mapping[str, str]) -> list[str]:
    """Dutch in front, the others by their code."""
    return sorted(languages, key=lambda language: (language != DUTCH, language))

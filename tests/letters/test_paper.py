"""One door's letter: tagged, in the window, and nothing else in the window."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from outreach.db import db
from outreach.letters import sheet
from outreach.letters.addressing import LONGEST_LINE, address_lines
from outreach.letters.models import PrintedLetter, PrintRun
from outreach.letters.sheet import ALWAYS_SEEN, MAYBE_SEEN, POINTS, Box
from outreach.territory.models import Address
from tests.factories.town import Town
from tests.letters.desk import WORD, LetterDesk, pages_of

LONG = Address(
    street="Burgemeester Jonkheer van Wilgenhof tot Oeverdamlaan",
    house_number=1234,
    house_letter="A",
    house_suffix="bis",
    postcode="9991SA",
    city="Wilgendam aan den Oeverdijk bij Elzendam",
)


class Line(NamedTuple):
    """A piece of text on a page, in millimetres from the top left; `right` is an estimate."""

    words: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        """The top of its highest letters."""
        return self.baseline - 0.76 * self.size / POINTS

    @property
    def bottom(self) -> float:
        """The bottom of its lowest letters."""
        return self.baseline + 0.24 * self.size / POINTS


def _lines(pdf: bytes, page: int = 0) -> list[Line]:
    found: list[Line] = []

    def visit(words: str, moved: Any, line: Any, _font: Any, size: float) -> None:
        if not words.strip():
            return
        left = line[4] * moved[0] + line[5] * moved[2] + moved[4]
        up = line[4] * moved[1] + line[5] * moved[3] + moved[5]
        points = abs(size * line[3] * moved[3])
        # DejaVu's widest letters, W and M, take a full em; the average of text is less than 0.65.
        right = left + 0.65 * points * len(words.strip())
        found.append(
            Line(
                words.strip(),
                left / POINTS,
                right / POINTS,
                sheet.PAGE_HEIGHT - up / POINTS,
                points,
            )
        )

    PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=visit)
    return found


def _inside(line: Line, box: Box) -> bool:
    across = box.left <= line.left and line.right <= box.right
    return across and box.top <= line.top and line.bottom <= box.bottom


def _touches(line: Line, box: Box) -> bool:
    across = line.left < box.right and line.right > box.left
    return across and line.top < box.bottom and line.bottom > box.top


@pytest.fixture
def letter(ready: LetterDesk, town: Town) -> bytes:
    """The letter of the first door."""
    body = {"address_id": town.addresses[0].id}
    return ready.paper("POST", f"{ready.campaign}/letters", body)


def test_a_letter_says_all_that_it_should(letter: bytes) -> None:
    dutch, english = (" ".join(page.split()) for page in pages_of(letter))
    for words in (
        "Aan de bewoners van",
        "Wilgenhof 10",
        "Gemeente Wilgendam Postbus 1",
        "schamen",
        WORD,
        "tegoedbon",
        "Liever een ander moment",
        "036-5550100",
        "De Schakel, Wilgenhof 1. Open: ma-do 9-21 uur",
        "Sofie Bos",
        "localhost:8000/b",
    ):
        assert words in dutch
    assert "no need to feel ashamed" in english
    assert "{" not in dutch + english


def test_the_ready_letter_takes_one_sheet(letter: bytes) -> None:
    assert len(pages_of(letter)) == 2


def test_a_letter_is_tagged_and_its_code_is_described(letter: bytes) -> None:
    root: Any = PdfReader(io.BytesIO(letter)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    kinds = [str(node.get("/S")) for node in _nodes(root["/StructTreeRoot"]["/K"])]
    described = [str(n["/Alt"]) for n in _nodes(root["/StructTreeRoot"]["/K"]) if "/Alt" in n]
    assert {"/H1", "/H2", "/P", "/Figure"} <= set(kinds)
    assert described == ["QR-code. Hiermee opent u localhost:8000/b met uw eigen code."]


def _nodes(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from _nodes(node["/K"])


def _fonts(pdf: bytes) -> Iterator[Any]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        forms = [form.get_object() for form in resources.get("/XObject", {}).values()]
        for holder in [resources, *(form.get("/Resources", {}) for form in forms)]:
            yield from (font.get_object() for font in holder.get("/Font", {}).values())


def embedded(pdf: bytes) -> set[bool]:
    """Whether the fonts of a file are in it."""
    below = [font["/DescendantFonts"][0].get_object() for font in _fonts(pdf)]
    return {"/FontFile2" in font["/FontDescriptor"] for font in below}


def test_the_fonts_of_a_letter_are_in_it(letter: bytes) -> None:
    assert embedded(letter) == {True}


def test_the_address_shows_through_the_window_however_the_sheet_lies(letter: bytes) -> None:
    seen = [line.words for line in _lines(letter) if _inside(line, ALWAYS_SEEN)]
    assert seen == ["Aan de bewoners van", "Wilgenhof 10", "9991 SA  WILGENDAM"]


def test_nothing_else_can_show_through_the_window(letter: bytes) -> None:
    seen = [line.words for line in _lines(letter) if _touches(line, MAYBE_SEEN)]
    assert seen == ["Aan de bewoners van", "Wilgenhof 10", "9991 SA  WILGENDAM"]
    for box in (sheet.LOGO, sheet.QR, sheet.SENDER):
        assert box.left >= MAYBE_SEEN.right or box.bottom <= MAYBE_SEEN.top


def test_even_the_longest_address_stays_in_the_window(ready: LetterDesk, town: Town) -> None:
    door = town.addresses[0]
    for name in ("street", "house_number", "house_letter", "house_suffix", "city"):
        setattr(door, name, getattr(LONG, name))
    db.session.commit()
    paper = ready.paper("POST", f"{ready.campaign}/letters", {"address_id": door.id})
    seen = [line.words for line in _lines(paper) if _inside(line, ALWAYS_SEEN)]
    assert seen == ["Aan de bewoners van", *address_lines(door)]


def test_a_line_is_filled_to_its_last_letter_and_no_further() -> None:
    fits, over = (
        Address(
            street="a" * length,
            house_number=12,
            house_letter="",
            house_suffix="",
            postcode="9991SA",
            city="Wilgendam",
        )
        for length in (27, 28)
    )
    assert address_lines(fits)[:-1] == ["a" * 27 + " 12"]
    assert address_lines(over)[:-1] == ["a" * 28, "12"]


def test_an_address_keeps_its_number_and_postcode_whatever_is_cut() -> None:
    lines = address_lines(LONG)
    assert len(lines) == 3
    assert lines[1].endswith("1234 A-bis")
    assert lines[2].startswith("9991 SA  WILGENDAM")
    assert max(len(line) for line in lines) <= LONGEST_LINE


def test_a_letter_is_set_in_twelve_points_or_more(letter: bytes) -> None:
    assert min(line.size for page in (0, 1) for line in _lines(letter, page)) >= 11.9


def test_a_letter_to_one_door_is_on_record(letter: bytes, town: Town) -> None:
    run = db.session.scalars(select(PrintRun)).one()
    printed = db.session.scalars(select(PrintedLetter)).one()
    assert (run.letters, printed.address_id) == (1, town.addresses[0].id)
    assert run.finished_at is not None


def test_a_letter_with_a_white_field_is_not_printed(desk: LetterDesk, town: Town) -> None:
    desk.writes()
    body = {"address_id": town.addresses[0].id}
    status, problem = desk.call("POST", f"{desk.campaign}/letters", body)
    assert status == 400
    assert {(f["pointer"], f["code"]) for f in problem["errors"]} == {
        ("/texts/nl", "letter-empty-field"),
        ("/texts/en", "letter-empty-field"),
    }
    assert "{telefoon}" in problem["errors"][0]["detail"]


def test_a_door_of_another_campaign_gets_no_letter(ready: LetterDesk, town: Town) -> None:
    door = Address(
        id="7c9e6679-7425-40de-944b-e07fc1f90ae7",
        municipality_id=town.municipality.id,
        street="Kade",
        house_number=1,
        postcode="9992AA",
        city="Wilgendam",
    )
    db.session.add(door)
    db.session.commit()
    status, problem = ready.call("POST", f"{ready.campaign}/letters", {"address_id": door.id})
    assert (status, problem["errors"][0]["code"]) == (400, "unknown-door")

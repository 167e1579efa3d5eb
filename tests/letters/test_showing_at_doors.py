"""The word and the letter on a volunteer's phone: as they lie on doormats, small, and offline."""

import base64
import io
from typing import Any

from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select

from outreach.db import db
from outreach.documents.pictures import page_pictures, small_pictures
from outreach.letters.markdown import faults_of
from outreach.letters.models import LetterPicture
from outreach.letters.paper import Content, bare_pdf
from outreach.letters.picturing import MOST_BYTES, languages_in
from outreach.letters.writing import ready_texts
from outreach.sync.answering import PART_BYTES
from tests.factories.phone import Phone
from tests.factories.town import Town
from tests.letters.desk import WORD, LetterDesk
from tests.letters.test_paper import embedded

THREE_LANGUAGES = {
    "nl": "# Dag\n\nWij komen langs in {wijk}.",
    "ar": "# مرحبا\n\nنحن قادمون.",
    "tr": "# Merhaba\n\nGeliyoruz.",
}
KINDS = ("letter", "letter_page")
# In millimetres: left, top, right, bottom.
TEXT, CODE = (22, 101, 188, 280), (124, 50, 152, 78)


def _held(phone: Phone, kind: str) -> list[dict[str, Any]]:
    phone.sync()
    return [one["body"] for one in phone.dossiers.values() if one["kind"] == kind]


def _letter(phone: Phone) -> dict[str, Any]:
    (found,) = _held(phone, "letter")
    return found


def _picture(body: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(body["picture"])))


def test_who_walks_has_the_word_and_the_pages_in_their_order(
    ready: LetterDesk, town: Town, client: FlaskClient
) -> None:
    ready.writes(texts=THREE_LANGUAGES)
    ready.prints()
    phone = Phone(client, town.person("volunteer"), kinds=[*KINDS])
    letter = _letter(phone)
    assert letter["campaign_id"] == town.campaign.id
    assert (letter["recognition_word"], letter["earlier_words"]) == (WORD, [])
    assert [page["language"] for page in letter["pages"]] == ["nl", "ar", "tr"]
    assert [page["name"] for page in letter["pages"]] == ["Nederlands", "العربية", "Türkçe"]
    pages = [phone.dossiers[page["id"]] for page in letter["pages"]]
    assert {page["kind"] for page in pages} == {"letter_page"}
    for page in pages:
        drawn = _picture(page["body"])
        assert (drawn.format, drawn.size) == (
            "WEBP",
            (page["body"]["width"], page["body"]["height"]),
        )
        assert len(page["body"]["picture"]) * 3 / 4 <= MOST_BYTES


def test_the_picture_is_the_printed_page_without_address_or_code(
    ready: LetterDesk, town: Town, client: FlaskClient
) -> None:
    run = ready.prints()
    paper = ready.paper("GET", f"/print-runs/{run['id']}/file")
    phone = Phone(client, town.person("volunteer"), kinds=[*KINDS])
    first = phone.dossiers[_letter(phone)["pages"][0]["id"]]["body"]
    shown = _picture(first).convert("L")
    (printed,) = page_pictures(paper, dots_per_inch=96, only=[0])
    other = Image.open(io.BytesIO(printed)).convert("L").resize(shown.size)
    # Millimetres from the top: the text is the same ink, where the code stands nothing is.
    text, code = ([_ink(one, part) for one in (shown, other)] for part in (TEXT, CODE))
    assert abs(text[0] - text[1]) < 0.25 * text[1]
    assert code[0] == 0 < code[1]


def _ink(picture: Image.Image, part: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = (round(side * picture.width / 210) for side in part)
    return sum(picture.crop((left, top, right, bottom)).histogram()[:128])


def test_what_nobody_printed_is_not_shown_at_doors(
    ready: LetterDesk, town: Town, client: FlaskClient
) -> None:
    phone = Phone(client, town.person("volunteer"), kinds=[*KINDS])
    assert (_letter(phone)["recognition_word"], _letter(phone)["pages"]) == (WORD, [])
    ready.prints()
    before = _letter(phone)
    ready.writes(recognition_word="wilg")
    assert _letter(phone) == before


def test_a_letter_that_was_printed_anew_takes_the_place_of_the_one_before(
    ready: LetterDesk, town: Town, client: FlaskClient
) -> None:
    ready.prints()
    phone = Phone(client, town.person("volunteer"), kinds=[*KINDS])
    before = {page["id"] for page in _letter(phone)["pages"]}
    ready.writes(recognition_word="wilg")
    ready.prints()
    letter = _letter(phone)
    assert (letter["recognition_word"], letter["earlier_words"]) == ("wilg", [WORD])
    now = {page["id"] for page in letter["pages"]}
    assert now & before == set()
    assert {id_ for id_, one in phone.dossiers.items() if one["kind"] == "letter_page"} == now


def test_printing_again_draws_nothing_again(ready: LetterDesk) -> None:
    count = select(func.count()).select_from(LetterPicture)
    ready.prints()
    once = db.session.scalar(count)
    ready.prints(both_sides=False)
    assert db.session.scalar(count) == once
    assert once is not None
    assert once > 0


def test_who_walks_nowhere_gets_no_letter(
    ready: LetterDesk, town: Town, client: FlaskClient
) -> None:
    ready.prints()
    town.round.state = "draft"
    db.session.commit()
    phone = Phone(client, town.person("volunteer"), kinds=[*KINDS])
    assert _held(phone, "letter") == _held(phone, "letter_page") == []


def test_an_app_that_knows_no_letters_is_given_none(
    ready: LetterDesk, town: Town, client: FlaskClient
) -> None:
    ready.prints()
    phone = Phone(client, town.person("volunteer"))
    old = phone.post().get_json()
    assert {one["kind"] for one in old["dossiers"]} & {*KINDS} == set()
    new = phone.post(kinds=[*KINDS]).get_json()
    assert {one["kind"] for one in new["dossiers"]} >= {*KINDS}


def _content(texts: dict[str, str]) -> Content:
    values: dict[str, dict[str, str]] = {language: {} for language in texts}
    return Content(texts, values, "Wilgendam", "Postbus 1", "v.example/b", None)


def _long_letter(words: str) -> bytes:
    return bare_pdf(_content({"nl": words}))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text(st.characters(codec="latin-1", exclude_categories=["C"])), max_size=60))
def test_no_page_is_larger_than_a_phone_should_fetch_in_the_street(lines: list[str]) -> None:
    words = "\n\n".join(line for line in lines if not faults_of(line)) or "Dag"
    for picture in small_pictures(_long_letter(words), most_bytes=MOST_BYTES):
        assert len(picture.content) <= MOST_BYTES
        assert len(picture.content) * 4 / 3 + 1000 < PART_BYTES


def test_a_picture_that_would_be_too_large_is_drawn_coarser() -> None:
    page = _long_letter(ready_texts()["nl"].replace("{", "").replace("}", ""))
    (fine, *_), (coarse, *_) = (
        small_pictures(page, most_bytes=most) for most in (MOST_BYTES, 9_000)
    )
    assert len(coarse.content) <= 9_000 < len(fine.content)
    assert coarse.width < fine.width


def test_the_outline_names_the_language_of_every_page_and_fonts_are_embedded() -> None:
    texts = THREE_LANGUAGES | {"nl": "\n\n".join(["Wij komen langs in uw straat."] * 60)}
    bare = bare_pdf(_content(texts))
    assert languages_in(bare) == ["nl", "nl", "nl", "ar", "tr"]
    assert embedded(bare)

"""Cards for who was not home: neutral, four on a sheet, in the languages of the letter."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.clock import today
from outreach.db import db
from outreach.letters.calling_cards import BY_HAND, CARD_FIELDS, MOST_SHEETS
from outreach.letters.fields import FIELDS
from outreach.letters.models import LetterCode
from tests.factories.town import Town
from tests.letters.desk import WORD, LetterDesk, pages_of

TURKISH = "# Kapınızdaydık\n\nEvde yoktunuz. Telefon: {telefoon}.\n\n{vakje} sabah {vakje} akşam"


def _card(desk: LetterDesk) -> dict[str, Any]:
    card: dict[str, Any] = desk.call("GET", f"{desk.campaign}/calling-card")[1]
    return card


def _body(desk: LetterDesk, **changes: Any) -> dict[str, Any]:
    card = _card(desk)
    body = {"texts": card["texts"], "back": None, "sheets": 1, "seen_at": card["printed_at"]}
    return body | changes


def _prints(desk: LetterDesk, **changes: Any) -> bytes:
    return desk.paper("POST", f"{desk.campaign}/calling-cards", _body(desk, **changes))


def _refused(desk: LetterDesk, **changes: Any) -> list[tuple[str, str]]:
    path = f"{desk.campaign}/calling-cards"
    status, problem = desk.call("POST", path, _body(desk, **changes))
    assert status == 400, problem
    return [(fault["pointer"], fault["code"]) for fault in problem["errors"]]


def test_a_sheet_has_the_card_four_times_with_what_to_do(ready: LetterDesk) -> None:
    page = " ".join(pages_of(_prints(ready))[0].split())
    for words in ("Wij waren bij u aan de deur", "036-5550100", "ochtend", BY_HAND["vakje"]):
        assert page.count(words) >= 4, words
    assert "{" not in page


def test_every_sheet_has_its_back_in_the_other_language(ready: LetterDesk) -> None:
    paper = _prints(ready, sheets=3, back="en")
    pages = pages_of(paper)
    assert ["Wij waren" in page for page in pages] == [True, False] * 3
    assert ["We were at your door" in page for page in pages] == [False, True] * 3
    assert embedded_faces(paper) == {True}


def embedded_faces(paper: bytes) -> set[bool]:
    """Whether the fonts of the faces, that all pages draw, are in the file."""
    found = set()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.XObject.C.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                found.add("/FontFile2" in descriptor)
    return found


def test_the_cards_fill_an_a4_and_hundreds_of_sheets_share_one_face(ready: LetterDesk) -> None:
    one, many = _prints(ready), _prints(ready, sheets=200)
    reader = PdfReader(io.BytesIO(many))
    assert len(reader.pages) == 200
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert len(many) < len(one) + 200 * 250


def test_a_card_says_nothing_of_any_door_or_of_why(ready: LetterDesk, town: Town) -> None:
    ready.prints()
    words = " ".join(pages_of(_prints(ready, back="en"))).lower()
    streets = {address.street.lower() for address in town.addresses}
    for secret in (WORD, "geld", "money", "schuld", town.campaign.name.lower(), *streets):
        assert secret not in words, secret
    assert db.session.scalars(select(LetterCode)).first() is not None


@pytest.mark.parametrize("field", sorted(set(FIELDS) - set(CARD_FIELDS)))
def test_the_recognition_word_is_refused_on_a_card(ready: LetterDesk, field: str) -> None:
    assert field == "herkenningswoord"
    texts = {"nl": "Wij waren hier.\n\nHet woord is {" + field + "}."}
    assert _refused(ready, texts=texts) == [("/texts/nl", "card-no-recognition-word")]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from([f"{{{name}}}" for name in CARD_FIELDS]), min_size=1, max_size=4),
    st.sampled_from(["", "**", "_"]),
)
def test_no_field_of_a_card_ever_becomes_the_word(
    ready: LetterDesk, fields: list[str], around: str
) -> None:
    texts = {"nl": " ".join(f"{around}{one}{around}" for one in fields)}
    pages = " ".join(pages_of(_prints(ready, texts=texts)))
    assert WORD not in pages


def test_a_language_that_somebody_wrote_is_kept_for_the_next_time(ready: LetterDesk) -> None:
    ready.writes(texts=ready.ready() | {"tr": "# Merhaba"})
    before = _card(ready)
    assert (before["texts"]["tr"], before["printed_at"]) == ("", None)
    pages = pages_of(_prints(ready, texts=before["texts"] | {"tr": TURKISH}, back="tr"))
    assert "Kapınızdaydık" in pages[1]
    after = _card(ready)
    assert after["texts"]["tr"] == TURKISH
    assert [one["code"] for one in after["languages"]] == ["nl", "en", "tr"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sheets": None}, [("/sheets", "missing")]),
        ({"sheets": 0}, [("/sheets", "not-in-range")]),
        ({"sheets": MOST_SHEETS + 1}, [("/sheets", "not-in-range")]),
        ({"texts": {"nl": " "}}, [("/texts/nl", "missing")]),
        ({"texts": {}, "back": "tr"}, [("/texts/nl", "missing"), ("/texts/tr", "missing")]),
        ({"texts": {"nl": "Dag {naam}"}}, [("/texts/nl", "letter-unknown-field")]),
        ({"texts": {"nl": "Dag <script>"}}, [("/texts/nl", "letter-script")]),
        ({"texts": {"nl": "x" * 2001}}, [("/texts/nl", "too-long")]),
        ({"texts": {"nl": "Wij waren hier. " * 60}}, [("/texts/nl", "card-too-long")]),
        (
            {"texts": {"nl": "Dag", "xx": "Dag"}, "back": "xx"},
            [("/back", "letter-unknown-language")],
        ),
    ],
)
def test_what_is_wrong_is_told_all_at_once(
    ready: LetterDesk, changes: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    assert _refused(ready, **changes) == told


def test_a_phone_number_that_nobody_filled_in_is_named(desk: LetterDesk) -> None:
    assert _refused(desk) == [("/texts/nl", "letter-empty-field")]


def test_who_printed_other_words_meanwhile_is_not_overwritten_unseen(ready: LetterDesk) -> None:
    seen = _body(ready)
    mine = {"nl": "Wij waren hier. Bel {telefoon}."}
    _prints(ready, texts=mine)
    status, problem = ready.call("POST", f"{ready.campaign}/calling-cards", seen)
    assert (status, problem["code"]) == (409, "card-changed-meanwhile")
    assert _card(ready)["texts"]["nl"] == mine["nl"]


def test_nobody_prints_for_a_campaign_that_ended(ready: LetterDesk, town: Town) -> None:
    town.campaign.ends_on = today() - timedelta(days=1)
    db.session.commit()
    status, problem = ready.call("POST", f"{ready.campaign}/calling-cards", _body(ready))
    assert (status, problem["code"]) == (409, "campaign-ended")


def test_printing_is_in_the_trail_and_says_no_words(ready: LetterDesk, town: Town) -> None:
    _prints(ready)
    rows = select(TrailEntry).where(TrailEntry.action == "card.print")
    (entry,) = db.session.scalars(rows)
    assert (entry.object_id, entry.reason) == (town.campaign.id, "")


def test_a_coordinator_may_print_and_a_coach_may_not(
    ready: LetterDesk, client: FlaskClient, town: Town
) -> None:
    assert _prints(LetterDesk(client, town, "coordinator")).startswith(b"%PDF")
    coach = LetterDesk(client, town, "wijkcoach")
    assert coach.call("GET", f"{coach.campaign}/calling-card")[0] == 403


def test_the_fonts_of_a_face_are_in_it(ready: LetterDesk) -> None:
    assert embedded_faces(_prints(ready)) == {True}

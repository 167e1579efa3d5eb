"""The letter at the desk: ready from the start, kept as typed, immutable once it was printed."""

import base64
import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from outreach.audit.models import TrailEntry
from outreach.db import db
from outreach.letters import codes
from outreach.letters.contents import content_of, fix
from outreach.letters.models import FixedLetter, LetterVersion
from tests.factories.town import Town, build_town
from tests.letters.desk import LETTERHEAD, WORD, LetterDesk


def _logo(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> dict[str, Any]:
    drawn = io.BytesIO()
    Image.new("RGB", size, "navy").save(drawn, kind)
    return {"data": {"file": (io.BytesIO(drawn.getvalue()), "logo")}}


def test_the_letter_that_nobody_saved_yet_is_the_ready_one(desk: LetterDesk) -> None:
    status, letter = desk.call("GET", f"{desk.campaign}/letter")
    assert (status, letter["version"], letter["doors"]) == (200, 0, 6)
    assert set(letter["texts"]) == {"nl", "en"}
    assert "schamen" in letter["texts"]["nl"]
    found = {field["name"]: field["value"] for field in letter["known_fields"]}
    assert (found["gemeente"], found["wijk"], found["telefoon"]) == ("Wilgendam", "De Wilgen", "")


def test_what_was_typed_comes_back_to_the_letter(desk: LetterDesk) -> None:
    texts = {"nl": "Beste bewoner,\r\n\r\nTot {eerste_dag}.", "ar": "مرحبا"}
    saved = desk.writes(texts=texts, waiting_days=10)
    assert saved["texts"] == {"nl": "Beste bewoner,\n\nTot {eerste_dag}.", "ar": "مرحبا"}
    assert (saved["recognition_word"], saved["waiting_days"], saved["version"]) == (WORD, 10, 1)
    assert desk.call("GET", f"{desk.campaign}/letter")[1] == saved


def test_every_fault_of_a_letter_is_told_at_once(desk: LetterDesk) -> None:
    body = {
        "recognition_word": " ",
        "waiting_days": 61,
        "texts": {"en": "{name}", "tlh": "nuqneH", "tr": " ", "ar": "a" * 8001},
    }
    for act in ("letter-preview", "letter"):
        method = "PUT" if act == "letter" else "POST"
        status, problem = desk.call(method, f"{desk.campaign}/{act}", body)
        assert (status, problem["code"]) == (400, "invalid-input")
        assert {(fault["pointer"], fault["code"]) for fault in problem["errors"]} == {
            ("/recognition_word", "missing"),
            ("/waiting_days", "not-in-range"),
            ("/texts/nl", "missing"),
            ("/texts/en", "letter-unknown-field"),
            ("/texts/tlh", "letter-unknown-language"),
            ("/texts/tr", "missing"),
            ("/texts/ar", "too-long"),
        }


def test_a_letter_may_ask_for_sixty_days_and_for_none(desk: LetterDesk) -> None:
    assert desk.writes(waiting_days=60)["waiting_days"] == 60
    assert desk.writes(waiting_days=0)["waiting_days"] == 0


def test_a_fault_says_which_line_and_which_field(desk: LetterDesk) -> None:
    assert desk.refused("Beste\n\n{naam}") == [
        ("letter-unknown-field", "Regel 3: het veld {naam} kennen we niet.")
    ]


def test_a_script_html_and_a_picture_from_elsewhere_are_refused(desk: LetterDesk) -> None:
    text = "<script>x</script>\n\n<b>x</b>\n\n![k](https://elders.example/k.png)"
    assert [code for code, _ in desk.refused(text)] == [
        "letter-script",
        "letter-html",
        "letter-remote",
    ]


def test_a_preview_shows_the_pages_and_which_fields_are_still_white(desk: LetterDesk) -> None:
    body = {"recognition_word": WORD, "waiting_days": 7, "texts": desk.ready()}
    status, seen = desk.call("POST", f"{desk.campaign}/letter-preview", body)
    assert (status, len(seen["pages"]), seen["too_long"]) == (200, 2, False)
    assert seen["empty_fields"] == ["telefoon", "afzender"]
    picture = Image.open(io.BytesIO(base64.b64decode(seen["pages"][0].split(",", 1)[1])))
    width, height = picture.size
    assert height / width == pytest.approx(297 / 210, abs=0.01)
    assert desk.call("GET", f"{desk.campaign}/letter")[1]["version"] == 0


def test_a_letter_that_goes_on_and_on_is_shown_as_too_long(desk: LetterDesk) -> None:
    texts = dict.fromkeys(("nl", "en", "tr", "ar"), "x\n\n" * 900)
    body = {"recognition_word": WORD, "waiting_days": 7, "texts": texts}
    assert desk.call("POST", f"{desk.campaign}/letter-preview", body)[1]["too_long"] is True


def test_two_supervisors_on_one_letter_lose_nothing(ready: LetterDesk) -> None:
    first = ready.call("GET", f"{ready.campaign}/letter")[1]
    second = ready.writes(texts={"nl": "Van de een"})
    body = {"recognition_word": WORD, "waiting_days": 7, "texts": {"nl": "Van de ander"}}
    for seen_at in (None, first["saved_at"]):
        sent = body | {"seen_at": seen_at}
        status, problem = ready.call("PUT", f"{ready.campaign}/letter", sent)
        assert (status, problem["code"]) == (409, "letter-changed-meanwhile")
    sent = body | {"seen_at": second["saved_at"]}
    assert ready.call("PUT", f"{ready.campaign}/letter", sent)[0] == 200


@pytest.mark.parametrize(
    ("words", "missing"), [("Привет, مرحبا, ⵜⴰ, é", ""), ("\U0010fffd, u", "?")]
)
def test_letters_that_no_font_has_are_shown_and_not_printed(
    ready: LetterDesk, words: str, missing: str
) -> None:
    texts = {"nl": f"Beste {words}"}
    ready.writes(texts=texts)
    body = {"recognition_word": WORD, "waiting_days": 7, "texts": texts}
    assert ready.call("POST", f"{ready.campaign}/letter-preview", body)[1]["undrawn"] == missing
    status, answer = ready.call("POST", f"{ready.campaign}/print-runs", {})
    codes_told = [fault["code"] for fault in answer.get("errors", [])]
    assert (status, codes_told) == ((400, ["letter-undrawn"]) if missing else (202, []))


def test_a_letter_that_was_not_printed_changes_in_place(desk: LetterDesk) -> None:
    desk.writes()
    assert desk.writes(texts={"nl": "Korter"})["version"] == 1


def test_a_printed_letter_stays_and_a_change_becomes_the_next_version(ready: LetterDesk) -> None:
    ready.prints()
    before = ready.call("GET", f"{ready.campaign}/letter")[1]
    assert before["printed_at"] is not None
    same = ready.writes(waiting_days=9)
    assert (same["version"], same["waiting_days"]) == (1, 9)
    changed = ready.writes(texts={"nl": "Anders"})
    assert (changed["version"], changed["printed_at"]) == (2, None)
    kept = db.session.scalars(select(LetterVersion).where(LetterVersion.number == 1)).one()
    assert kept.texts == before["texts"]


def test_another_word_is_another_letter(ready: LetterDesk) -> None:
    ready.prints()
    assert ready.writes(recognition_word="korenbloem")["version"] == 2


def test_a_printed_version_keeps_what_stood_around_it(ready: LetterDesk) -> None:
    ready.prints()
    version = db.session.scalars(select(LetterVersion)).one()
    ready.call("PUT", "/letterhead", LETTERHEAD | {"phone": "0800"})
    ready.call("POST", "/letterhead/logo", **_logo())
    content = content_of(version)
    assert content.values["nl"]["telefoon"] == LETTERHEAD["phone"]
    assert content.logo is None


def test_no_code_can_change_or_delete_a_printed_version(ready: LetterDesk) -> None:
    version = db.session.scalars(select(LetterVersion)).one()
    fix(version)
    db.session.commit()
    version.texts = {"nl": "Iets anders"}
    with pytest.raises(FixedLetter):
        db.session.flush()
    db.session.rollback()
    db.session.delete(version)
    with pytest.raises(FixedLetter):
        db.session.flush()


def test_the_letter_of_a_campaign_that_ended_stays(desk: LetterDesk) -> None:
    desk.call("POST", f"{desk.campaign}/closing")
    body = {"recognition_word": WORD, "waiting_days": 7, "texts": desk.ready()}
    status, problem = desk.call("PUT", f"{desk.campaign}/letter", body)
    assert (status, problem["code"]) == (409, "letter-closed")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_fits_its_place(desk: LetterDesk, kind: str) -> None:
    status, told = desk.call("POST", "/letterhead/logo", **_logo(kind, (3000, 500)))
    assert status == 200
    drawn = Image.open(io.BytesIO(base64.b64decode(told["logo"].split(",", 1)[1])))
    assert (drawn.format, drawn.width) == ("PNG", 950)
    assert desk.call("DELETE", "/letterhead/logo")[1]["logo"] is None


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", b"\x89PNG\r\n\x1a\n????"])
def test_what_is_no_png_or_jpeg_is_no_logo(desk: LetterDesk, content: bytes) -> None:
    sent = {"data": {"file": (io.BytesIO(content), "logo.png")}}
    status, problem = desk.call("POST", "/letterhead/logo", **sent)
    assert status == 400
    assert [fault["code"] for fault in problem["errors"]] == ["logo-not-a-picture"]


def test_a_logo_for_a_wall_is_refused(desk: LetterDesk) -> None:
    status, problem = desk.call("POST", "/letterhead/logo", **_logo("PNG", (6001, 1)))
    assert (status, problem["errors"][0]["code"]) == (400, "logo-too-large")


def test_the_letterhead_is_the_municipalitys_own(desk: LetterDesk, client: FlaskClient) -> None:
    desk.signs()
    other = LetterDesk(client, build_town("Oeverdam"))
    assert other.call("GET", "/letterhead")[1]["phone"] == ""


def test_a_coordinator_reads_the_letter_and_does_not_write_it(
    client: FlaskClient, town: Town
) -> None:
    coordinator = LetterDesk(client, town, "coordinator")
    assert coordinator.call("GET", f"{coordinator.campaign}/letter")[0] == 200
    body = {"recognition_word": WORD, "waiting_days": 7, "texts": {"nl": "x"}}
    assert coordinator.call("PUT", f"{coordinator.campaign}/letter", body)[0] == 403


def test_what_is_done_to_a_letter_is_in_the_trail(ready: LetterDesk) -> None:
    ready.prints()
    rows = select(TrailEntry.action).order_by(TrailEntry.number)
    assert list(db.session.scalars(rows)) == ["letterhead.change", "letter.change", "letter.print"]


def test_a_code_on_a_preview_is_nobodys(desk: LetterDesk) -> None:
    assert codes.behind_short("0000-0000", 10, "1.2.3.4") is None

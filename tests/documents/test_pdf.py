"""Paper: tagged, in its language, and made without asking anybody for anything."""

import io
from datetime import date
from typing import Any

import pytest
from jinja2 import UndefinedError
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from outreach.documents import laying_out, pdf
from outreach.documents.words import day_in_words, direction
from outreach.languages import text

WHO = ("resident", "volunteer", "someone", "resident_offers")
STATUSES = ("done", "partly", "not_done", "not_needed")
PAPER: dict[str, Any] = {
    "street": "Wilgenhof",
    "number": "12 A",
    "made_on": date(2026, 2, 3),
    "goals": [],
    "next": None,
    "phone": "036-5550100",
    "municipality": "Wilgendam",
}


def _read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def _with_step(words: str) -> dict[str, Any]:
    step = {"text": words, "who": "resident", "by": "", "status": "open"}
    return PAPER | {"goals": [{"text": "Doel", "steps": [step]}]}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_paper_is_tagged_and_says_its_language_and_title(language: str) -> None:
    reader = _read(pdf.render_pdf("plan.html", language, **PAPER))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == text("plans.show.title", language)
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_a_table_tells_a_screen_reader_which_cells_are_headings() -> None:
    root: Any = _read(pdf.render_pdf("plan.html", "nl", **_with_step("Bellen"))).root_object
    kinds: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kinds.append(str(node.get("/S")))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/Table"} <= set(kinds)
    assert kinds.count("/TH") == 4
    assert kinds.count("/TD") == 4


def test_household_paper_is_set_in_large_print() -> None:
    sizes: list[float] = []

    def visit(words: str, page: Any, line: Any, _font: Any, size: float) -> None:
        if words.strip():
            sizes.append(abs(size * line[0] * page[0]))

    page = _read(pdf.render_pdf("plan.html", "nl", **_with_step("Bellen"))).pages[0]
    page.extract_text(visitor_text=visit)
    page_number, *rest = sorted(sizes)
    assert page_number >= 11.9
    assert min(rest) >= 13.9


@pytest.mark.parametrize(
    "words", ["Samen de woningcorporatie bellen", "Een arbeidsongeschiktheidsverzekering"]
)
def test_a_word_that_does_not_fit_is_hyphenated_where_dutch_does_so(words: str) -> None:
    step = {"text": words, "who": "resident", "by": words, "status": "open"}
    goals = [{"text": words, "steps": [step]}]
    page = _read(pdf.render_pdf("plan.html", "nl", **PAPER | {"goals": goals})).pages[0]
    lines = page.extract_text().replace("\N{HYPHEN}\n", "").split()
    for word in words.split():
        assert lines.count(word) >= 3, word


@pytest.mark.parametrize("language", ["nl", "en"])
def test_paper_says_who_does_what_in_the_words_of_the_screen(language: str) -> None:
    steps = [
        {"text": "Bellen", "who": who, "by": "", "status": status}
        for who, status in zip(WHO, STATUSES, strict=True)
    ]
    goals = [{"text": "Doel", "steps": steps}]
    page = _read(pdf.render_pdf("plan.html", language, **PAPER | {"goals": goals})).pages[0]
    on_paper = " ".join(page.extract_text().split())
    keys = ["plans.show.title", *(f"plans.who.{who}" for who in WHO)]
    keys += [f"aftercare.step.{status}" for status in STATUSES]
    assert [key for key in keys if text(key, language) not in on_paper] == []


def test_what_somebody_typed_is_text_and_never_markup() -> None:
    page = pdf.render_html("plan.html", "nl", **_with_step("<b>vet</b> & 'meer'"))
    assert "<b>" not in page
    assert "&lt;b&gt;vet&lt;/b&gt; &amp;" in page


@pytest.mark.parametrize("address", ["http://example.org/a.png", "file:///etc/passwd", "data:,a"])
def test_a_document_that_asks_for_something_outside_itself_fails(address: str) -> None:
    page = HTML(string=f'<img src="{address}" alt="a">', url_fetcher=laying_out.NoFetching({}))
    with pytest.raises(FatalURLFetchingError):
        page.write_pdf()


def test_a_template_that_lacks_a_value_is_an_error_and_no_empty_place() -> None:
    with pytest.raises(UndefinedError):
        pdf.render_html("plan.html", "nl")


def test_days_are_said_as_people_say_them() -> None:
    assert day_in_words(date(2026, 2, 3), "nl") == "dinsdag 3 februari 2026"
    assert day_in_words(date(2026, 12, 27), "en") == "Sunday 27 December 2026"


@pytest.mark.parametrize(
    ("words", "way"), [("Bellen", "ltr"), ("مرحبا", "rtl"), ("12 שלום", "rtl"), ("", "ltr")]
)
def test_the_first_letter_gives_the_direction(words: str, way: str) -> None:
    assert direction(words) == way

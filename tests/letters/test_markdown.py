"""What a letter may hold, and how the rest is named: by kind and by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.letters.fields import FIELDS
from outreach.letters.markdown import Fault, faults_of, fields_in, to_html
from outreach.letters.writing import ready_texts

VALUES = dict.fromkeys(FIELDS, "waarde")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_ready_letter_has_no_fault(language: str) -> None:
    assert faults_of(ready_texts()[language]) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_ready_letter_uses_every_field_it_should(language: str) -> None:
    named = {name for _, name in fields_in(ready_texts()[language])}
    assert named == set(FIELDS) - {"gemeente"}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("Beste\n\n{naam}", Fault("letter-unknown-field", 3, "naam")),
        ("{Wijk}", Fault("letter-unknown-field", 1, "Wijk")),
        ("{}", Fault("letter-unknown-field", 1, "{}")),
        ("een { los", Fault("letter-loose-brace", 1)),
        ("een } los", Fault("letter-loose-brace", 1)),
        ("{wijk\n}", Fault("letter-loose-brace", 1)),
        ("a\n\n<script>alert(1)</script>", Fault("letter-script", 3)),
        ("a <script src=x>", Fault("letter-script", 1)),
        ("[klik](javascript:alert(1))", Fault("letter-script", 1)),
        ('<img onerror="x">', Fault("letter-script", 1)),
        ("a\nb <b>dik</b>", Fault("letter-html", 2)),
        ("<!-- stil -->", Fault("letter-html", 1)),
        ("<div>\n\nx\n\n</div>", Fault("letter-html", 5)),
        ("a\n\n![kaart](https://elders.example/k.png)", Fault("letter-remote", 3)),
        ("![kaart](//elders.example/k.png)", Fault("letter-remote", 1)),
        ('<img src="https://elders.example/k.png">', Fault("letter-remote", 1)),
        ("![kaart][k]\n\n[k]: http://elders.example/k.png", Fault("letter-remote", 1)),
        ("![kaart](kaart.png)", Fault("letter-picture", 1)),
        ("a\nb [site](https://wilgendam.example)", Fault("letter-link", 2)),
        ("<https://wilgendam.example>", Fault("letter-link", 1)),
        ("    vier spaties", Fault("letter-code", 1)),
        ("```\nx\n```", Fault("letter-code", 1)),
        ("a `b`", Fault("letter-code", 1)),
        ("> gezegde", Fault("letter-quote", 1)),
        ("a\n\n---", Fault("letter-line", 3)),
    ],
)
def test_what_may_not_be_in_a_letter_is_named_with_its_line(source: str, fault: Fault) -> None:
    assert fault in faults_of(source)


def test_everything_wrong_is_told_at_once_from_top_to_bottom() -> None:
    source = "{naam}\n\n<b>x</b>\n\n![k](http://a.example/k.png)\n\n{}"
    assert [(fault.line, fault.code) for fault in faults_of(source)] == [
        (1, "letter-unknown-field"),
        (3, "letter-html"),
        (5, "letter-remote"),
        (7, "letter-unknown-field"),
    ]


def test_a_value_is_never_read_as_markdown_or_html() -> None:
    html = to_html("{wijk}", {"wijk": "**De** <script>&amp;"})
    assert html == "<p>**De** &lt;script&gt;&amp;amp;</p>\n"


def test_a_line_that_somebody_ended_ends_on_paper() -> None:
    assert to_html("Met groet,\n{afzender}", VALUES) == "<p>Met groet,<br />\nwaarde</p>\n"


ALLOWED = ("<p>", "<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>", "<ul>", "<ol>", "<li>", "<br />")


@given(st.text(alphabet="a{}<>!*_[]()#-.&;:/`\"'= \n1wijk", max_size=60))
def test_a_text_without_faults_makes_only_these_tags(source: str) -> None:
    if faults_of(source):
        return
    html = to_html(source, VALUES)
    for tag in (*ALLOWED, "<strong>", "<em>"):
        html = html.replace(tag, "").replace(tag.replace("<", "</"), "")
    assert "<" not in html.replace('<ol start="1">', "")


def test_a_phone_number_reads_its_own_way_in_a_text_from_right_to_left() -> None:
    number = {"telefoon": "036-5550100"}
    assert to_html("Bel {telefoon}", number) == "<p>Bel 036-5550100</p>\n"
    isolated = "\N{FIRST STRONG ISOLATE}036-5550100\N{POP DIRECTIONAL ISOLATE}"
    assert isolated in to_html("اتصلوا {telefoon}", number)

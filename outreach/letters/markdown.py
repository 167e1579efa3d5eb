"""A small, checked Markdown: headings, paragraphs, lists, strong and emphasis, and our fields.

markdown-it-py reads it: CommonMark to the letter, kept well, and it gives tokens with the lines
they came from, so that what is refused can be pointed out. Nothing that is not on the list below
becomes HTML: a tag, a picture, a link or a piece of code is named and refused.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from outreach.documents.words import direction
from outreach.letters.fields import FIELD, FIELDS, Values, fill

BLOCKS = frozenset(
    f"{name}_{end}"
    for name in ("paragraph", "heading", "bullet_list", "ordered_list", "list_item")
    for end in ("open", "close")
)
INLINE = frozenset(
    {"text", "softbreak", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"}
)
# Everything else that CommonMark knows, by what it is called when it is refused.
REFUSED = {
    "html_block": "html",
    "html_inline": "html",
    "image": "picture",
    "link_open": "link",
    "code_inline": "code",
    "code_block": "code",
    "fence": "code",
    "blockquote_open": "quote",
    "hr": "line",
}
SCRIPT = re.compile(r"<\s*/?\s*script|javascript:|\bon[a-z]+\s*=", re.IGNORECASE)
REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
ISOLATE, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# Who types a new line wants one: names below a letter are no flowing text.
_reader = MarkdownIt("commonmark", {"breaks": True})


@dataclass(frozen=True)
class Fault:
    """Something that a letter may not hold: its code, the line from 1, and the field's name."""

    code: str
    line: int
    what: str = ""


def faults_of(source: str, known: Collection[str] = FIELDS) -> list[Fault]:
    """All that is wrong with a text, from top to bottom; each thing once a line.

    `known`: the fields that it may name.
    """
    found = [*_wrong_tokens(source), *_wrong_lines(source, known)]
    return sorted(dict.fromkeys(found), key=lambda fault: (fault.line, fault.code, fault.what))


def fields_in(source: str) -> list[tuple[int, str]]:
    """The fields a text names, with their lines."""
    return [
        (number, found[1])
        for number, line in enumerate(source.splitlines(), 1)
        for found in FIELD.finditer(line)
    ]


def to_html(source: str, values: Values) -> str:
    """A checked text as HTML. Fields are filled in after reading: a value is never Markdown.

    In a text from right to left each value runs its own way, or 036-55 would read 55-036.
    """
    tokens = _reader.parse(source)
    if direction(FIELD.sub("", source)) == "rtl":
        values = {name: f"{ISOLATE}{said}{END}" if said else "" for name, said in values.items()}
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = fill(child.content, values)
    html: str = _reader.renderer.render(tokens, _reader.options, {})
    return html


def _wrong_tokens(source: str) -> Iterator[Fault]:
    for token in _reader.parse(source):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline":
            yield from _wrong_inline(token, line)
        elif token.type not in BLOCKS:
            yield from _refused(token, line)


def _wrong_inline(token: Token, line: int) -> Iterator[Fault]:
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        elif child.type not in INLINE:
            yield from _refused(child, line)


def _refused(token: Token, line: int) -> Iterator[Fault]:
    kind = REFUSED.get(token.type)
    if kind is None:
        return  # the closing half of what its opening half was refused for
    if kind == "html":
        for number, words in enumerate(token.content.splitlines(), line):
            if SCRIPT.search(words):
                yield Fault("letter-script", number)
            elif "<" in words:
                yield Fault("letter-html", number)
            if REMOTE.search(words):
                yield Fault("letter-remote", number)
        return
    address = str(token.attrs.get("src", ""))
    if kind == "picture" and REMOTE.match(address):
        yield Fault("letter-remote", line)
        return
    yield Fault(f"letter-{kind}", line)


def _wrong_lines(source: str, known: Collection[str]) -> Iterator[Fault]:
    for number, line in enumerate(source.splitlines(), 1):
        for found in FIELD.finditer(line):
            if found[1] not in known:
                yield Fault("letter-unknown-field", number, found[1].strip() or "{}")
        if {"{", "}"} & set(FIELD.sub("", line)):
            yield Fault("letter-loose-brace", number)
        # No link comes of it, so no token tells; nobody writes it in a letter for nothing.
        if "javascript:" in line.lower() and "<" not in line:
            yield Fault("letter-script", number)

"""The page's languages are whole, and the text that somebody agrees to is pinned to its version."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from outreach.wishes.words import CONSENT_VERSIONS, LANGUAGES

SOURCE = Path(__file__).parents[2] / "outreach" / "strings"
# Another text of `resident.call.consent` gets another version, here and in the page.
AGREED_TO = {"1": "e9bd4e230ad73432"}


def _texts(language: str) -> dict[str, str]:
    path = SOURCE / f"resident.{language}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_there_is_a_file_for_every_language_and_no_other() -> None:
    found = {path.name.split(".")[1] for path in SOURCE.glob("resident.*.json")}
    assert found == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_page_says_everything(language: str) -> None:
    dutch, other = _texts("nl"), _texts(language)
    assert list(other) == list(dutch)
    assert [key for key, text in other.items() if not text.strip()] == []
    odd = [key for key in dutch if _placeholders(dutch[key]) != _placeholders(other[key])]
    assert odd == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "nl"])
def test_no_text_was_left_in_dutch(language: str) -> None:
    dutch, other = _texts("nl"), _texts(language)
    short = {"resident.code.short", "resident.name"}
    same = {key for key in dutch if dutch[key] == other[key]} - short
    assert same == set()


def test_dutch_speaks_to_residents_with_u() -> None:
    familiar = re.compile(r"\b(je|jij|jouw|jullie|jou)\b", re.IGNORECASE)
    assert [key for key, text in _texts("nl").items() if familiar.search(text)] == []


def test_the_text_somebody_agreed_to_is_known_by_its_version() -> None:
    said = "\n".join(_texts(language)["resident.call.consent"] for language in LANGUAGES)
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    assert tuple(AGREED_TO) == CONSENT_VERSIONS
    assert AGREED_TO[CONSENT_VERSIONS[-1]] == digest

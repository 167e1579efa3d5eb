"""One strings source: both languages have every key, and every placeholder."""

import json
import re
from pathlib import Path

import pytest

from outreach import app, cli  # noqa: F401 - brings in every problem
from outreach.errors import Problem
from outreach.languages import LANGUAGES, SPOKEN

SOURCE = Path(__file__).parents[2] / "outreach" / "strings"
SLICES = sorted({path.name.split(".")[0] for path in SOURCE.glob("*.json")})


def _entries(slice_name: str, language: str) -> dict[str, object]:
    path = SOURCE / f"{slice_name}.{language}.json"
    entries: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def _placeholders(entry: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", json.dumps(entry)))


@pytest.mark.parametrize("slice_name", SLICES)
def test_both_languages_have_the_same_keys(slice_name: str) -> None:
    assert _entries(slice_name, "nl").keys() == _entries(slice_name, "en").keys()


@pytest.mark.parametrize("slice_name", SLICES)
def test_both_languages_fill_the_same_placeholders(slice_name: str) -> None:
    dutch, english = _entries(slice_name, "nl"), _entries(slice_name, "en")
    odd = [key for key in dutch if _placeholders(dutch[key]) != _placeholders(english[key])]
    assert odd == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_is_spoken_has_a_name(language: str) -> None:
    names = _entries("desk_languages", language)
    here = ["nl", *SPOKEN]
    assert list(names) == [f"desk_languages.{code}" for code in here]
    assert len(set(names.values())) == len(here)


def test_no_key_stands_in_two_files() -> None:
    keys = [key for slice_name in SLICES for key in _entries(slice_name, "nl")]
    assert sorted(keys) == sorted(set(keys))


def test_every_problem_has_a_title_and_a_detail() -> None:
    def codes(kind: type[Problem]) -> set[str]:
        return {kind.code}.union(*(codes(below) for below in kind.__subclasses__()))

    keys = {key for slice_name in SLICES for key in _entries(slice_name, "nl")}
    missing = {
        f"errors.{code}.{part}" for code in codes(Problem) for part in ("title", "detail")
    } - keys
    assert missing == set()

"""The guide, the consent texts and the language card: whole, plain, in two languages, and safe."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outreach.languages import SPOKEN

CONTENT = Path(__file__).parents[2] / "outreach" / "guides" / "content"
FILES = ("guide-2026.1.json", "consent-2026.1.json", "language-card.json")
TWO_LANGUAGE_FILES = FILES[:2]

DOMAINS_IN_ORDER = [
    "money_and_schemes",
    "home_and_surroundings",
    "work_and_learning",
    "health_and_care",
    "social_contacts",
    "family_and_children",
    "daily_life_and_paperwork",
    "participation_and_leisure",
]
PURPOSES = ["note", "health", "contact", "share", "feedback"]
LONGEST_SENTENCE = 22

# Looked up in public sources; a slip of the finger in the guide is then found here.
KNOWN_NUMBERS = {
    "08008020",  # Juridisch Loket
    "08008115",  # Geldfit
    "08005088",  # DementieLijn
    "08001508",  # Digihulplijn
    "0307606055",  # Mantelzorglijn
    "0880767000",  # De Luisterlijn
}
# The phone may lie face up on the table; concerns have their own path, outside the talk.
NOT_AT_THE_TABLE = (
    "mishandel",
    "geweld",
    "misbruik",
    "veilig thuis",
    "verslav",
    "drugs",
    "uithuis",
    "abuse",
    "violence",
    "addict",
    "red flag",
    "neglect",
)
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((CONTENT / name).read_text(encoding="utf-8"))
    return content


def pairs(node: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each text that has a language, with where it stands."""
    if isinstance(node, dict):
        if "nl" in node or "en" in node:
            yield path, node
            return
        for key, value in node.items():
            yield from pairs(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from pairs(value, f"{path}/{index}")


def lines(text: object) -> list[str]:
    return [str(line) for line in text] if isinstance(text, list) else [str(text)]


def every_line(name: str, language: str) -> Iterator[tuple[str, str]]:
    for path, pair in pairs(load(name)):
        for line in lines(pair[language]):
            yield path, line


def sentences(line: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", line) if part]


def domains() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load("guide-2026.1.json")["domains"]
    return found


def prompts_of(domain: dict[str, Any]) -> list[dict[str, str]]:
    grouped = [prompt for group in domain.get("groups", []) for prompt in group["prompts"]]
    return [domain["opening"], *domain["prompts"], *grouped]


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_utf_8_in_composed_characters_and_ends_with_a_line_break(name: str) -> None:
    text = (CONTENT / name).read_bytes().decode("utf-8")
    assert "\ufeff" not in text
    assert "\ufffd" not in text
    assert "\\u" not in text
    assert unicodedata.normalize("NFC", text) == text
    assert text.endswith("}\n")


@pytest.mark.parametrize("name", TWO_LANGUAGE_FILES)
def test_each_text_is_there_in_dutch_and_in_english(name: str) -> None:
    found = list(pairs(load(name)))
    assert found
    for path, pair in found:
        assert set(pair) == {"nl", "en"}, path
        assert type(pair["nl"]) is type(pair["en"]), path
        assert len(lines(pair["nl"])) == len(lines(pair["en"])), path
        for language in ("nl", "en"):
            assert all(line.strip() == line and line for line in lines(pair[language])), path
        assert lines(pair["nl"])


@pytest.mark.parametrize("name", TWO_LANGUAGE_FILES)
def test_no_sentence_is_in_english_on_the_dutch_side_or_the_other_way_round(name: str) -> None:
    dutch = re.compile(r"\b(het|een|niet|wij|voor|met)\b", re.IGNORECASE)
    english = re.compile(r"\b(the|and|with|you|your)\b", re.IGNORECASE)
    assert [line for _, line in every_line(name, "nl") if english.search(line)] == []
    assert [line for _, line in every_line(name, "en") if dutch.search(line)] == []


@pytest.mark.parametrize("name", TWO_LANGUAGE_FILES)
def test_no_dutch_sentence_is_longer_than_twenty_two_words(name: str) -> None:
    too_long = [
        sentence
        for _, line in every_line(name, "nl")
        for sentence in sentences(line)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert too_long == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_asks_for_a_citizen_service_number(name: str) -> None:
    text = (CONTENT / name).read_text(encoding="utf-8").casefold()
    assert re.search(r"\bbsn\b|burgerservicenummer|sofinummer|citizen service number", text) is None


@pytest.mark.parametrize("name", TWO_LANGUAGE_FILES)
def test_nothing_in_the_talk_would_frighten_whoever_reads_along(name: str) -> None:
    text = (CONTENT / name).read_text(encoding="utf-8").casefold()
    assert [word for word in NOT_AT_THE_TABLE if word in text] == []


def test_the_guide_names_its_key_and_version() -> None:
    guide = load("guide-2026.1.json")
    assert (guide["key"], guide["version"]) == ("achter-de-voordeur", "2026.1")
    assert 3 <= len(guide["opening"]["nl"]) <= 5
    assert 2 <= len(guide["closing"]["nl"]) <= 4


def test_the_guide_has_the_eight_domains_in_the_order_of_the_design() -> None:
    assert [domain["key"] for domain in domains()] == DOMAINS_IN_ORDER


@pytest.mark.parametrize("domain", domains(), ids=DOMAINS_IN_ORDER)
def test_a_domain_offers_enough_and_not_too_much(domain: dict[str, Any]) -> None:
    assert 4 <= len(domain["prompts"]) <= 8
    assert 3 <= len(domain["tips"]) <= 5
    assert 4 <= len(domain["advices"]) <= 8
    for group in domain.get("groups", []):
        assert 3 <= len(group["prompts"]) <= 8


@pytest.mark.parametrize("domain", domains(), ids=DOMAINS_IN_ORDER)
def test_a_domain_opens_with_a_question(domain: dict[str, Any]) -> None:
    assert domain["opening"]["nl"].endswith("?")
    assert domain["opening"]["en"].endswith("?")


@pytest.mark.parametrize("domain", domains(), ids=DOMAINS_IN_ORDER)
def test_prompts_say_u_to_the_resident_and_je_only_to_a_young_person(
    domain: dict[str, Any],
) -> None:
    informal = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
    for prompt in prompts_of(domain):
        to_a_young_person = prompt["nl"].startswith("Aan de jongere:")
        assert bool(informal.search(prompt["nl"])) == to_a_young_person, prompt["nl"]


@pytest.mark.parametrize("domain", domains(), ids=DOMAINS_IN_ORDER)
def test_tips_never_say_u_to_the_volunteer(domain: dict[str, Any]) -> None:
    formal = re.compile(r"\b(u|uw)\b", re.IGNORECASE)
    assert [tip["nl"] for tip in domain["tips"] if formal.search(tip["nl"])] == []


@pytest.mark.parametrize("domain", domains(), ids=DOMAINS_IN_ORDER)
def test_an_advice_says_what_it_is_and_where_to_go(domain: dict[str, Any]) -> None:
    for advice in domain["advices"]:
        assert set(advice) == {"key", "title", "text", "where"}
        assert 1 <= len(sentences(advice["text"]["nl"])) <= 3, advice["key"]
        assert advice["where"]["nl"].endswith("."), advice["key"]


def test_advice_and_group_keys_are_plain_and_unique_in_the_guide() -> None:
    advices = [advice["key"] for domain in domains() for advice in domain["advices"]]
    groups = [group["key"] for domain in domains() for group in domain.get("groups", [])]
    for keys in (advices, groups):
        assert len(keys) == len(set(keys))
        assert all(re.fullmatch(r"[a-z]+(?:[-_][a-z]+)*", key) for key in keys)


def test_no_prompt_is_asked_twice() -> None:
    asked = [prompt["nl"] for domain in domains() for prompt in prompts_of(domain)]
    asked = [prompt for prompt in asked if not prompt.startswith("Aan de jongere:")]
    assert len(asked) == len(set(asked))


def test_there_are_prompts_for_who_cares_for_someone_with_dementia_and_for_young_carers() -> None:
    groups = {
        group["key"]: domain["key"] for domain in domains() for group in domain.get("groups", [])
    }
    assert groups["caring_for_someone_with_dementia"] in {"health_and_care", "social_contacts"}
    assert groups["young_people_who_care"] == "family_and_children"


def test_the_guide_names_no_amounts_and_no_years() -> None:
    for language in ("nl", "en"):
        for path, line in every_line("guide-2026.1.json", language):
            assert re.search(r"€|\beuro|\b(19|20)\d\d\b(?!\d)", line.replace("-", "")) is None, path


def test_each_phone_number_is_a_known_one_and_the_same_in_both_languages() -> None:
    number = re.compile(r"\b0\d{2,3}-\d[\d ]*\d")
    found = {
        language: [
            re.sub(r"\D", "", hit)
            for _, line in every_line("guide-2026.1.json", language)
            for hit in number.findall(line)
        ]
        for language in ("nl", "en")
    }
    assert found["nl"] == found["en"]
    assert set(found["nl"]) == KNOWN_NUMBERS


def test_each_website_is_the_same_in_both_languages() -> None:
    site = re.compile(r"\b[\w.-]+\.nl(?:/[\w/-]+)?")
    for path, pair in pairs(load("guide-2026.1.json")):
        dutch, english = (sorted(site.findall(" ".join(lines(pair[key])))) for key in ("nl", "en"))
        assert dutch == english, path


def test_the_consent_texts_cover_each_purpose() -> None:
    consent = load("consent-2026.1.json")
    assert (consent["key"], consent["version"]) == ("toestemming", "2026.1")
    assert list(consent["purposes"]) == PURPOSES
    for purpose in consent["purposes"].values():
        assert set(purpose) == {"title", "read_aloud", "yes", "no"}
        assert 2 <= len(purpose["read_aloud"]["nl"]) <= 4
        assert purpose["read_aloud"]["nl"][0].endswith("?")
        assert purpose["yes"]["nl"].startswith("Ja")
        assert purpose["no"]["nl"].startswith("Nee")
    for key in ("introduction", "absent_people", "under_16"):
        assert set(consent[key]) == {"nl", "en"}


def test_sharing_names_the_receiver_in_both_languages_and_no_other_text_has_a_placeholder() -> None:
    share = load("consent-2026.1.json")["purposes"]["share"]
    for language in ("nl", "en"):
        assert "{receiver}" in " ".join(share["read_aloud"][language])
        for name in TWO_LANGUAGE_FILES:
            for path, line in every_line(name, language):
                allowed = {"{receiver}"} if path.startswith("/purposes/share/") else set()
                assert set(PLACEHOLDER.findall(line)) <= allowed, path


def test_asking_for_debt_help_says_that_nothing_starts_by_itself() -> None:
    debt_help = load("consent-2026.1.json")["debt_help"]
    assert debt_help["question"]["nl"] == (
        "Mag ik dit vandaag aan de gemeente doorgeven? Anders begint er niets."
    )
    assert debt_help["no"]["nl"].endswith("belt zelf")
    assert set(debt_help) == {"question", "yes", "no"}


def test_the_language_card_knows_at_least_twenty_four_languages_once_each() -> None:
    card = load("language-card.json")
    assert card["title"] == {"nl": "Wijs uw taal aan", "en": "Point to your language"}
    languages = card["languages"]
    assert len(languages) >= 24
    for key in ("code", "name", "nl"):
        assert len({language[key] for language in languages}) == len(languages)
    for language in languages:
        assert set(language) == {"code", "name", "nl", "dir", "sentence"}
        assert all(value.strip() == value and value for value in language.values())
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", language["code"])


def test_whoever_speaks_a_language_of_the_card_can_say_so() -> None:
    assert sorted(one["code"] for one in load("language-card.json")["languages"]) == list(SPOKEN)


def test_each_language_on_the_card_runs_the_way_its_script_runs() -> None:
    for language in load("language-card.json")["languages"]:
        for text in (language["name"], language["sentence"]):
            strong = next(
                kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}
            )
            assert language["dir"] == ("ltr" if strong == "L" else "rtl"), language["code"]

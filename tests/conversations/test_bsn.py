"""A BSN is masked wherever it hides; everything else people type stays as it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.conversations.bsn import is_bsn, mask_bsn

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


def _with_last_digit(digits: str) -> str:
    """Eight digits and the ninth that passes the elfproef; '' where none does."""
    rest = sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
    return f"{digits}{rest}" if rest < 10 and int(digits) else ""


bsns = st.from_regex(r"[0-9]{8}", fullmatch=True).map(_with_last_digit).filter(bool)
words = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


@given(words, bsns, words)
def test_a_bsn_among_words_loses_its_digits_and_nothing_else(
    before: str, bsn: str, after: str
) -> None:
    assert mask_bsn(f"{before}{bsn}{after}") == f"{before}*********{after}"


@given(bsns, st.sampled_from([(3, 3), (4, 2)]), st.sampled_from(" .-\u00a0"))
def test_a_bsn_in_groups_is_masked_too(bsn: str, cut: tuple[int, int], sign: str) -> None:
    first, second = cut[0], sum(cut)
    text = sign.join([bsn[:first], bsn[first:second], bsn[second:]])
    assert mask_bsn(f"x{text}x") == f"x{re.sub(r'[0-9]', '*', text)}x"


@given(st.text())
def test_masking_twice_is_masking_once_and_keeps_the_length(text: str) -> None:
    once = mask_bsn(text)
    assert mask_bsn(once) == once
    assert len(once) == len(text)


@given(bsns, st.integers(0, 9))
def test_nine_digits_that_fail_the_elfproef_stay(bsn: str, last: int) -> None:
    other = f"{bsn[:8]}{last}"
    assert is_bsn(other) == (other == bsn)
    assert (mask_bsn(other) == other) == (other != bsn)


@given(bsns, st.from_regex(r"[0-9]{1,5}", fullmatch=True))
def test_part_of_a_longer_number_stays(bsn: str, more: str) -> None:
    assert mask_bsn(bsn + more) == bsn + more
    assert mask_bsn(more + bsn) == more + bsn


@pytest.mark.parametrize(
    "text",
    ["0612345678", "06-12345678", "NL91 ABNA 0417 1643 00", "000000000", "€ 1.250,00", "9991 WH"],
)
def test_telephone_numbers_accounts_and_amounts_stay(text: str) -> None:
    assert mask_bsn(text) == text


def test_a_bsn_that_begins_inside_another_candidate_is_found() -> None:
    assert mask_bsn("111 111 222 333") == "111 *** *** ***"


def test_a_bsn_in_arabic_digits_is_masked() -> None:
    assert mask_bsn("رقم ١١١٢٢٢٣٣٣") == "رقم *********"

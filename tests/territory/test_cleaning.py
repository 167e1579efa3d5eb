"""Cells are made alike, or refused with a reason."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outreach.territory import cleaning
from outreach.territory.problems import Refusal

DIGITS = "123456789"
CLEANERS = [
    cleaning.postcode,
    cleaning.house_number,
    cleaning.house_letter,
    cleaning.house_suffix,
    cleaning.street,
    cleaning.city,
    cleaning.use,
    cleaning.bag_id,
    cleaning.entrance,
]


@given(
    st.integers(1000, 9999),
    st.text("abcxyzABCXYZ", min_size=2, max_size=2),
    st.sampled_from(["", " ", "  ", "\u00a0"]),
    st.sampled_from(["", " "]),
)
def test_a_postcode_is_one_postcode_however_it_is_typed(
    digits: int, letters: str, between: str, around: str
) -> None:
    typed = f"{around}{digits}{between}{letters}{around}"
    assert cleaning.postcode(typed) == f"{digits}{letters.upper()}"


@pytest.mark.parametrize("raw", ["0123AB", "123AB", "1234A", "1234ABC", "12345", "１２３４AB"])
def test_what_is_no_postcode_is_refused(raw: str) -> None:
    with pytest.raises(Refusal) as refusal:
        cleaning.postcode(raw)
    assert refusal.value.code == "postcode"


@pytest.mark.parametrize("clean", CLEANERS)
@given(raw=st.text(max_size=100))
def test_cleaning_ends_and_cleaning_again_changes_nothing(clean: object, raw: str) -> None:
    assert callable(clean)
    try:
        once = clean(raw)
    except Refusal:
        return
    assert clean(str(once)) == once


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20))
def test_emoji_quotes_and_right_to_left_names_pass_unharmed(name: str) -> None:
    assume(name.split())
    assume(not any(sign.isdigit() for sign in name))
    expected = unicodedata.normalize("NFC", " ".join(name.split()))
    assume(len(expected) <= cleaning.STREET_LENGTH)
    assert cleaning.street(name) == expected


def test_a_house_number_is_whole_and_never_nought() -> None:
    assert [cleaning.house_number(raw) for raw in ("1", " 12 ", "00012")] == [1, 12, 12]
    for raw in ("0", "-1", "1.5", "12a", "100000", "²", "1e3"):
        with pytest.raises(Refusal):
            cleaning.house_number(raw)


@pytest.mark.parametrize(
    ("typed", "door"),
    [
        ("12a", ("12", "a", "")),
        ("12 A", ("12", "A", "")),
        ("12-2", ("12", "", "2")),
        ("12 a-hs", ("12", "a", "hs")),
        ("12/3", ("12", "", "3")),
        ("twaalf", ("twaalf", "", "")),
    ],
)
def test_a_door_written_in_one_cell_is_taken_apart(typed: str, door: tuple[str, ...]) -> None:
    assert cleaning.split_number(typed, "", "") == door


def test_a_door_is_not_taken_apart_when_the_letter_has_a_cell() -> None:
    assert cleaning.split_number("12a", "B", "") == ("12a", "B", "")


def test_the_first_nought_of_a_bag_id_is_put_back() -> None:
    assert cleaning.bag_id("363200000081086") == "0363200000081086"
    assert cleaning.bag_id("") == ""
    with pytest.raises(Refusal):
        cleaning.bag_id("3,632E+14")


def test_a_long_list_of_uses_is_cut_after_a_whole_word() -> None:
    uses = "gezondheidszorgfunctie,bijeenkomstfunctie,winkelfunctie,celfunctie"
    assert cleaning.use(uses) == "gezondheidszorgfunctie,bijeenkomstfunctie,winkelfunctie"


def test_a_decimal_comma_is_read_as_a_point() -> None:
    assert cleaning.place("52,37", " 5.22 ") == (52.37, 5.22)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("", "5.2", "coordinates-missing"),
        ("52.37", "oost", "coordinates"),
        ("5.22", "52.37", "coordinates-swapped"),
        ("48.85", "2.35", "coordinates-outside"),
        ("nan", "5.22", "coordinates-outside"),
        ("52.37", "inf", "coordinates-outside"),
        ("5.241.681.018", "5.22", "coordinates"),
    ],
)
def test_broken_coordinates_say_what_is_wrong(lat: str, lon: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        cleaning.place(lat, lon)
    assert refusal.value.code == code


@given(st.lists(st.floats(), min_size=1, max_size=5), st.lists(st.floats(), min_size=1, max_size=5))
def test_a_column_of_places_passes_only_when_each_place_does(
    lats: list[float], lons: list[float]
) -> None:
    inside = all(cleaning.is_inside(a, a, o, o) for a in lats for o in lons)
    try:
        cleaning.refuse_any_outside(lats, lons)
    except Refusal:
        assert not inside
    else:
        assert inside


def test_a_bsn_is_told_by_the_elfproef() -> None:
    assert cleaning.is_bsn("111222333")
    assert not cleaning.is_bsn("123456789")
    with pytest.raises(Refusal) as refusal:
        cleaning.street("Wilgenhof 111222333")
    assert refusal.value.code == "bsn"
    assert cleaning.street("Wilgenhof 123456789") == "Wilgenhof 123456789"
    assert cleaning.street("Lijn 11112223334") == "Lijn 11112223334"


def test_a_cleaner_that_remembers_forgets_before_it_fills_memory() -> None:
    remembering = cleaning.Remembering(str.upper)
    for number in range(cleaning.MOST_REMEMBERED + 10):
        assert remembering[f"a{number}"] == f"A{number}"
    assert len(remembering) <= cleaning.MOST_REMEMBERED

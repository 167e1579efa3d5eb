"""Headers are recognised under the names Dutch lists use; what is missing is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.territory.columns import NAMES, SEPARATORS, Layout, recognise, take_header
from outreach.territory.lines import Lines
from outreach.territory.problems import UnreadableList
from tests.territory.lists import BAGADRES_FULL, BAGADRESPLUS, HEADER


def fault(header: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(UnreadableList) as refusal:
        recognise(header)
    return refusal.value.errors[0].code, dict(refusal.value.errors[0].params)


def named(layout: Layout) -> dict[str, str]:
    return {field: layout.header[at] for field, at in layout.places.items()}


def test_nlextract_bagadres_full_is_recognised() -> None:
    found = named(recognise(BAGADRES_FULL))
    assert found["street"] == "openbareruimte"
    assert found["use"] == "verblijfsobjectgebruiksdoel"
    assert found["bag_id"] == "nummeraanduiding"
    assert {"lat", "lon", "house_letter", "house_suffix"} <= found.keys()


def test_nlextract_bagadresplus_is_recognised_with_its_columns_per_use() -> None:
    layout = recognise(BAGADRESPLUS)
    assert named(layout)["street"] == "openbareruimtenaam"
    assert named(layout)["bag_id"] == "nummeraanduiding_id"
    assert list(layout.uses)[:2] == ["woonfunctie", "bijeenkomstfunctie"]
    assert "use" in layout.fields
    assert "woningtype" not in layout.ignored
    assert "gemeentecode" in layout.ignored


@pytest.mark.parametrize("separator", SEPARATORS)
def test_every_separator_is_found(separator: str) -> None:
    layout = recognise(separator.join(HEADER))
    assert (layout.separator, len(layout.places)) == (separator, len(HEADER))


def test_english_names_and_odd_spelling_are_recognised() -> None:
    found = named(recognise('"Street Name",House_Number,"Postal code",CITY'))
    assert set(found) == {"street", "house_number", "postcode", "city"}


def test_missing_columns_are_all_named() -> None:
    assert fault("straat;postcode;telefoon") == (
        "file-misses-columns",
        {"columns": "huisnummer, woonplaats"},
    )


def test_half_a_coordinate_is_a_missing_column() -> None:
    assert fault("straat;huisnummer;postcode;plaats;lat")[1] == {"columns": "lon"}


@pytest.mark.parametrize("header", ["Wilgenhof;1;1355AB;Wilgendam", "", ";;;", "x" * 70_000])
def test_a_first_line_without_names_is_no_header(header: str) -> None:
    assert fault(header)[0] == "file-has-no-header"


@pytest.mark.parametrize("name", ["BSN", "burgerservicenummer", "bsn-nummer"])
def test_a_column_of_bsns_refuses_the_list(name: str) -> None:
    assert fault(f"straat;huisnummer;postcode;plaats;{name}")[0] == "file-holds-bsn"


def test_columns_we_do_not_know_are_named_and_not_read() -> None:
    layout = recognise("straat;huisnummer;postcode;plaats;bewoner")
    assert layout.ignored == ["bewoner"]
    assert layout.read_columns == [0, 1, 2, 3]


def test_blank_lines_and_excels_own_line_come_before_the_header() -> None:
    texts = ["", "sep=,", " ", "straat,huisnummer,postcode,plaats", "a,1,1234AB,b"]
    layout, rest = take_header(iter([Lines(1, texts)]))
    assert layout.separator == ","
    assert (rest.first, rest.texts) == (5, ["a,1,1234AB,b"])


@given(st.permutations(sorted(NAMES)), st.sampled_from(SEPARATORS))
def test_the_order_of_columns_does_not_matter(fields: list[str], separator: str) -> None:
    header = separator.join(NAMES[field].split()[0].upper() for field in fields)
    assert recognise(header).places == {field: fields.index(field) for field in fields}

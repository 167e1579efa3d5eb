"""A BAG extract goes in: only what holds today, put together from its parts, and the rest named."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from outreach import clock
from outreach.territory.importing import ImportResult, import_addresses
from outreach.territory.problems import ImportCancelled, UnreadableList
from outreach.territory.reading import RefusedRow
from outreach.territory.watching import Watch
from tests.factories.extract import (
    Extract,
    Span,
    X,
    Y,
    doors,
    number,
    number_id,
    outline,
    place,
    point,
    street,
    town,
)
from tests.territory.lists import door, stream, written
from tests.territory.register import HERE, rows

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(autouse=True)
def _a_fixed_day() -> object:
    """Today is the second of February 2026."""
    clock.replay(4, datetime(2026, 2, 2, 9, tzinfo=UTC))
    yield
    clock.release()


def counts(result: ImportResult) -> tuple[int, ...]:
    return tuple(result.counts.values())


def taken(register: Connection, extract: Extract) -> list[int]:
    import_addresses(register, HERE, extract.stream())
    return [row["house_number"] for row in rows(register)]


def refusals(register: Connection, extract: Extract) -> list[tuple[str, str]]:
    found: list[RefusedRow] = []
    watch = Watch(refused=lambda row, _layout: found.append(row))
    import_addresses(register, HERE, extract.stream(), watch=watch)
    return [(row.bag_id, " ".join(row.reasons)) for row in found]


def reason(register: Connection, extract: Extract) -> str:
    with pytest.raises(UnreadableList) as refusal:
        import_addresses(register, HERE, extract.stream())
    assert rows(register) == []
    return refusal.value.errors[0].code


def test_an_address_is_put_together_from_its_parts(register: Connection) -> None:
    extract = Extract(
        [number(12, huisletter="a", huisnummertoevoeging="2")],
        [place(12, uses=["woonfunctie", "winkelfunctie"])],
    )
    result = import_addresses(register, HERE, extract.stream())
    assert counts(result) == (1, 1, 0, 0, 0, 0)
    [row] = rows(register)
    assert (row["house_number"], row["house_letter"], row["house_suffix"]) == (12, "a", "2")
    assert (row["street"], row["city"], row["postcode"]) == ("Wilgenhof", "Wilgendam", "1355AB")
    assert (row["bag_id"], row["use"]) == (number_id(12), "woonfunctie,winkelfunctie")
    assert (row["lat"], row["lon"]) == pytest.approx((52.155173, 5.387379), abs=1e-5)
    assert row["id"] != row["bag_id"]


def test_the_preview_tells_what_was_read_and_from_which_day(register: Connection) -> None:
    past = number(3, span=Span(end="2019-01-01"))
    extract = Extract([number(1), past, number(2, status="Naamgeving ingetrokken")], [place(1)])
    result = import_addresses(register, HERE, extract.stream(), dry_run=True)
    understood = result.understood
    assert (understood.format, understood.as_of) == ("bag-extract", "2025-09-15")
    assert understood.past == 2
    assert understood.columns["street"] == "openbareruimte"
    assert understood.ignored == ["Leveringsdocument-BAG-Extract.xml", "9999PND15092025.zip"]
    assert [row["bag_id"] for row in result.sample] == [number_id(1)]
    assert rows(register) == []


def test_the_same_extract_again_changes_nothing(register: Connection) -> None:
    import_addresses(register, HERE, doors(1, 2, 3).stream())
    before = rows(register)
    assert counts(import_addresses(register, HERE, doors(1, 2, 3).stream())) == (3, 0, 0, 3, 0, 0)
    assert rows(register) == before


MOMENT = "2020-05-05T10:00:00.000"


@pytest.mark.parametrize(
    ("span", "is_there"),
    [
        (Span(), True),
        (Span(end="2026-02-03"), True),
        (Span(end="2026-02-02"), False),
        (Span(begin="2026-02-02"), True),
        (Span(begin="2026-02-03"), False),
        (Span(struck_out=MOMENT), False),
        (Span(struck_out=MOMENT, struck_out_as="tijdstipInactiefLV"), False),
        (Span(struck_out=MOMENT, struck_out_as="tijdstipNietBagLV"), False),
    ],
)
def test_only_what_holds_today_is_taken(
    register: Connection, span: Span, *, is_there: bool
) -> None:
    extract = Extract([number(1, span=span), number(2)], [place(1), place(2)])
    assert taken(register, extract) == ([1, 2] if is_there else [2])


def test_of_several_that_hold_the_newest_counts_and_the_other_is_named(
    register: Connection,
) -> None:
    old, new = Span(occurrence=1), Span(occurrence=2)
    extract = Extract(
        [number(1, postcode="1355AA", span=old), number(1, span=new)],
        [place(1, uses=["kantoorfunctie"], span=new), place(1, span=old)],
        streets=[street("Wilgenlaan", span=new), street(span=old)],
        towns=[town("Oud-Wilgendam", span=old), town(span=new)],
    )
    assert refusals(register, extract) == [(number_id(1), "double")]
    [row] = rows(register)
    assert (row["postcode"], row["use"]) == ("1355AB", "kantoorfunctie")
    assert (row["street"], row["city"]) == ("Wilgenlaan", "Wilgendam")


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("Verblijfsobject in gebruik", ""),
        ("Verblijfsobject in gebruik (niet ingemeten)", ""),
        ("Verbouwing verblijfsobject", ""),
        ("Verblijfsobject buiten gebruik", ""),
        ("Verblijfsobject gevormd", "not-built"),
        ("Verblijfsobject ingetrokken", "object-missing coordinates-missing"),
        ("Niet gerealiseerd verblijfsobject", "object-missing coordinates-missing"),
        ("Verblijfsobject ten onrechte opgevoerd", "object-missing coordinates-missing"),
    ],
)
def test_a_home_that_is_not_there_is_named_with_its_reason(
    register: Connection, status: str, refusal: str
) -> None:
    extract = Extract([number(1)], [place(1, status=status)])
    assert refusals(register, extract) == ([(number_id(1), refusal)] if refusal else [])


def test_berths_and_pitches_are_homes_in_the_middle_of_their_outline(register: Connection) -> None:
    square = outline([(X, Y), (X + 20, Y), (X + 20, Y + 20), (X, Y + 20), (X, Y)])

    def lot(at: int, kind: str) -> str:
        return place(at, kind=kind, uses=(), status="Plaats aangewezen", geometry=square)

    extract = Extract(
        [number(1), number(2), number(3)],
        [place(3, geometry=point(X + 10, Y + 10))],
        berths=[lot(1, "Ligplaats")],
        pitches=[lot(2, "Standplaats")],
    )
    import_addresses(register, HERE, extract.stream())
    found = rows(register)
    assert [row["use"] for row in found] == ["ligplaats", "standplaats", "woonfunctie"]
    assert len({(row["lat"], row["lon"]) for row in found}) == 1


def test_a_side_address_lies_where_its_home_is_and_its_own_home_comes_first(
    register: Connection,
) -> None:
    homes = [place(1, side=[number_id(2), number_id(3)]), place(3, uses=["winkelfunctie"])]
    import_addresses(register, HERE, Extract([number(n) for n in (1, 2, 3)], homes).stream())
    found = rows(register)
    assert [row["use"] for row in found] == ["woonfunctie", "woonfunctie", "winkelfunctie"]
    assert found[0]["lon"] == found[1]["lon"] != found[2]["lon"]


def test_a_number_may_lie_in_another_town_than_its_street(register: Connection) -> None:
    extract = Extract(
        [number(1, town="9002"), number(2)],
        [place(1), place(2)],
        towns=[town(), town("Elzendam", at="9002")],
    )
    import_addresses(register, HERE, extract.stream())
    assert [row["city"] for row in rows(register)] == ["Elzendam", "Wilgendam"]


def test_what_is_wrong_with_an_address_is_told_with_its_bag_number(register: Connection) -> None:
    abroad = point(X + 500_000, Y)
    extract = Extract(
        [
            number(1, postcode=""),
            number(2, street="9990300000000099"),
            number(3, town="9099"),
            number(4),
            number(5),
            number(6),
            number(7, huisnummer="6"),
            number(8, identificatie="12"),
            number(9),
        ],
        [
            *map(place, (1, 2, 3)),
            place(4, geometry=abroad),
            place(5, geometry=point(X, Y).replace("155000.0", "oost")),
            *map(place, (6, 7, 8)),
        ],
    )
    assert sorted(refusals(register, extract)) == [
        ("12", "object-missing bag-id coordinates-missing"),
        (number_id(1), "postcode-missing"),
        (number_id(2), "street-missing city-missing"),
        (number_id(3), "city-missing"),
        (number_id(4), "coordinates-outside"),
        (number_id(5), "coordinates-missing"),
        (number_id(7), "double"),
        (number_id(9), "object-missing coordinates-missing"),
    ]
    assert [row["house_number"] for row in rows(register)] == [6]


@pytest.mark.parametrize("part", ["WPL", "OPR", "VBO", "NUM"])
def test_an_extract_without_one_of_its_parts_says_which(register: Connection, part: str) -> None:
    extract = Extract([number(1)], [place(1)], without=[part])
    with pytest.raises(UnreadableList) as refusal:
        import_addresses(register, HERE, extract.stream())
    [fault] = refusal.value.errors
    assert fault.code == "extract-misses-parts"
    assert f"({part})" in str(fault.params["parts"])
    assert rows(register) == []


def test_a_town_without_berths_or_pitches_is_an_extract_too(register: Connection) -> None:
    assert taken(register, Extract([number(1)], [place(1)], without=["LIG", "STA"])) == [1]


def test_an_extract_in_which_nothing_holds_today_says_so(register: Connection) -> None:
    gone = number(1, span=Span(end="2019-01-01"))
    assert reason(register, Extract([gone], [place(1)])) == "extract-has-no-addresses"


def test_a_list_and_an_extract_meet_in_one_address(register: Connection) -> None:
    import_addresses(register, HERE, stream(written([door(1)])))
    [before] = rows(register)
    assert counts(import_addresses(register, HERE, doors(1, 2).stream())) == (2, 1, 1, 0, 0, 0)
    first = rows(register)[0]
    assert (first["id"], first["bag_id"]) == (before["id"], number_id(1))


def test_a_wish_to_stop_leaves_nothing(register: Connection) -> None:
    seen: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: seen.append((done, total)), lambda: len(seen) == 3)
    with pytest.raises(ImportCancelled):
        import_addresses(register, HERE, doors(1, 2).stream(), watch=watch)
    assert len(seen) == 3
    assert rows(register) == []


def test_progress_rises_to_the_end(register: Connection) -> None:
    seen: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: seen.append((done, total)))
    import_addresses(register, HERE, doors(*range(1, 900)).stream(), watch=watch)
    assert seen == sorted(seen)
    assert len(seen) > 8
    assert seen[-1][0] == seen[-1][1]


FACTS = st.fixed_dictionaries(
    {
        "huisnummer": st.sampled_from(["1", "2", "3", "0", "", "12a"]),
        "postcode": st.sampled_from(["1355AB", "", "x"]),
        "status": st.sampled_from(["Naamgeving uitgegeven", "Naamgeving ingetrokken"]),
    }
)
SPANS = st.builds(
    Span,
    begin=st.sampled_from(["2010-01-01", "2030-01-01"]),
    end=st.sampled_from(["", "2020-01-01"]),
    occurrence=st.integers(1, 3),
)


@given(st.lists(st.tuples(st.integers(1, 4), FACTS, SPANS), min_size=1, max_size=8))
@SHARED
def test_every_address_is_counted_once_and_importing_twice_is_importing_once(
    register: Connection, given_numbers: list[tuple[int, dict[str, str], Span]]
) -> None:
    numbers = [number(at, span=span, **facts) for at, facts, span in given_numbers]
    extract = Extract(numbers, [place(1), place(2), place(3)])
    try:
        first = import_addresses(register, HERE, extract.stream())
    except UnreadableList as refusal:
        assert refusal.errors[0].code == "extract-has-no-addresses"  # noqa: PT017 - one of two ends
        return
    assert first.read == sum(counts(first)[1:])
    assert first.read + first.understood.past == len(numbers)
    before = rows(register)
    again = import_addresses(register, HERE, extract.stream())
    assert (again.imported, again.changed) == (0, 0)
    assert rows(register) == before

"""An import takes the good rows, hands back the others, and leaves nothing half-done."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from outreach import clock
from outreach.territory.importing import ImportResult, import_addresses
from outreach.territory.problems import UnreadableList
from outreach.territory.reading import RefusedRow
from outreach.territory.watching import Watch
from tests.territory.lists import (
    BAGADRES_FULL,
    BAGADRESPLUS,
    HEADER,
    door,
    stream,
    street,
    written,
)
from tests.territory.register import HERE, THERE, rows

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def counts(result: ImportResult) -> tuple[int, ...]:
    return tuple(result.counts.values())


def refusals(register: Connection, listed: str) -> list[tuple[int, str]]:
    found: list[RefusedRow] = []
    watch = Watch(refused=lambda row, _layout: found.append(row))
    import_addresses(register, HERE, stream(listed), watch=watch)
    return [(row.line, " ".join(row.reasons)) for row in found]


def test_a_list_goes_in_and_says_what_it_did(register: Connection) -> None:
    result = import_addresses(register, HERE, street(3))
    assert result.counts == {
        "read": 3,
        "imported": 3,
        "changed": 0,
        "unchanged": 0,
        "doubles": 0,
        "refused": 0,
    }
    understood = result.understood
    assert (understood.encoding, understood.separator, understood.packed) == ("utf-8", ";", False)
    assert (understood.format, understood.columns["street"]) == ("list", "straat")
    assert result.sample[0]["street"] == "Wilgenhof"
    first = rows(register)[0]
    assert (first["street"], first["house_number"], first["lat"]) == ("Wilgenhof", 1, 52.37)
    assert (first["bag_id"], first["use"], first["entrance"]) == ("", "", "")


def test_the_same_list_again_changes_nothing_and_says_so(register: Connection) -> None:
    import_addresses(register, HERE, street(300))
    before = rows(register)
    assert counts(import_addresses(register, HERE, street(300))) == (300, 0, 0, 300, 0, 0)
    assert rows(register) == before


def test_changed_facts_are_written_and_the_address_stays_itself(register: Connection) -> None:
    import_addresses(register, HERE, street(2))
    ids = [row["id"] for row in rows(register)]
    renamed = written([door(1, straat="Wilgenlaan"), door(2), door(3)])
    assert counts(import_addresses(register, HERE, stream(renamed))) == (3, 1, 1, 1, 0, 0)
    after = rows(register)
    assert [row["street"] for row in after] == ["Wilgenlaan", "Wilgenhof", "Wilgenhof"]
    assert [row["id"] for row in after[:2]] == ids


def test_a_list_without_a_column_leaves_that_fact_alone(register: Connection) -> None:
    bag = ["0363200000081086", "woonfunctie"]
    rich = written([[*door(1), *bag]], header=[*HEADER, "nummeraanduiding_id", "gebruiksdoel"])
    import_addresses(register, HERE, stream(rich))
    poor = written([door(1)[:6]], header=HEADER[:6])
    assert counts(import_addresses(register, HERE, stream(poor))) == (1, 0, 0, 1, 0, 0)
    [row] = rows(register)
    assert (row["bag_id"], row["use"], row["lat"]) == (*bag, 52.37)


def test_a_list_without_coordinates_goes_in_without_them(register: Connection) -> None:
    poor = written([door(1)[:6]], header=HEADER[:6])
    assert import_addresses(register, HERE, stream(poor)).imported == 1
    assert rows(register)[0]["lat"] is None


def test_municipalities_do_not_see_each_other(register: Connection) -> None:
    import_addresses(register, HERE, street(2))
    assert import_addresses(register, THERE, street(3)).imported == 3
    assert (len(rows(register)), len(rows(register, THERE))) == (2, 3)


def test_a_dry_run_says_the_same_and_stores_nothing(register: Connection) -> None:
    import_addresses(register, HERE, street(2))
    listed = written([door(1, straat="Elders"), door(2), door(3), door(3), door("nul")])
    tried = import_addresses(register, HERE, stream(listed), dry_run=True)
    assert len(rows(register)) == 2
    assert counts(tried) == (5, 1, 1, 1, 1, 1)
    assert counts(import_addresses(register, HERE, stream(listed))) == counts(tried)


def test_good_rows_go_in_and_bad_ones_come_back_with_line_and_reason(
    register: Connection,
) -> None:
    listed = written(
        [
            door(1, postcode="1234 ab"),
            door(2, postcode="1234A"),
            door(0),
            door(3, lat=""),
            door(4, lat="5.22", lon="52.37"),
            door(5, straat="", woonplaats=" "),
            door(6)[:5],
            door(7, straat="Laan 111222333"),
            door(8, lat="52,37", lon="5,22"),
            door(1, postcode="1234AB"),
        ]
    )
    assert refusals(register, listed + "\n;;;;;;;\n") == [
        (3, "postcode"),
        (4, "house-number"),
        (5, "coordinates-missing"),
        (6, "coordinates-swapped"),
        (7, "street-missing city-missing"),
        (8, "columns"),
        (9, "bsn"),
        (11, "double"),
    ]
    assert [(row["postcode"], row["house_number"]) for row in rows(register)] == [
        ("1234AB", 1),
        ("1355AB", 8),
    ]


def test_of_doubles_the_first_one_counts(register: Connection) -> None:
    listed = written([door(1), door(1, straat="Anders"), door(1, huisletter="a"), door("1A")])
    result = import_addresses(register, HERE, stream(listed))
    assert counts(result) == (4, 3, 0, 0, 1, 0)
    assert {row["street"] for row in rows(register)} == {"Wilgenhof"}
    assert sorted(row["house_letter"] for row in rows(register)) == ["", "A", "a"]


def test_a_double_far_away_in_the_file_is_found(register: Connection) -> None:
    listed = written([*(door(n) for n in range(1, 9001)), door(1)])
    assert refusals(register, listed) == [(9002, "double")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("packed", [True, False])
def test_every_encoding_and_separator_gives_the_same_address(
    register: Connection, separator: str, encoding: str, *, packed: bool
) -> None:
    listed = written([door(1, straat="Façadeë; 'hof'", lat="52.37")], separator=separator)
    result = import_addresses(register, HERE, stream(listed, encoding, packed=packed))
    assert (result.understood.encoding, result.understood.separator) == (encoding, separator)
    assert rows(register)[0]["street"] == "Façadeë; 'hof'"


def test_emoji_right_to_left_and_fields_of_two_lines_pass_unharmed(register: Connection) -> None:
    names = ["🏠 hof", "שדרה", 'De "Hoek"', "Robert'); DROP TABLE address;--", "Twee\nregels"]
    listed = written([door(number, straat=name) for number, name in enumerate(names, 1)])
    assert counts(import_addresses(register, HERE, stream(listed))) == (5, 5, 0, 0, 0, 0)
    assert [row["street"] for row in rows(register)] == [*names[:4], "Twee regels"]


def test_nlextract_bagadres_full_goes_in_with_its_bag_id_and_use(register: Connection) -> None:
    line = (
        "Wilgenhof;12;A;2;1355AB;Wilgendam;Wilgendam;Flevoland;0363200000081086;woonfunctie;96;"
        "Verblijfsobject in gebruik;0363010000784610;VBO;f;0363100012181960;Pand in gebruik;"
        "1985;122177;487877;5.22;52.37;"
    )
    import_addresses(register, HERE, stream(f"{BAGADRES_FULL}\n{line}\n"))
    [row] = rows(register)
    door_ = [row[name] for name in ("house_number", "house_letter", "house_suffix")]
    assert door_ == [12, "A", "2"]
    assert (row["bag_id"], row["use"], row["lat"]) == ("0363200000081086", "woonfunctie", 52.37)
    assert row["id"] != row["bag_id"]


def test_nlextract_bagadresplus_goes_in_with_its_uses_joined(register: Connection) -> None:
    line = (
        "Wilgenhof;;0363300000006091;12;;;1355AB;0363200000081086;Wilgendam;1024;Wilgendam;0363;"
        "Flevoland;27;0;Verblijfsobject;Verblijfsobject in gebruik;96;1;0363010000784610;"
        "122177;487877;5.22;52.37;1;0;0;0;0;0;0;0;0;1;0"
    )
    broken = line.replace(";12;", ";x;")
    result = import_addresses(register, HERE, stream(f"{BAGADRESPLUS}\n{line}\n{broken}\n"))
    assert counts(result) == (2, 1, 0, 0, 0, 1)
    assert rows(register)[0]["use"] == "woonfunctie,winkelfunctie"


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        ("", "file-is-empty"),
        ("straat;huisnummer\n", "file-misses-columns"),
        (";".join(HEADER), "file-has-no-rows"),
        (";".join(HEADER) + "\n\n;;\n", "file-has-no-rows"),
        ("Wilgenhof#1#1355AB\n", "file-has-no-header"),
    ],
)
def test_a_file_that_is_no_list_stores_nothing(
    register: Connection, listed: str, code: str
) -> None:
    with pytest.raises(UnreadableList) as refusal:
        import_addresses(register, HERE, stream(listed))
    assert refusal.value.errors[0].code == code
    assert rows(register) == []


def test_a_list_of_bad_rows_only_stores_nothing_and_tells_each(register: Connection) -> None:
    result = import_addresses(register, HERE, stream(written([door("x"), door("y")])))
    assert counts(result) == (2, 0, 0, 0, 0, 2)
    assert [row["line"] for row in result.refusals] == [2, 3]


def test_progress_rises_to_the_last_line(register: Connection) -> None:
    seen: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: seen.append((done, total)))
    import_addresses(register, HERE, street(20000), watch=watch)
    assert seen == sorted(seen)
    assert len(seen) > 3
    assert seen[-1] == (20001, 20002)


def test_ids_are_random_and_a_replayed_clock_makes_the_same(register: Connection) -> None:
    clear = text("DELETE FROM address")

    def ids(seed: int) -> list[str]:
        clock.replay(seed, datetime(2026, 2, 3, tzinfo=UTC))
        import_addresses(register, THERE, street(50))
        found = [row["id"] for row in rows(register, THERE)]
        register.execute(clear)
        register.commit()
        return found

    try:
        first, again, other = ids(1), ids(1), ids(2)
    finally:
        clock.release()
    assert first == again
    assert not set(first) & set(other)
    assert {UUID(one).version for one in first} == {4}
    assert {UUID(one).variant for one in first} == {UUID(int=0, version=4).variant}


@given(data=st.binary(max_size=300))
@SHARED
def test_any_bytes_below_a_header_are_read_or_refused(register: Connection, data: bytes) -> None:
    source = io.BytesIO(";".join(HEADER).encode() + b"\n" + data)
    try:
        result = import_addresses(register, HERE, source, dry_run=True)
    except UnreadableList:
        return
    assert result.read == sum(counts(result)[1:])


CELLS = st.one_of(
    st.sampled_from(["1", "12a", "A", "", "1355AB", "1355 ab", "Wilgenhof", "52.37", "5,22"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6),
)


@given(table=st.lists(st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=6))
@example(table=[["Wilgenhof", "1", "", "", "1355AB", "Wilgendam", "52.37", "5.22"]] * 2)
@SHARED
def test_every_row_is_counted_once_and_importing_twice_is_importing_once(
    register: Connection, table: list[list[str]]
) -> None:
    listed = written(table)
    try:
        first = import_addresses(register, HERE, stream(listed))
    except UnreadableList:
        assert not any("".join(cells).strip() for cells in table)
        return
    assert first.read == sum(counts(first)[1:])
    before = rows(register)
    again = import_addresses(register, HERE, stream(listed))
    assert (again.imported, again.changed) == (0, 0)
    assert rows(register) == before

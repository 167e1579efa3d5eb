"""An address stays itself: known by its BAG number where it has one, else by its door."""

from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from outreach.db import db
from outreach.territory.importing import import_addresses
from tests.territory.lists import HEADER, door, stream, written
from tests.territory.register import HERE, THERE, prepare, rows

SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
Home = tuple[int, int]  # BAG number (0: none told), house number


@pytest.fixture
def register(app: Flask) -> Iterator[Connection]:
    """The register of the database under test: moving doors leans on how it checks them."""
    prepare(db.engine)
    with db.engine.connect() as connection:
        yield connection


def listed(homes: Iterable[Home]) -> str:
    return written(
        [[*door(number), f"{bag:016}" if bag else ""] for bag, number in homes],
        header=[*HEADER, "nummeraanduiding"],
    )


def bring(register: Connection, homes: Iterable[Home], where: str = HERE) -> tuple[int, int]:
    """Import these homes, having tried it first; gives what was new and what changed."""
    file = listed(homes)
    tried = import_addresses(register, where, stream(file), dry_run=True)
    done = import_addresses(register, where, stream(file))
    assert tried.counts == done.counts
    return done.imported, done.changed


def ids(register: Connection, where: str = HERE) -> dict[int, str]:
    """House number → id."""
    return {row["house_number"]: row["id"] for row in rows(register, where)}


def homes_in(register: Connection) -> list[Home]:
    return [(int(row["bag_id"] or 0), row["house_number"]) for row in rows(register)]


def test_a_home_with_another_door_is_the_same_home(register: Connection) -> None:
    bring(register, [(101, 1), (102, 2)])
    before = ids(register)
    assert bring(register, [(101, 31), (102, 2)]) == (0, 1)
    assert ids(register) == {31: before[1], 2: before[2]}


def test_a_whole_street_may_shift_and_two_homes_may_swap(register: Connection) -> None:
    bring(register, [(101, 1), (102, 2), (103, 3), (104, 8), (105, 9)])
    before = ids(register)
    assert bring(register, [(101, 2), (102, 3), (103, 4), (104, 9), (105, 8)]) == (0, 5)
    after = ids(register)
    assert [after[n] for n in (2, 3, 4)] == [before[n] for n in (1, 2, 3)]
    assert (after[9], after[8]) == (before[8], before[9])
    assert 1 not in after


def test_where_a_home_left_another_may_come(register: Connection) -> None:
    bring(register, [(101, 1)])
    before = ids(register)
    assert bring(register, [(101, 2), (102, 1)]) == (1, 1)
    assert ids(register)[2] == before[1]
    assert homes_in(register) == [(102, 1), (101, 2)]


def test_a_door_that_is_taken_by_who_stays_decides(register: Connection) -> None:
    bring(register, [(101, 1), (102, 2)])
    before = ids(register)
    assert bring(register, [(101, 2)]) == (0, 1)
    assert ids(register) == before
    assert homes_in(register) == [(0, 1), (101, 2)]
    assert bring(register, [(101, 2)]) == (0, 0)


def test_who_waits_for_a_door_that_does_not_come_free_stays_too(register: Connection) -> None:
    bring(register, [(101, 1), (102, 2), (103, 3)])
    before = ids(register)
    bring(register, [(101, 2), (102, 3)])  # 3 stays: then 2 does, and so 1
    assert ids(register) == before
    assert homes_in(register) == [(0, 1), (101, 2), (102, 3)]


def test_a_plain_list_without_numbers_is_known_by_its_door(register: Connection) -> None:
    bring(register, [(0, 1), (0, 2)])
    before = ids(register)
    assert bring(register, [(101, 1), (102, 2)]) == (0, 2)
    assert ids(register) == before


def test_a_number_that_stands_at_two_doors_says_nothing(register: Connection) -> None:
    bring(register, [(101, 1), (101, 2)])
    before = ids(register)
    assert bring(register, [(101, 3)]) == (1, 0)
    assert ids(register).items() >= before.items()
    assert bring(register, [(101, 4), (101, 5)]) == (2, 0)


def test_a_number_elsewhere_is_somebody_elses(register: Connection) -> None:
    bring(register, [(101, 1)], THERE)
    assert bring(register, [(101, 2)]) == (1, 0)
    assert list(ids(register, THERE)) == [1]


HOMES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 6)), unique_by=lambda home: home[1], max_size=6
).filter(bool)


@given(HOMES, HOMES)
@SHARED
def test_whatever_moves_nobody_is_lost_and_the_list_is_what_stands_there(
    register: Connection, first: list[Home], second: list[Home]
) -> None:
    register.execute(text("DELETE FROM address"))
    register.commit()
    bring(register, first)
    before = rows(register)
    bring(register, second)
    after = rows(register)
    assert {row["id"] for row in before} <= {row["id"] for row in after}
    assert len({row["house_number"] for row in after}) == len(after)
    assert min(row["house_number"] for row in after) > 0
    assert {(bag, number) for bag, number in second} <= set(homes_in(register))
    assert bring(register, second) == (0, 0)
    assert rows(register) == after


def test_a_long_street_that_shifts_by_one_keeps_every_id(register: Connection) -> None:
    bring(register, [(100 + n, n) for n in range(1, 301)])
    before = ids(register)
    assert bring(register, [(100 + n, n + 1) for n in range(1, 301)]) == (0, 300)
    assert ids(register) == {number + 1: id_ for number, id_ in before.items()}

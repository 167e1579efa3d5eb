"""The order of doors: up the odd side, down the even side, one street after the other."""

from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from outreach.territory.models import Address
from outreach.territory.ordering import walking_order

DOORS = st.builds(
    Address,
    id=st.uuids(version=4).map(str),
    city=st.sampled_from(["Wilgendam", "Oever"]),
    street=st.sampled_from(["Wilgenhof", "Dorpsstraat", "Kade"]),
    house_number=st.integers(1, 60),
    house_letter=st.sampled_from(["", "A", "B"]),
    house_suffix=st.sampled_from(["", "1", "2", "10", "bis"]),
    postcode=st.sampled_from(["9991WH", "9991WJ"]),
)
STREETS = st.lists(DOORS, max_size=40, unique_by=lambda door: door.id)


def street_of(door: Address) -> tuple[str, str, str]:
    return door.postcode, door.city, door.street


def door(number: int, suffix: str = "", *, street: str = "Kade", postcode: str = "") -> Address:
    return Address(
        id=f"{street}{number}-{suffix}",
        city="Oever",
        street=street,
        house_number=number,
        house_letter="",
        house_suffix=suffix,
        postcode=postcode or "9991WH",
    )


def test_postcodes_come_before_the_alphabet() -> None:
    near = [door(1, street="Zeedijk", postcode="9991WA"), door(3, street="Wal", postcode="9991WB")]
    far = door(1, street="Anjerhof", postcode="9992AA")
    assert walking_order([far, *reversed(near)]) == [*near, far]


def test_suffixes_that_are_numbers_count_as_numbers() -> None:
    doors = [door(1), door(1, "1"), door(1, "2"), door(1, "10"), door(1, "bis")]
    ordered = [found.house_suffix for found in walking_order(reversed(doors))]
    assert [suffix for suffix in ordered if suffix != "bis"] == ["", "1", "2", "10"]
    assert set(ordered) == {"", "1", "2", "10", "bis"}


@given(STREETS)
def test_no_door_is_lost_or_doubled(doors: list[Address]) -> None:
    assert sorted(d.id for d in walking_order(doors)) == sorted(d.id for d in doors)


@given(STREETS)
def test_a_pair_enters_each_street_once(doors: list[Address]) -> None:
    visits = [street for street, _ in groupby(walking_order(doors), key=street_of)]
    assert len(visits) == len(set(visits))


@given(STREETS)
def test_the_odd_side_goes_up_and_then_the_even_side_comes_down(doors: list[Address]) -> None:
    for _, found in groupby(walking_order(doors), key=street_of):
        numbers = [door.house_number for door in found]
        odd = [number for number in numbers if number % 2]
        even = [number for number in numbers if not number % 2]
        assert numbers == odd + even
        assert odd == sorted(odd)
        assert even == sorted(even, reverse=True)


@given(STREETS, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_doors_came(
    doors: list[Address], chance: Random
) -> None:
    before = [door.id for door in walking_order(doors)]
    chance.shuffle(doors)
    assert [door.id for door in walking_order(doors)] == before

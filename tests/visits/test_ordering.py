"""The order of doors: up the odd side, down the even side, one street after the other."""

from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from outreach.territory.models import Address
from outreach.visits.ordering import walking_order

DOORS = st.builds(
    Address,
    id=st.uuids(version=4).map(str),
    city=st.sampled_from(["Wilgendam", "Oever"]),
    street=st.sampled_from(["Wilgenhof", "Dorpsstraat", "Kade"]),
    house_number=st.integers(1, 60),
    house_letter=st.sampled_from(["", "A", "B"]),
    house_suffix=st.sampled_from(["", "1", "2"]),
    postcode=st.sampled_from(["9991WH", "9991WJ"]),
)
STREETS = st.lists(DOORS, max_size=40, unique_by=lambda door: door.id)


def street_of(door: Address) -> tuple[str, str]:
    return door.city, door.street


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

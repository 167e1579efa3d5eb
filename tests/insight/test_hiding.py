"""No number under ten can be read or worked out, also not by who knows the rule: all counted.

Small tables are all made, with a smaller threshold; those that look the same to a reader are laid
beside each other. Whatever is hidden must then be able to be many numbers.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.insight.counting import NAMES, SPLITS, WORK, readable
from outreach.insight.hiding import FEWEST, Split, hidden_parts, shown, without_bounds
from outreach.visits.words import DAY_PARTS

Table = tuple[int, ...]
Seen = tuple[int | None, ...]
counts = st.integers(0, 60)


def tables(whole: int, parts: int) -> Iterator[Table]:
    """Every way in which a whole falls apart into so many parts."""
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in tables(whole - first, parts - 1):
            yield (first, *rest)


def seen(table: Table, fewest: int) -> Seen:
    hidden = hidden_parts(table, fewest)
    return tuple(None if place in hidden else count for place, count in enumerate(table))


@pytest.mark.parametrize(
    ("fewest", "parts", "most"),
    [(2, 2, 9), (2, 4, 14), (3, 2, 12), (3, 3, 16), (3, 4, 16), (4, 3, 22)],
)
def test_whatever_is_hidden_can_be_many_numbers(fewest: int, parts: int, most: int) -> None:
    for whole in range(fewest, most):
        alike: dict[Seen, list[Table]] = defaultdict(list)
        for table in tables(whole, parts):
            alike[seen(table, fewest)].append(table)
        for look, worlds in alike.items():
            for place in (at for at, count in enumerate(look) if count is None):
                possible = {world[place] for world in worlds}
                small = {count for count in possible if count < fewest}
                assert len(possible) >= fewest, (look, place, possible)
                assert not small or len(small) == fewest, (look, place, possible)


@given(st.lists(counts, min_size=2, max_size=6))
def test_nothing_small_shows_and_what_is_hidden_is_at_least_ten_together(found: list[int]) -> None:
    hidden = hidden_parts(found)
    assert all(count >= FEWEST for place, count in enumerate(found) if place not in hidden)
    if hidden and sum(found) >= FEWEST:
        assert len(hidden) > 1
        assert sum(found[place] for place in hidden) >= FEWEST


@given(st.lists(st.integers(FEWEST, 60), min_size=2, max_size=6))
def test_nothing_is_hidden_without_need(found: list[int]) -> None:
    assert hidden_parts(found) == frozenset()


def test_a_zero_is_hidden_as_any_small_number() -> None:
    assert hidden_parts([40, 0]) == {0, 1}


def test_what_a_hidden_whole_falls_apart_into_is_hidden_too() -> None:
    exact = {"doors": 30, "in": 4, "out": 26, "talk": 2, "other": 2}
    splits = (Split("doors", ("in", "out")), Split("in", ("talk", "other")))
    assert shown(exact, splits, ("doors",)) == {"doors": 30} | dict.fromkeys(
        ("in", "out", "talk", "other")
    )


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=3),
    st.lists(st.integers(0, 40), min_size=6, max_size=6),
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)),
)
def test_no_sum_or_difference_of_a_campaigns_figures_is_under_ten(
    tried: list[tuple[int, int]], doors: list[int], within: tuple[int, int, int]
) -> None:
    exact = _campaign(tried, doors, within)
    found = readable(exact)
    assert set(found) == set(NAMES)
    for name in set(NAMES) - set(WORK):
        assert found[name] is None or found[name] == exact[name] >= FEWEST
    for split in SPLITS:
        hidden = [name for name in split.parts if found[name] is None]
        whole = found[split.whole]
        if hidden and whole is not None and whole >= FEWEST:
            left = whole - sum(found[name] or 0 for name in split.parts)
            assert len(hidden) > 1
            assert left >= FEWEST
            assert left == sum(exact[name] for name in hidden)


def _campaign(
    tried: list[tuple[int, int]], doors: list[int], within: tuple[int, int, int]
) -> dict[str, int]:
    """Counts of a campaign that add up."""
    words = dict(zip(("talk", "refused", "spoke_briefly", "later", "other"), doors, strict=False))
    found = words | {"reached": sum(words.values()), "not_reached": doors[5]}
    found["rung"] = found["reached"] + found["not_reached"]
    for (name, rest, of), part in zip(
        (
            ("plan", "no_plan", "talk"),
            ("handover", "no_handover", "talk"),
            ("refused_always", "refused_this_time", "refused"),
        ),
        within,
        strict=True,
    ):
        found[name] = min(part, found[of])
        found[rest] = found[of] - found[name]
    for part_of_day, (opened, missed) in zip(DAY_PARTS, tried, strict=True):
        found[f"opened.{part_of_day}"], found[f"missed.{part_of_day}"] = opened, missed
        found[f"tries.{part_of_day}"] = opened + missed
    return found | {"letters": 100, "doors": 200, "rounds": 10}


def test_day_parts_do_not_give_away_each_other_through_the_doors_that_were_reached() -> None:
    """Every door that was reached opened at some time: three in the morning, if nobody else can."""
    found = {"reached": 60, "a": 40, "b": 17, "c": None}
    assert not without_bounds(found, "reached", ("a", "b", "c"))
    assert without_bounds(found | {"b": 20}, "reached", ("a", "b", "c"))
    assert without_bounds(found | {"c": 3}, "reached", ("a", "b", "c"))
    assert not without_bounds(found | {"reached": None}, "reached", ("a", "b", "c"))


def test_the_table_of_day_parts_leaves_every_hidden_number_open() -> None:
    """All worlds of two day parts, with a threshold of two: doors rung once or twice."""
    fewest, rung = 2, 5
    for tries in product(range(2, 6), repeat=2):
        alike: dict[Seen, list[Table]] = defaultdict(list)
        for reached, first, second in product(
            range(rung + 1), range(tries[0] + 1), range(tries[1] + 1)
        ):
            opened, missed = first + second, sum(tries) - first - second
            if opened < reached or missed < rung - reached:
                continue
            world = (reached, first, second)
            alike[_table(world, tries, rung, fewest)].append(world)
        for look, worlds in alike.items():
            for place in (at for at, count in enumerate(look) if count is None):
                assert len({world[place] for world in worlds}) >= fewest, (tries, look, worlds)


def _table(world: Table, tries: Table, rung: int, fewest: int) -> Seen:
    exact = {"rung": rung, "reached": world[0], "out": rung - world[0]}
    splits = [Split("rung", ("reached", "out"))]
    for part, opened, tried in zip("ab", world[1:], tries, strict=True):
        exact |= {f"t{part}": tried, f"o{part}": opened, f"m{part}": tried - opened}
        splits.append(Split(f"t{part}", (f"o{part}", f"m{part}")))
    found = shown(exact, splits, ("rung", "ta", "tb"), fewest)
    bounds = (
        without_bounds(found, "reached", ("oa", "ob")),
        without_bounds(found, "out", ("ma", "mb")),
    )
    if not all(bounds):
        found |= dict.fromkeys(("oa", "ob"))
    return found["reached"], found["oa"], found["ob"]

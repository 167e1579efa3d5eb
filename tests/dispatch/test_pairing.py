"""Pairs that are proposed obey the rules about who goes out together."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from outreach.dispatch.pairing import Free, Slot, propose_pairs

MONDAY = date(2026, 3, 2)
PARTS = ("morning", "afternoon", "evening")


@st.composite
def slots(draw: st.DrawFn) -> list[Slot]:
    """Day parts of three days, each with some of eight people; who is new is never a mentor."""
    kinds = draw(st.lists(st.sampled_from(("plain", "new", "mentor")), min_size=8, max_size=8))
    people = [
        Free(f"person-{at}", kind == "new", kind == "mentor") for at, kind in enumerate(kinds)
    ]
    return [
        Slot(
            MONDAY + timedelta(days=day), part, draw(st.lists(st.sampled_from(people), unique=True))
        )
        for day in range(3)
        for part in PARTS
    ]


@given(slots())
def test_nobody_goes_twice_and_who_is_new_goes_with_a_mentor(asked: list[Slot]) -> None:
    for slot, pairs in zip(asked, propose_pairs(asked), strict=True):
        free = {one.id: one for one in slot.free}
        walking = [who for pair in pairs for who in pair]
        assert len(walking) == len(set(walking))
        assert set(walking) <= set(free)
        for pair in pairs:
            two = [free[who] for who in pair]
            assert not any(one.is_new for one in two) or any(one.is_experienced for one in two)


@given(slots())
def test_nobody_stays_at_home_with_whom_somebody_else_could_go(asked: list[Slot]) -> None:
    for slot, pairs in zip(asked, propose_pairs(asked), strict=True):
        walking = {who for pair in pairs for who in pair}
        left = [one for one in slot.free if one.id not in walking]
        assert len([one for one in left if not one.is_new]) <= 1


def test_the_work_goes_round() -> None:
    people = [Free(name) for name in "abcd"]
    days = [Slot(MONDAY + timedelta(days=day), "morning", people[:3]) for day in range(3)]
    asked = [who for pairs in propose_pairs(days) for pair in pairs for who in pair]
    assert {asked.count(name) for name in "abc"} == {2}

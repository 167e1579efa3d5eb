"""How many chose what: exact for what planning needs, never a reason that points at a door."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.wishes.counting import FEWEST, without_small
from outreach.wishes.words import REASONS
from tests.campaigns.desk import Desk
from tests.factories.town import Town
from tests.wishes.resident import Resident

COUNTS = st.dictionaries(st.sampled_from(REASONS), st.integers(0, 40))


@given(COUNTS)
def test_no_group_of_fewer_than_ten_is_shown(counts: dict[str, int]) -> None:
    shown, together = without_small(counts)
    assert all(count >= FEWEST for count in shown.values())
    assert together == 0 or together >= FEWEST


@given(COUNTS)
def test_no_small_group_is_found_by_subtraction(counts: dict[str, int]) -> None:
    """Who knows the whole and all that is shown is left with nothing, or with ten and more."""
    shown, together = without_small(counts)
    left = sum(counts.values()) - sum(shown.values()) - together
    assert left == 0 or (not shown and not together and left < FEWEST)
    hidden = [word for word, n in counts.items() if n and word not in shown]
    if together:
        assert sum(counts[word] for word in hidden) == together
        assert len(hidden) > 1 or together >= FEWEST


@given(COUNTS)
def test_what_is_shown_is_true(counts: dict[str, int]) -> None:
    shown, _ = without_small(counts)
    assert all(counts[word] == count for word, count in shown.items())


def test_the_campaign_shows_how_many_doors_chose_what(
    resident: Resident, neighbour: Resident, desk: Desk, town: Town
) -> None:
    resident.wants_another_time("evening", "morning")
    neighbour.would_rather_not(reason="no_time")
    status, counts = desk.get(f"/campaigns/{town.campaign.id}/wish-counts")
    assert (status, counts) == (
        200,
        {
            "another_time": 1,
            "day_parts": {"morning": 1, "afternoon": 0, "evening": 1},
            "rather_not": 1,
            "reasons": {},
            "other_reasons": 0,
            "calls": 0,
        },
    )

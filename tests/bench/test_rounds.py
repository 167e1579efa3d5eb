"""The district of the bench is the same every time, and its plan is checked."""

from pathlib import Path

import addresses
import pytest
import rounds

from outreach.planning.distances import StraightLine, measure
from outreach.planning.faults import faults_of
from outreach.planning.plan import lay_out


@pytest.fixture(autouse=True)
def fictional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder with a real list."""
    monkeypatch.setenv("OUTREACH_BENCH_DATA", str(tmp_path))
    monkeypatch.setattr(addresses, "ADDRESSES", 600)


def test_the_district_is_the_same_every_time_and_can_be_planned() -> None:
    asked = rounds.district(60, 3)
    assert asked == rounds.district(60, 3)
    assert faults_of(asked) == []
    assert len(asked.doors) == 60
    assert sum(door.window is not None for door in asked.doors) == 20
    assert len(asked.shifts) == 6


def test_the_list_by_postcode_is_cut_into_equal_parts_that_are_walked_as_listed() -> None:
    asked = rounds.district(40, 2)
    walks = measure(asked, StraightLine())
    told = [int(door.address_id) for door in asked.doors]
    assert told == sorted(told)
    parts = [tuple(str(number) for number in told[at : at + 10]) for at in range(0, 40, 10)]
    orders = dict(zip(asked.legs, parts, strict=True))
    assert rounds.by_postcode(asked, walks) == lay_out(asked, walks, orders).metres

"""Phones, workers and the database as processes: killed, stopped and cut off, they lose nothing."""

from pathlib import Path

import pytest

from tests.faults import runs
from tests.faults.house import house
from tests.faults.phones import bundle

SMALL = runs.Plan(seed=1, phones=3, mutations=60, kills=("worker", "backend", "database"))


@pytest.mark.faults
def test_what_was_acknowledged_stands_once_whatever_was_killed_or_cut_off(tmp_path: Path) -> None:
    script = bundle(tmp_path / "phone")
    with house(tmp_path / "house") as here:
        run = runs.play(SMALL, here, script)
    assert run.account.faults() == []
    assert run.kills == {"worker": 1, "backend": 1, "database": 1}
    assert run.account.acknowledged >= SMALL.phones * SMALL.mutations

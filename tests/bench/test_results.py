"""What was measured is kept by name, and what is above its promise fails by name."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import results
import run
from measuring import Promise, Result, beside, compared

Measures = Callable[..., list[Result]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Any]]:
    path = tmp_path / "results.json"
    keep = results.keep
    monkeypatch.setattr(results, "keep", lambda found: keep(found, path))

    def read() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        return found

    return read


def _benches(monkeypatch: pytest.MonkeyPatch, **benches: Measures) -> None:
    monkeypatch.setattr(run, "BENCHES", benches)


def _one(ratio: float, most: float) -> Measures:
    return lambda: [compared("one", [(ratio * 10, 10)], "ms", "of a test", Promise(most))]


def test_what_keeps_its_promise_succeeds_and_is_written_down(
    monkeypatch: pytest.MonkeyPatch, kept: Callable[[], dict[str, Any]]
) -> None:
    _benches(monkeypatch, one=_one(1.2, 1.2))
    assert run.main(["one"]) == 0
    entry = kept()["one"]
    assert (entry["ours"], entry["peer"], entry["ratio"]) == (12, 10, 1.2)
    assert (entry["limit"], entry["limit_of"], entry["kept"]) == (1.2, "ratio", True)
    assert entry["cores"] == os.cpu_count()
    assert entry["date"].endswith("+00:00")
    assert "commit" in entry


def test_what_is_above_its_promise_fails_and_is_named(
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[], dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    _benches(monkeypatch, one=_one(1.204, 1.2))
    assert run.main(["one"]) == 1
    assert "one: ours over the peer's is 1.204, promised is at most 1.2" in capsys.readouterr().err
    assert kept()["one"]["kept"] is False


def test_a_promise_may_be_about_our_own_cost(
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[], dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = beside("faults", 1, 0, "answers", "", Promise(0, "ours"))
    _benches(monkeypatch, one=lambda: [answers])
    assert run.main([]) == 1
    assert "faults: ours is 1, promised is at most 0 answers" in capsys.readouterr().err
    assert kept()["faults"]["ratio"] is None


def test_what_was_measured_before_under_another_name_stays(
    monkeypatch: pytest.MonkeyPatch, kept: Callable[[], dict[str, Any]]
) -> None:
    other = beside("other", 3, 4, "s", "")
    _benches(monkeypatch, one=_one(1, 2), other=lambda: [other])
    run.main(["other"])
    before = kept()["other"]
    run.main(["one"])
    assert kept()["other"] == before
    assert set(kept()) == {"one", "other"}


def test_a_bench_that_breaks_off_fails_by_name_and_the_others_are_kept(
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[], dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def lost() -> list[Result]:
        raise SystemExit("one was lost")

    _benches(monkeypatch, storm=lost, one=_one(1, 2))
    assert run.main([]) == 1
    assert "storm broke off: SystemExit: one was lost" in capsys.readouterr().err
    assert set(kept()) == {"one"}


def test_a_try_in_other_sizes_is_not_kept_and_held_to_nothing(
    monkeypatch: pytest.MonkeyPatch, kept: Callable[[], dict[str, Any]]
) -> None:
    def sized(*, phones: int = 500) -> list[Result]:
        return compared_with(phones)

    def compared_with(phones: int) -> list[Result]:
        return [beside("one", phones, 1, "ms", "", Promise(1))]

    _benches(monkeypatch, one=sized)
    assert run.main(["one", "phones=7"]) == 0
    assert kept() == {}


@pytest.mark.parametrize("said", [["none"], ["one", "phones=7"], ["one", "phones=many"]])
def test_what_nobody_knows_is_said(
    monkeypatch: pytest.MonkeyPatch, kept: Callable[[], dict[str, Any]], said: list[str]
) -> None:
    _benches(monkeypatch, one=_one(1, 2))
    assert run.main(said) == 2
    assert kept() == {}

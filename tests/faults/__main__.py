"""The long run of processes: thirty storms, two hundred kills; the result in docs/proof.

`python -m tests.faults 1-30` goes on where the result file says it stopped; a run is done whole or
not at all, and a result says nothing about other code.
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults import runs
from tests.faults.house import House, house
from tests.faults.phones import ROOT, bundle
from tests.lanes import commit

RESULT = ROOT / "docs" / "proof" / "processes.json"
KILLS = ("worker", "worker", "worker", "backend", "backend", "database", "database")
PHONES, MUTATIONS = 10, 340
# As many runs are the whole proof.
WHOLE = 30
# What thirty runs must come to, and within how many seconds of the healing all should be sent.
ENOUGH_ACKNOWLEDGED, ENOUGH_KILLS, SOON = 100_000, 200, 30


def known(code: str) -> dict[str, Any]:
    """What was found before, about this very code; else nothing."""
    found: dict[str, Any] = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    return found if found.get("commit") == code else {"commit": code, "runs": {}}


def told(run: runs.Run) -> dict[str, Any]:
    """A run as it is written down."""
    account = run.account
    return {
        "acknowledged": account.acknowledged,
        "lost": len(account.lost),
        "doubled": len(account.doubled),
        "unheard": len(account.unheard),
        "waiting": len(account.waiting),
        "faults": account.faults(),
        "kills": dict(run.kills),
        "weather": dict(run.weather),
        "connections_cut": run.cuts,
        "answers": dict(account.statuses),
        "converged_after_s": round(run.converged, 1),
        "seconds": round(run.seconds),
    }


def summed(result: dict[str, Any]) -> dict[str, Any]:
    """All runs together."""
    done = list(result["runs"].values())
    kills: Counter[str] = Counter()
    for run in done:
        kills.update(run["kills"])
    total = {
        name: sum(run[name] for run in done)
        for name in ("acknowledged", "lost", "doubled", "unheard", "waiting")
    }
    slowest = max((run["converged_after_s"] for run in done), default=0)
    return {
        "runs": len(done),
        "kills": kills.total(),
        "kills_of": dict(kills),
        "slowest_convergence_s": slowest,
        "soon": sum(run["converged_after_s"] <= SOON for run in done),
    } | total


def write(result: dict[str, Any]) -> None:
    """Keep what is known so far; a run that is broken off is played again."""
    result["together"] = summed(result)
    RESULT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


def play(seed: int, here: House, script: Path, result: dict[str, Any]) -> None:
    """One run, written down when it is over."""
    run = runs.play(runs.Plan(seed, PHONES, MUTATIONS, KILLS), here, script)
    result["runs"][str(seed)] = told(run)
    write(result)
    faults = run.account.faults()
    sys.stdout.write(f"run {seed}: {faults or 'held'}\n")
    sys.stdout.flush()


def main(wanted: str) -> int:
    """0 when nothing was lost, doubled, or left, and all thirty runs came to what they must."""
    first, last = map(int, wanted.split("-"))
    result = known(commit())
    left = [seed for seed in range(first, last + 1) if str(seed) not in result["runs"]]
    with tempfile.TemporaryDirectory(prefix="voordeur-faults-") as folder:
        script = bundle(Path(folder) / "phone")
        data = Path(folder) / "house"
        data.mkdir()
        if left:
            with house(data) as here:
                for seed in left:
                    play(seed, here, script, result)
    write(result)
    together = result["together"]
    held = not any(run["faults"] for run in result["runs"].values())
    enough = (
        together["acknowledged"] >= ENOUGH_ACKNOWLEDGED
        and together["kills"] >= ENOUGH_KILLS
        and together["soon"] == together["runs"]
    )
    sys.stdout.write(f"{together}; enough for the whole proof: {enough}. See {RESULT}\n")
    return 0 if held and (enough or together["runs"] < WHOLE) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "1-30"))

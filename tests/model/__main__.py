"""The long run: ranges of seeds on every core, then every planted bug; the result in docs/proof.

`python -m tests.model 1-10000` goes on where the result file says it stopped, if it was this very
code. With `--go-on` what held with older code counts too: each range names the code it held with.
"""

import json
import os
import re
import subprocess
import sys
import time
from functools import partial
from typing import Any

from tests.lanes import ROOT, Part, commit, in_lanes, keep

MUTANTS = ROOT / "frontend" / "test" / "model" / "mutants.json"
RESULT = ROOT / "docs" / "proof" / "simulation.json"
# Seeds in one process: a range is done whole or not at all.
RANGE = 250
MUTANT_SEEDS = 1_000
FOUND = re.compile(r"^planted (\S+) (\{.*\})$", re.MULTILINE)
# A seed that held faults, that threw or that took too long: the test of it has its name.
FAULTY = re.compile(r"(?:FAIL .*> seed |MODEL_SEEDS=)(\d+)")


class BrokenOffError(Exception):
    """The tests ended without saying which seed was to blame."""


def vitest(*tests: str, **said: str) -> tuple[bool, str]:
    """Run test files of the front end in turn; says whether they held, and what they printed."""
    files = [f"test/model/{test}" for test in tests]
    done = subprocess.run(  # noqa: S603 - our own test runner
        ["npx", "vitest", "run", "--maxWorkers", "1", "--no-color", *files],  # noqa: S607 - found as make finds it
        cwd=ROOT / "frontend",
        env=os.environ | said,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def ranges(first: int, last: int, done: dict[str, Any]) -> list[str]:
    """What is left to do, in whole ranges."""
    starts = range(first, last + 1, RANGE)
    wanted = [f"{start}-{min(start + RANGE - 1, last)}" for start in starts]
    return [name for name in wanted if not done.get(name, {}).get("held")]


def known(code: str, *, go_on: bool) -> dict[str, Any]:
    """What was found before, about this very code unless we go on; else nothing."""
    found: dict[str, Any] = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    parts = {name: found.get(name, {}) for name in ("ranges", "mutants")}
    return {
        name: {key: one for key, one in part.items() if one and (go_on or one["commit"] == code)}
        for name, part in parts.items()
    }


def mutants() -> list[str]:
    """Every planted bug by name."""
    names: dict[str, list[str]] = json.loads(MUTANTS.read_text())
    return [*names["always"], *names["in_the_long_run"]]


def play(result: dict[str, Any], name: str) -> None:
    """One range of seeds; what came of it is written down."""
    began = time.monotonic()
    held, said = vitest("seeds.test.ts", "more-seeds.test.ts", MODEL_SEEDS=name)
    faulty = sorted({int(seed) for seed in FAULTY.findall(said)})
    if not held and not faulty:
        # No seed is to blame: it was broken off, or did not even begin.
        raise BrokenOffError(said[-2_000:])
    found = {
        "commit": commit(),
        "held": held,
        "faulty_seeds": faulty,
        "seconds": round(time.monotonic() - began),
    }
    keep(result["ranges"], name, found, result, RESULT)
    sys.stdout.write(f"{name}: {'held' if held else f'FAULTY {faulty}'}\n")


def look_for(result: dict[str, Any], mutant: str) -> None:
    """One planted bug; the seed that found it is written down, null when none did."""
    _, said = vitest("mutants.test.ts", MODEL_MUTANTS=mutant, MODEL_MUTANT_SEEDS=str(MUTANT_SEEDS))
    finding = FOUND.search(said)
    found = json.loads(finding[2]) if finding else None
    found = found and {"commit": commit(), **found}
    keep(result["mutants"], mutant, found, result, RESULT)
    sys.stdout.write(f"{mutant}: {finding[2] if finding else 'broke'}\n")


def part(wanted: str, *, go_on: bool = False) -> Part:
    """What is left of these seeds and of the planted bugs."""
    first, last = map(int, wanted.split("-"))
    result = known(commit(), go_on=go_on)
    done, found = result["ranges"], result["mutants"]

    def held() -> bool:
        return all(one["held"] for one in done.values()) and all(map(found.get, mutants()))

    seeds = [partial(play, result, name) for name in ranges(first, last, done)]
    planted = [partial(look_for, result, name) for name in mutants() if not found.get(name)]
    return Part("seeds and planted bugs", [*seeds, *planted], held)


def main(wanted: str, *, go_on: bool = False) -> int:
    """0 when every seed held and every planted bug was found."""
    proof = part(wanted, go_on=go_on)
    in_lanes(proof.jobs)
    held = proof.held()
    sys.stdout.write(f"Seeds {wanted} and planted bugs: {held}. See {RESULT}\n")
    return 0 if held else 1


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--go-on"]
    sys.exit(main(*asked[:1] or ["1-10000"], go_on="--go-on" in sys.argv))

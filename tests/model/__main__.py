"""The long run: ranges of seeds on every core, then every planted bug; the result in docs/proof.

`python -m tests.model 1-10000` goes on where the result file says it stopped.
"""

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "docs" / "proof" / "simulation.json"
# Seeds in one process: a range is done whole or not at all.
RANGE = 100
MUTANT_SEEDS = 1_000
FOUND = re.compile(r"^planted (\S+) (\{.*\})$", re.MULTILINE)
FAULTY = re.compile(r"MODEL_SEEDS=(\d+)-")


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


def known(commit: str) -> dict[str, Any]:
    """What was found before, about this very code; else nothing."""
    found: dict[str, Any] = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    return found if found.get("commit") == commit else {"commit": commit}


def this_commit() -> str:
    """The code that is played; a result says nothing about other code."""
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 - found as make finds it
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def write(result: dict[str, Any]) -> None:
    """Keep what is known so far; a run that is broken off goes on from here."""
    RESULT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


def play_seeds(result: dict[str, Any], first: int, last: int) -> None:
    """Every range on its own, as many at once as there are cores."""
    done: dict[str, Any] = result.setdefault("ranges", {})

    def one(name: str) -> None:
        began = time.monotonic()
        held, said = vitest("seeds.test.ts", "more-seeds.test.ts", MODEL_SEEDS=name)
        faulty = sorted({int(seed) for seed in FAULTY.findall(said)})
        done[name] = {
            "held": held,
            "faulty_seeds": faulty,
            "seconds": round(time.monotonic() - began),
        }
        sys.stdout.write(f"{name}: {'held' if held else f'FAULTY {faulty}'}\n")
        write(result)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, ranges(first, last, done)))


def look_for_mutants(result: dict[str, Any]) -> bool:
    """Every planted bug; the seed that found it is written down."""
    held, said = vitest(
        "mutants.test.ts", MODEL_MUTANTS="all", MODEL_MUTANT_SEEDS=str(MUTANT_SEEDS)
    )
    result["mutants"] = {name: json.loads(finding) for name, finding in FOUND.findall(said)}
    result["all_mutants_found"] = held
    write(result)
    return held


def main(wanted: str) -> int:
    """0 when every seed held and every planted bug was found."""
    first, last = map(int, wanted.split("-"))
    result = known(this_commit())
    play_seeds(result, first, last)
    found = look_for_mutants(result)
    held = all(one["held"] for one in result["ranges"].values())
    sys.stdout.write(f"Seeds {wanted}: {held}; planted bugs: {found}. See {RESULT}\n")
    return 0 if held and found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "1-10000"))

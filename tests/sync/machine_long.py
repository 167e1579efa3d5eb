"""The long run of the state machine: many seeds, then every planted bug; the result in docs/proof.

`python -m tests.sync.machine_long 1-20` goes on where the result file says it stopped. A seed is a
hundred stories in a process of its own; `python -m tests.sync.machine_long one 7` tells just those,
`… planted wrong-merge` looks for one bug. Both end with one line of JSON.
"""

import json
import logging
import subprocess
import sys
import tempfile
import time
import traceback
from functools import partial
from pathlib import Path
from typing import Any

from outreach.app import create_app
from outreach.config import Settings
from outreach.db import METADATA, db
from outreach.sync import answering
from tests.lanes import Part, commit, in_lanes, keep
from tests.model.mutants import MUTANTS, plant
from tests.sync.ground import Ground
from tests.sync.machine_running import PART_BYTES, stories_on, tell

RESULT = Path(__file__).parents[2] / "docs" / "proof" / "state-machine.json"
SECRET = "a secret only these stories know, longer than thirty-two"
STORIES = 100
Result = dict[str, Any]


def told(first: int, mutant: str = "") -> Result:
    """Tell the stories of one seed here, with a bug planted or without."""
    logging.disable(logging.CRITICAL)
    answering.PART_BYTES = PART_BYTES
    with tempfile.TemporaryDirectory(prefix="voordeur-stories-") as folder:
        url = f"sqlite:///{folder}/stories.sqlite3"
        app = create_app(Settings(url, SECRET, Path(folder), demo=False))
        with app.app_context():
            METADATA.create_all(db.engine)
            stories = stories_on(Ground(app))
            plant(mutant)
            held, began = True, time.process_time()
            try:
                tell(stories, first, STORIES, shrinks=not mutant)
            except AssertionError:
                held = False
                sys.stderr.write("" if mutant else traceback.format_exc())
            seconds = round(time.process_time() - began)
            return {"held": held, "stories": stories.stories, "seconds": seconds}


def _elsewhere(*said: str) -> Result:
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.sync.machine_long", *said],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def part(wanted: str) -> Part:
    """What was not told yet about this very code."""
    first, last = map(int, wanted.split("-"))
    known: Result = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    here = commit()
    result: Result = known if known.get("commit") == here else {"commit": here}
    seeds: Result = result.setdefault("seeds", {})
    planted: Result = result.setdefault("planted", {})

    def one(where: Result, name: str, *said: str) -> None:
        keep(where, name, _elsewhere(*said), result, RESULT)

    def held() -> bool:
        told_right = all(found["held"] for found in seeds.values())
        return told_right and not any(found["held"] for found in planted.values())

    left = [str(n) for n in range(first, last + 1) if str(n) not in seeds]
    bugs = [name for name in MUTANTS if name not in planted]
    jobs = [
        *(partial(one, seeds, name, "one", name) for name in left),
        *(partial(one, planted, name, "planted", name) for name in bugs),
    ]
    return Part("stories", jobs, held)


def main(said: list[str]) -> int:
    """0 when every story held and every planted bug was found."""
    if said[0] in {"one", "planted"}:
        found = told(int(said[1])) if said[0] == "one" else told(1, said[1])
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    proof = part(said[0])
    in_lanes(proof.jobs)
    held = proof.held()
    sys.stdout.write(f"Stories of seeds {said[0]}: {held}. See {RESULT}\n")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["1-20"]))

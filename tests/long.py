"""All of the long proof on every core: `python -m tests.long 1-30 1-10000 1-2 500`.

What takes long at a stretch comes first. The storms are played at the end, by themselves: how soon
their queues are empty says something of the engine only where nothing else wants the cores. Each
part writes a result of its own in docs/proof and goes on from there.
"""

import subprocess
import sys
import time

from tests.journeys import kills
from tests.lanes import Part, in_lanes
from tests.model import __main__ as model
from tests.sync import machine_long


def storms(runs: str) -> Part:
    """They need the server and the database of a whole process."""
    ended: list[int] = []

    def play() -> None:
        done = subprocess.run([sys.executable, "-m", "tests.faults", runs], check=False)  # noqa: S603 - ourselves
        ended.append(done.returncode)

    return Part("storms", [play], lambda: ended == [0])


def main(runs: str, seeds: str, stories: str, killed: str) -> int:
    """0 when every part held."""
    began = time.monotonic()
    beside = [kills.part(int(killed)), machine_long.part(stories), model.part(seeds)]
    alone = storms(runs)
    in_lanes(job for part in beside for job in part.jobs)
    in_lanes(alone.jobs)
    parts = [*beside, alone]
    held = {part.name: part.held() for part in parts}
    sys.stdout.write(f"{held} in {(time.monotonic() - began) / 60:.0f} minutes\n")
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""A map of a whole city: its first picture and each pan against a bare SQLite query of those rows.

The list is `almere_adressen.csv.gz` in the folder of `OUTREACH_BENCH_DATA`; without one a city is
made up, with as many addresses. `one_map.py` does the asking, in a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import addresses
from measuring import Promise, Result, compared

HERE = Path(__file__).parent
LISTED = "almere_adressen.csv.gz"
PROMISED = Promise(3)
WHAT = {
    "first": "the whole city by street",
    "pan": "a district by street",
    "doors": "some streets, door by door",
}


def measure() -> list[Result]:
    """Seconds of an answer and of the query, for each kind of picture."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(os.environ.get("OUTREACH_BENCH_DATA", "")) / LISTED
        if not listed.is_file():
            listed = addresses.fictional(Path(folder) / "list.csv.gz")
        command = [sys.executable, str(HERE / "one_map.py"), str(listed), folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    told = json.loads(done.stdout)
    among = f"among {told['addresses']} addresses; the bare query of its rows"
    return [
        compared(f"map.{name}", pairs, "s", f"{WHAT[name]} {among}", PROMISED)
        for name, pairs in told["pieces"].items()
    ]
